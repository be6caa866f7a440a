#include "inventory/python_requirement.h"

#include "base/text.h"

namespace vigil::inventory {
namespace {

bool is_name(char c) {
  return base::is_alnum(c) || c == '-' || c == '_' || c == '.';
}

std::string_view pinned(std::string_view specifiers) {
  std::string_view compatible;
  for (std::string_view one : base::split(specifiers, ',')) {
    one = base::trim(one);
    const bool exact = one.starts_with("==");
    if (!exact && !one.starts_with("~=")) continue;
    one.remove_prefix(one.starts_with("===") ? 3 : 2);
    one = base::trim(one);
    if (one.empty() || one.find_first_of("* \t") != std::string_view::npos) continue;
    if (exact) return one;
    compatible = one;
  }
  return compatible;
}

}  // namespace

std::optional<PythonRequirement> parse_python_requirement(std::string_view text) {
  text = base::trim(text);
  std::size_t end = 0;
  while (end < text.size() && is_name(text[end])) ++end;
  if (end == 0 || !base::is_alnum(text.front()) || !base::is_alnum(text[end - 1])) {
    return std::nullopt;
  }
  PythonRequirement out;
  out.name = text.substr(0, end);
  text = base::trim(text.substr(end));
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    text = base::trim(text.substr(close + 1));
  }
  if (text.starts_with('@')) {
    const std::size_t marker = text.find(" ;");
    out.url = base::trim(text.substr(1, marker == std::string_view::npos ? marker : marker - 1));
    if (marker != std::string_view::npos) out.marker = base::trim(text.substr(marker + 2));
    return out;
  }
  const std::size_t marker = text.find(';');
  if (marker != std::string_view::npos) out.marker = base::trim(text.substr(marker + 1));
  text = base::trim(text.substr(0, marker));
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  if (!text.empty() && std::string_view("=~!<>").find(text.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  out.version = pinned(text);
  return out;
}

}  // namespace vigil::inventory
