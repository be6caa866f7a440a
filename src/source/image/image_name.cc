#include "source/image/image_name.h"

#include "base/text.h"
#include "source/registry/reference.h"

namespace vigil::source {
namespace {

/// Is the first part of a reference a host, as Docker decides it?
bool is_host(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != std::string_view::npos;
}

}  // namespace

void add_image_name(ImageFacts& facts, std::string_view name) {
  name = name.substr(0, name.find('@'));
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos && is_host(name.substr(0, slash))) {
    if (facts.registry.empty()) facts.registry = base::printable(name.substr(0, slash));
    name.remove_prefix(slash + 1);
  }
  const std::size_t colon = name.rfind(':');
  const bool has_tag =
      colon != std::string_view::npos && name.find('/', colon) == std::string_view::npos;
  if (has_tag) facts.tags.push_back(base::printable(name.substr(colon + 1)));
  if (facts.repository.empty()) facts.repository = base::printable(name.substr(0, colon));
}

bool is_same_image_name(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto left = registry::parse_reference(a);
  const auto right = registry::parse_reference(b);
  return left && right && *left == *right;
}

}  // namespace vigil::source
