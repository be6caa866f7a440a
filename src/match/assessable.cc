#include "match/assessable.h"

#include <algorithm>

#include "base/text.h"
#include "model/ecosystem.h"
#include "version/scheme.h"

namespace vigil::match {
namespace {

bool is_hexadecimal(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A git commit id, whole or as short as people write it.
bool is_commit(std::string_view version) {
  return version.size() >= 7 && version.size() <= 64 &&
         std::ranges::all_of(version, is_hexadecimal) &&
         !std::ranges::all_of(version, base::is_digit);
}

bool is_placeholder(std::string_view version) {
  return version.find("${") != std::string_view::npos ||
         version.find("$(") != std::string_view::npos ||
         version.find("{{") != std::string_view::npos;
}

/// "^1.2", ">= 1, < 2", "[1.0,2.0)", "1.x", "*", "latest".
bool is_range(std::string_view version) {
  return version.find_first_of("<>^~*|[(,!") != std::string_view::npos || version.ends_with(".x") ||
         version.ends_with(".X") || version.ends_with(".+") || version == "latest";
}

}  // namespace

std::string not_assessable(const model::Package& package) {
  if (package.ecosystem.empty()) return "no advisories are known for this kind of package";
  const std::string_view family = model::split_ecosystem(package.ecosystem).family;
  if (version::scheme_of_ecosystem(package.ecosystem) == nullptr) {
    return "nobody publishes advisories for packages of " + std::string(family);
  }
  if (family == "Maven" && package.name.find(':') == std::string::npos) {
    return "its group is not known, without which an artifact may be anybody's";
  }
  if (base::trim(package.version).empty()) return "its version is not known";
  if (is_placeholder(package.version)) return "its version is a placeholder that is not filled in";
  return {};
}

std::string unordered_version(const model::Package& package, std::string_view refusal) {
  const std::string_view family = model::split_ecosystem(package.ecosystem).family;
  const std::string_view version = package.version;
  if (family == "Go" && version.starts_with('('))
    return "it was built from a working tree without a version";
  if (is_range(version)) return "only a range of versions is known, not the one that is used";
  if (is_commit(version)) return "it is pinned to a commit, which has no place among the versions";
  if (family == "GitHub Actions")
    return "it follows a branch, which has no place among the versions";
  if (family == "Packagist" && (version.starts_with("dev-") || version.ends_with("-dev"))) {
    return "it follows a branch, which has no place among the versions";
  }
  return "its version cannot be ordered: " + std::string(refusal);
}

}  // namespace vigil::match
