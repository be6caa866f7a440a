// Python packages that Poetry has locked: poetry.lock.
//
// What: TOML, one [[package]] each with name, version, optional, dependencies (name: range), source.
//
// References: python-poetry.org/docs/basic-usage; poetry's packages/locker.py.
//
// Traps:
//   - `category` ("main", "dev") is there until Poetry 1.4, `groups` from 2.0 on; between them the
//     lock says nothing, and it follows from the pyproject.toml beside it.
//   - `optional` means that only an extra asks for it.
//   - A package whose source is a folder is the project's own code.
//   - The same name may stand there in several versions, for different Pythons.

#include "inventory/cataloger.h"
#include "inventory/language_package.h"
#include "inventory/python_packages.h"

namespace vigil::inventory::poetry_lock {
namespace {

using base::Node;

void add_source(const Node& source, model::Package& package) {
  const std::string url(source["url"].text());
  if (source["type"].text() == "git") {
    const std::string commit(source["resolved_reference"].text());
    add_qualifier(package, "vcs_url", "git+" + url + (commit.empty() ? "" : "@" + commit));
  } else if (source["type"].text() == "url") {
    add_qualifier(package, "download_url", url);
  }
}

void take(const Node& entry, PythonPackages& packages) {
  const Node& source = entry["source"];
  if (source["type"].text() == "directory") {
    for (const Node::Member& one : entry["dependencies"].members()) packages.ask(one.key, "");
    return;
  }
  const std::size_t number =
      packages.add(entry["name"].text(), entry["version"].text(), entry["name"].line());
  if (number == FilePackages::kNone) return;
  add_source(source, packages[number]);
  for (const Node::Member& one : entry["dependencies"].members()) packages.require(number, one.key);
  std::string_view scope;
  if (entry["groups"].is_list()) {
    scope = scope_of_groups(entry["groups"], "main");
  } else if (entry["category"].exists()) {
    scope = entry["category"].text() == "main" ? "" : entry["category"].text();
  } else {
    return;
  }
  const bool optional = entry["optional"].truth().value_or(false);
  packages.state(number, scope.empty() && optional ? "optional" : scope);
}

void catalog(const File& file, Context& context) {
  catalog_python_lock(file, context, "package", take);
}

constexpr Pattern kPatterns[] = {named("poetry.lock")};
constexpr Pattern kCompanions[] = {named("pyproject.toml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "poetry-lock", "Python packages locked by Poetry", kPatterns, catalog, nullptr, Needs::Tree,
      kCompanions};
  return kCataloger;
}

}  // namespace vigil::inventory::poetry_lock
