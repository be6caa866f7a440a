// JavaScript packages that lie in a node_modules folder, by their package.json.
//
// What: JSON with name, version, license. Every package manager unpacks a package into
// node_modules/NAME or node_modules/@SCOPE/NAME; pnpm into node_modules/.pnpm/KEY/node_modules/NAME
// with links from elsewhere.
//
// References: docs.npmjs.com/cli/configuring-npm/package-json and /folders; pnpm.io/symlinked-node-
// modules-structure.
//
// Traps:
//   - Most package.json files are none of a package: those of projects, of a package's own folders
//     ({"type": "module"}), and of the trees that tests of packages bring along
//     (resolve/test/resolver/.../node_modules). Only those right below node_modules count, and none
//     below a folder of tests inside a package.
//   - Under an alias the folder has another name than the package: the file's own name counts.
//   - Links to workspaces and to pnpm's store are not followed: the target is met by itself.
//   - A version may be written "v1.2.3".
//
// Not handled: archives of Yarn's Plug'n'Play (.yarn/cache/*.zip); what a bundler has copied into
// another file.

#include <string>
#include <string_view>

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/npm_names.h"

namespace vigil::inventory::npm_installed {
namespace {

constexpr std::string_view kFolder = "/node_modules/";
constexpr std::string_view kFile = "/package.json";

bool holds_tests(std::string_view folder) {
  for (const std::string_view part : base::split(folder, '/')) {
    for (const std::string_view name :
         {"test", "tests", "__tests__", "spec", "fixture", "fixtures", "__fixtures__", "testdata",
          "mock", "mocks", "__mocks__", "example", "examples"}) {
      if (part == name) return true;
    }
  }
  return false;
}

/// What of "name/lib" or "@scope/name/lib" is below the package's own folder: "lib".
std::string_view below_package(std::string_view path) {
  std::size_t end = path.find('/');
  if (path.starts_with('@') && end != std::string_view::npos) end = path.find('/', end + 1);
  return end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
}

bool wants(std::string_view path) {
  std::size_t folder = path.find(kFolder);
  if (folder == std::string_view::npos) return false;
  path.remove_suffix(kFile.size());
  while (folder != std::string_view::npos) {
    if (folder + kFolder.size() > path.size()) return false;
    path.remove_prefix(folder + kFolder.size());
    folder = path.find(kFolder);
    if (folder != std::string_view::npos && holds_tests(below_package(path.substr(0, folder)))) {
      return false;
    }
  }
  const bool scoped = path.starts_with('@');
  return !path.starts_with('.') && below_package(path).empty() && !path.ends_with('/') &&
         (!scoped || path.find('/') != std::string_view::npos);
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "npm", model::Evidence::Installed);
  std::string_view text = file.content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  base::JsonParser parser;
  const auto root = parser.parse_padded(text);
  if (!root) {
    packages.problem(root.error().what);
  } else {
    const std::string_view name = (*root)["name"].text();
    const std::string_view version = npm_version((*root)["version"].text());
    if (!name.empty() && !version.empty()) {
      const std::size_t added = packages.add(name, version);
      if (added != FilePackages::kNone) packages[added].license = npm_license(*root);
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("package.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"npm-installed",
                                       "Installed JavaScript packages (node_modules)",
                                       kPatterns,
                                       catalog,
                                       nullptr,
                                       Needs::File,
                                       {},
                                       wants,
                                       std::uint64_t{4} << 20};
  return kCataloger;
}

}  // namespace vigil::inventory::npm_installed
