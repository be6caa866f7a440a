#include "model/cpe.h"

#include <array>

#include "base/text.h"

namespace vigil::model {
namespace {

/// Behind "cpe:2.3:": part, vendor, product, version, update, edition, language, software edition,
/// target software, target hardware, other.
constexpr std::size_t kComponents = 11;
constexpr std::size_t kTargetSoftware = 8;
constexpr std::string_view kPrefix = "cpe:2.3:";

bool is_open(std::string_view value) {
  return value.empty() || value == "*" || value == "-";
}

}  // namespace

std::string Cpe::whole_version() const {
  if (is_open(version)) return {};
  return is_open(update) ? version : version + update;
}

std::optional<Cpe> parse_cpe(std::string_view text) {
  constexpr std::size_t kLongest = 4096;
  if (!text.starts_with(kPrefix) || text.size() > kLongest) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  std::array<std::string, kComponents> components;
  std::size_t current = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ':') {
      if (++current == kComponents) return std::nullopt;
      continue;
    }
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    components[current] += base::to_lower(text[at]);
  }
  const bool is_part = components[0] == "a" || components[0] == "o" || components[0] == "h";
  if (current + 1 != kComponents || !is_part) return std::nullopt;
  if (is_open(components[1]) || is_open(components[2])) return std::nullopt;
  return Cpe{components[0].front(),    std::move(components[1]),
             std::move(components[2]), std::move(components[3]),
             std::move(components[4]), std::move(components[kTargetSoftware])};
}

}  // namespace vigil::model
