#include "model/package_name.h"

#include "base/text.h"
#include "model/ecosystem.h"

namespace vigil::model {
namespace {

std::string swift_url(std::string_view name) {
  if (const std::size_t scheme = name.rfind("://"); scheme != std::string_view::npos) {
    name.remove_prefix(scheme + 3);
  }
  const std::string lower = base::lower(name);
  std::string_view rest = lower;
  while (rest.starts_with("www.")) rest.remove_prefix(4);
  for (std::size_t before = 0; before != rest.size();) {
    before = rest.size();
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (rest.ends_with(".git")) rest.remove_suffix(4);
  }
  return std::string(rest);
}

}  // namespace

std::string normal_name(std::string_view ecosystem, std::string_view name) {
  const std::string_view family = split_ecosystem(ecosystem).family;
  if (family == "PyPI") return pep503_name(name);
  if (family == "SwiftURL") return swift_url(name);
  for (const std::string_view folded :
       {"NuGet", "Packagist", "Hex", "Pub", "GitHub Actions", "VSCode"}) {
    if (family == folded) return base::lower(name);
  }
  return std::string(name);
}

std::string pep503_name(std::string_view name) {
  std::string out;
  out.reserve(name.size());
  bool in_run = false;
  for (const char c : name) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator) {
      out += base::to_lower(c);
    } else if (!in_run) {
      out += '-';
    }
    in_run = separator;
  }
  return out;
}

}  // namespace vigil::model
