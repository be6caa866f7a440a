#include "model/package_name.h"

#include "base/text.h"
#include "model/ecosystem.h"

namespace vigil::model {
namespace {

std::string swift_url(std::string_view name) {
  if (const std::size_t scheme = name.find("://"); scheme != std::string_view::npos) {
    name.remove_prefix(scheme + 3);
  }
  std::string out = base::lower(name);
  if (out.starts_with("www.")) out.erase(0, 4);
  while (out.ends_with('/')) out.pop_back();
  if (out.ends_with(".git")) out.resize(out.size() - 4);
  return out;
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
