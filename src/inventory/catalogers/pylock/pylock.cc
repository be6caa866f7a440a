// Python packages in the lock file that all tools share: pylock.toml, pylock.NAME.toml.
//
// What: TOML, one [[packages]] each with name, version, marker, dependencies (tables that at least
// name the package), and where it comes from: index, vcs, directory, archive, wheels, sdist.
//
// References: PEP 751; packaging.python.org/en/latest/specifications/pylock-toml.
//
// Traps:
//   - A package of a folder is own code; one from a repository may have no version.
//   - Extras and groups are in the marker only: "'test' in dependency_groups".
//   - What the project asks for stands in the pyproject.toml beside it.

#include "inventory/cataloger.h"
#include "inventory/language_package.h"
#include "inventory/python_packages.h"

namespace vigil::inventory::pylock {
namespace {

using base::Node;

/// Of a marker that is one such test, not one of several joined by "or".
std::string_view scope_of(std::string_view marker) {
  if (marker.find(" or ") != std::string_view::npos) return "";
  if (marker.find(" in extras") != std::string_view::npos) return "optional";
  const std::size_t groups = marker.find(" in dependency_groups");
  if (groups == std::string_view::npos || groups < 2) return "";
  const char quote = marker[groups - 1];
  const std::size_t begin = marker.rfind(quote, groups - 2);
  if (begin == std::string_view::npos) return "";
  return marker.substr(begin + 1, groups - begin - 2);
}

void take(const Node& entry, PythonPackages& packages) {
  if (entry["directory"].exists()) return;
  const Node& vcs = entry["vcs"];
  if (vcs.exists() && !entry["version"].exists()) return;
  const std::size_t number =
      packages.add(entry["name"].text(), entry["version"].text(), entry["name"].line());
  if (number == FilePackages::kNone) return;
  if (vcs["url"].exists()) {
    add_qualifier(packages[number], "vcs_url",
                  std::string(vcs["type"].text()) + "+" + std::string(vcs["url"].text()) + "@" +
                      std::string(vcs["commit-id"].text()));
  }
  add_qualifier(packages[number], "download_url", entry["archive"]["url"].text());
  for (const Node& one : entry["dependencies"].items()) {
    packages.require(number, one["name"].text(), one["version"].text());
  }
  if (const std::string_view scope = scope_of(entry["marker"].text()); !scope.empty()) {
    packages.state(number, scope);
  }
}

void catalog(const File& file, Context& context) {
  catalog_python_lock(file, context, "packages", take);
}

bool wants(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name == "pylock.toml") return true;
  constexpr std::string_view kBegin = "pylock.";
  constexpr std::string_view kEnd = ".toml";
  return name.starts_with(kBegin) && name.size() > kBegin.size() + kEnd.size() &&
         name.substr(kBegin.size()).find('.') == name.size() - kBegin.size() - kEnd.size();
}

constexpr Pattern kPatterns[] = {ending(".toml")};
constexpr Pattern kCompanions[] = {named("pyproject.toml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"pylock",    "Python packages in pylock.toml",
                                       kPatterns,   catalog,
                                       nullptr,     Needs::Tree,
                                       kCompanions, wants};
  return kCataloger;
}

}  // namespace vigil::inventory::pylock
