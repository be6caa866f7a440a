// Java packages that Gradle has locked: gradle.lockfile and its kin.
//
// What: lines "GROUP:ARTIFACT:VERSION=CONFIGURATION,CONFIGURATION". gradle.lockfile is of the project,
// buildscript-gradle.lockfile and settings-gradle.lockfile of the build itself;
// gradle/dependency-locks/CONFIGURATION.lockfile (Gradle 5 and 6) has one file for each configuration and
// no "=". "empty=" lists configurations without dependencies.
//
// Reference: docs.gradle.org/current/userguide/dependency_locking.html.
//
// Traps:
//   - What is only in configurations of tests is for tests: "testRuntimeClasspath",
//     "androidTestDebugCompileClasspath".
//   - A package has one version for each configuration; two lines of one package are two versions.
//   - There is no telling what is direct: the project asks in its build script.
//
// Not handled: build.gradle, version catalogues (ranges and programs).

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::gradle_lock {
namespace {

bool is_of_tests(std::string_view configuration) {
  return configuration.starts_with("test") || configuration.find("Test") != std::string_view::npos;
}

std::string_view scope_of(const File& file, std::string_view configurations) {
  const std::string_view name = std::string_view(file.path).substr(file.path.rfind('/') + 1);
  if (name.starts_with("buildscript-") || name.starts_with("settings-")) return "build";
  const std::vector<std::string_view> all = base::split(configurations, ',');
  return std::all_of(all.begin(), all.end(), is_of_tests) ? "test" : "";
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "Maven", model::Evidence::Locked);
  // The old form is named after its configuration.
  std::string_view named = std::string_view(file.path).substr(file.path.rfind('/') + 1);
  named = named.substr(0, named.rfind('.'));
  std::uint32_t number = 0;
  std::string_view rest = file.content;
  while (const auto line = base::next_line(rest)) {
    ++number;
    const std::string_view text = base::trim(*line);
    if (text.empty() || text.starts_with('#') || text.starts_with("empty=")) continue;
    const std::size_t equals = text.find('=');
    const std::vector<std::string_view> parts = base::split(text.substr(0, equals), ':');
    if (parts.size() != 3) {
      packages.problem(number, "not GROUP:ARTIFACT:VERSION");
      continue;
    }
    const std::size_t added =
        packages.add(std::string(parts[0]) + ":" + std::string(parts[1]), parts[2], number);
    if (added == FilePackages::kNone) continue;
    packages[added].scope =
        scope_of(file, equals == std::string_view::npos ? named : text.substr(equals + 1));
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return path.ends_with("gradle.lockfile") ||
         path.find("/dependency-locks/") != std::string_view::npos;
}

constexpr Pattern kPatterns[] = {ending(".lockfile")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "gradle-lock",
                                       .title = "Java packages (Gradle's lock files)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .wants = wants};
  return kCataloger;
}

}  // namespace vigil::inventory::gradle_lock
