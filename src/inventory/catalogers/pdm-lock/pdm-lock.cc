// Python packages that PDM has locked: pdm.lock.
//
// What: TOML, one [[package]] each with name, version, groups, dependencies as PEP 508 writes them.
//
// References: pdm-project.org/en/latest/usage/lockfile; pdm's models/repositories/lock.py.
//
// Traps:
//   - A package with extras stands there a second time, with `extras` and the same version.
//   - `groups` came with the lock version 4.4; the main one is "default". Without it the scope follows
//     from the pyproject.toml beside it.
//   - A package with `path` is the project's own code or an archive beside it.

#include "inventory/cataloger.h"
#include "inventory/language_package.h"
#include "inventory/python_packages.h"
#include "inventory/python_requirement.h"

namespace vigil::inventory::pdm_lock {
namespace {

using base::Node;

void take(const Node& entry, PythonPackages& packages) {
  if (entry["path"].exists() && entry["editable"].truth().value_or(false)) return;
  const std::size_t number =
      packages.add(entry["name"].text(), entry["version"].text(), entry["name"].line());
  if (number == FilePackages::kNone) return;
  if (entry["git"].exists()) {
    const std::string commit(entry["revision"].text());
    add_qualifier(packages[number], "vcs_url",
                  "git+" + std::string(entry["git"].text()) + (commit.empty() ? "" : "@" + commit));
  }
  for (const Node& one : entry["dependencies"].items()) {
    if (const auto found = parse_python_requirement(one.text())) {
      packages.require(number, found->name, found->version);
    }
  }
  if (entry["groups"].is_list()) {
    packages.state(number, scope_of_groups(entry["groups"], "default"));
  }
}

void catalog(const File& file, Context& context) {
  catalog_python_lock(file, context, "package", take);
}

constexpr Pattern kPatterns[] = {named("pdm.lock")};
constexpr Pattern kCompanions[] = {named("pyproject.toml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "pdm-lock", "Python packages locked by PDM", kPatterns, catalog, nullptr, Needs::Tree,
      kCompanions};
  return kCataloger;
}

}  // namespace vigil::inventory::pdm_lock
