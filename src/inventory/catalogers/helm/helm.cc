// Charts that a Helm chart has locked: Chart.lock.
//
// What: YAML, `dependencies` is a list of {name, repository, version}.
//
// References: helm.sh/docs/topics/charts ("Chart dependencies"), Helm's chart/dependency.go.
//
// Traps:
//   - A chart's name means something within its repository only; the purl carries that.
//   - Repositories of "file://" are charts of this project, and none is an alias of a line.
//
// Not handled: Helm 2's requirements.lock (a name that Python uses as well); charts/*.tgz; the
// images a chart deploys.

#include <string_view>

#include "base/yaml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::helm {
namespace {

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "helm", model::Evidence::Locked);
  const auto root = base::parse_yaml(file.content);
  if (!root) packages.problem(root.error().text());
  if (root) {
    for (const base::Node& chart : (*root)["dependencies"].items()) {
      const std::string_view repository = chart["repository"].text();
      if (repository.empty() || repository.starts_with("file://")) continue;
      const std::string_view name = chart["name"].text();
      const std::size_t added = packages.add(name, chart["version"].text(), chart.line());
      if (added == FilePackages::kNone) continue;
      add_qualifier(packages[added], "repository_url", repository);
      packages.ask(name);
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("Chart.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"helm", "Helm charts", kPatterns, catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::helm
