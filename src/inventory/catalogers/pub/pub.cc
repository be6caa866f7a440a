// Dart and Flutter packages that a project has locked: pubspec.lock.
//
// What: YAML. `packages` is a map, name => {dependency, description, source, version}; `dependency`
// is "direct main", "direct dev", "direct overridden" or "transitive"; `source` is hosted, git, path
// or sdk.
//
// References: dart.dev/tools/pub/glossary ("Lockfile"), pub's lock_file.dart.
//
// Traps:
//   - Packages of source sdk (flutter, flutter_test) have version 0.0.0: they are the SDK itself.
//   - Packages of source path are the project's own.
//   - A package of another registry than pub.dev says so in description.url; it is not the one of
//     that name there.
//   - Versions may carry a build: "1.2.3+4".
//
// Not handled: who requires whom, which the file does not say; the SDKs (`sdks`), which are ranges.

#include <string>
#include <string_view>

#include "base/yaml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::pub {
namespace {

using base::Node;

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "Pub", model::Evidence::Locked);
  const auto root = base::parse_yaml(file.content);
  if (!root) {
    packages.problem(root.error().text());
    return packages.finish();
  }
  packages.says_what_is_asked_for();
  for (const auto& [name, line, package] : (*root)["packages"].members()) {
    const std::string_view source = package["source"].text();
    if (source == "sdk" || source == "path") continue;
    const std::size_t added = packages.add(name, package["version"].text(), line);
    if (added == FilePackages::kNone) continue;
    const std::string_view dependency = package["dependency"].text();
    if (dependency.starts_with("direct")) packages.ask(name);
    if (dependency == "direct dev") packages[added].scope = "dev";
    const Node& description = package["description"];
    const std::string_view url = description["url"].text();
    if (source == "git") {
      add_qualifier(
          packages[added], "vcs_url",
          "git+" + std::string(url) + "@" + std::string(description["resolved-ref"].text()));
    } else if (url != "https://pub.dev" && url != "https://pub.dartlang.org") {
      add_qualifier(packages[added], "repository_url", url);
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("pubspec.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"pub", "Dart packages (Pub)", kPatterns, catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::pub
