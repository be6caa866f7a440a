// Python packages that Pipenv has locked: Pipfile.lock.
//
// What: JSON. Besides `_meta` each member is a category, "default", "develop" or one of the project's
// own, with packages by name: version ("==2.31.0"), hashes, index, markers, or git and ref.
//
// References: pipenv.pypa.io/en/latest/pipfile.html and /lockfile; pipenv's utils/locking.py.
//
// Traps:
//   - What is needed to run and for development stands in both categories, once in each.
//   - `index` does not tell what the project asks for: newer versions write it everywhere. That
//     stands in the Pipfile beside it.
//   - Who requires whom is not written down.
//   - A package with `path` or `editable` is own code, one from git has no version.

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/toml.h"
#include "inventory/cataloger.h"
#include "inventory/python_packages.h"
#include "inventory/python_requirement.h"

namespace vigil::inventory::pipfile_lock {
namespace {

using base::Json;

constexpr std::uint64_t kManifestLimit = std::uint64_t{4} << 20;

void take(std::string_view category, const Json& list, const base::JsonLines& lines,
          PythonPackages& packages) {
  for (const auto& [name, entry] : list.members()) {
    const bool elsewhere = entry["path"].exists() || entry["file"].exists() ||
                           entry["git"].exists() || entry["editable"].exists();
    const std::string requirement = std::string(name) + std::string(entry["version"].text());
    const auto found = parse_python_requirement(requirement);
    const std::uint32_t line = lines.of(entry);
    if (!found || found->version.empty()) {
      if (!elsewhere) packages.problem(line, "no version of a package");
      continue;
    }
    const std::size_t number = packages.add(name, found->version, line);
    if (number == FilePackages::kNone) continue;
    // The first category that names it counts: default comes first.
    packages.state(number, category == "default" ? "" : category == "develop" ? "dev" : category);
  }
}

void catalog(const File& file, Context& context) {
  PythonPackages packages(file, context);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) {
    packages.problem(root.error().what);
    return packages.finish();
  }
  const base::JsonLines lines(file.content);
  take("default", (*root)["default"], lines, packages);
  for (const auto& [category, list] : root->members()) {
    if (category != "_meta" && category != "default") take(category, list, lines, packages);
  }
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  if (const auto text = context.view.read(folder + "/Pipfile", kManifestLimit)) {
    if (const auto project = base::parse_toml(*text)) {
      for (const base::Node::Member& table : project->members()) {
        if (table.key == "source" || table.key == "requires" || table.key == "scripts") continue;
        for (const base::Node::Member& one : table.value.members()) packages.ask(one.key, "");
      }
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("Pipfile.lock")};
constexpr Pattern kCompanions[] = {named("Pipfile")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "pipfile-lock", "Python packages locked by Pipenv", kPatterns, catalog, nullptr, Needs::Tree,
      kCompanions};
  return kCataloger;
}

}  // namespace vigil::inventory::pipfile_lock
