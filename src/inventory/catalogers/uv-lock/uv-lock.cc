// Python packages that uv has locked: uv.lock.
//
// What: TOML, one [[package]] each with name, version, source, dependencies, optional-dependencies
// and dev-dependencies (by extra and group). A dependency says name and, where the lock holds several
// versions, which.
//
// References: docs.astral.sh/uv/concepts/projects/layout (the lockfile); uv's crate uv-resolver.
//
// Traps:
//   - The project and its workspace members stand there like packages, with the source `editable`,
//     `virtual` or `directory`: they are own code, and what they require the project asks for.
//   - Only what they have under `dev-dependencies` is a group; the same key of others is not there.
//   - The same name may stand there in several versions, for different Pythons.

#include "base/toml.h"
#include "inventory/cataloger.h"
#include "inventory/language_package.h"
#include "inventory/python_packages.h"

namespace vigil::inventory::uv_lock {
namespace {

using base::Node;

bool is_own(const Node& source) {
  return source["editable"].exists() || source["virtual"].exists() || source["directory"].exists();
}

void ask_all(const Node& dependencies, std::string_view scope, PythonPackages& packages) {
  for (const Node& one : dependencies.items()) {
    packages.ask(one["name"].text(), scope, one["version"].text());
  }
}

void take_own(const Node& entry, PythonPackages& packages) {
  ask_all(entry["dependencies"], "", packages);
  for (const Node::Member& extra : entry["optional-dependencies"].members()) {
    ask_all(extra.value, "optional", packages);
  }
  for (const Node::Member& group : entry["dev-dependencies"].members()) {
    ask_all(group.value, group.key, packages);
  }
}

void take(const Node& entry, PythonPackages& packages) {
  const Node& source = entry["source"];
  if (is_own(source)) return take_own(entry, packages);
  const std::size_t number =
      packages.add(entry["name"].text(), entry["version"].text(), entry["name"].line());
  if (number == FilePackages::kNone) return;
  if (source["git"].exists()) {
    add_qualifier(packages[number], "vcs_url", "git+" + std::string(source["git"].text()));
  }
  add_qualifier(packages[number], "download_url", source["url"].text());
  for (const Node& one : entry["dependencies"].items()) {
    packages.require(number, one["name"].text(), one["version"].text());
  }
  for (const Node::Member& extra : entry["optional-dependencies"].members()) {
    for (const Node& one : extra.value.items()) {
      packages.require(number, one["name"].text(), one["version"].text());
    }
  }
}

void catalog(const File& file, Context& context) {
  PythonPackages packages(file, context);
  const auto root = base::parse_toml(file.content);
  if (!root) packages.problem(root.error().text());
  if (root) {
    for (const Node& entry : (*root)["package"].items()) take(entry, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("uv.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"uv-lock", "Python packages locked by uv", kPatterns,
                                       catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::uv_lock
