// JavaScript packages that a project asks for by an exact version and has not locked: package.json.
//
// What: `dependencies`, `devDependencies`, `optionalDependencies`: name and range. "1.2.3" is exact,
// everything else leaves open what will be installed. "npm:name@1.2.3" is an alias.
//
// References: docs.npmjs.com/cli/configuring-npm/package-json, semver's README for ranges.
//
// Traps:
//   - With a lock file beside it or in a folder above (workspaces) the lock file tells more.
//   - The package.json of an installed package, in node_modules or where distributions put them
//     (/usr/share/nodejs), is no project's.
//
// Not handled: peerDependencies (others install them), overrides.

#include <string>
#include <string_view>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/npm_names.h"

namespace vigil::inventory::npm_manifest {
namespace {

using base::Json;

constexpr std::string_view kLocks[] = {"package-lock.json", "npm-shrinkwrap.json",
                                       "yarn.lock",         "pnpm-lock.yaml",
                                       "bun.lock",          "bun.lockb"};

bool is_locked(const tree::View& view, std::string_view path) {
  for (std::size_t end = path.rfind('/'); end != std::string_view::npos;) {
    for (const std::string_view lock : kLocks) {
      if (view.stat(std::string(path.substr(0, end + 1)).append(lock))) return true;
    }
    end = end == 0 ? std::string_view::npos : path.rfind('/', end - 1);
  }
  return false;
}

bool wants(std::string_view path) {
  return path.find("/node_modules/") == std::string_view::npos &&
         !path.starts_with("/usr/share/nodejs/") && !path.starts_with("/usr/lib/nodejs/");
}

void catalog(const File& file, Context& context) {
  std::string_view text = file.content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  base::JsonParser parser;
  const auto root = parser.parse_padded(text);
  FilePackages packages(file, context, "npm", model::Evidence::Declared);
  if (!root) {
    packages.problem(root.error().what);
    return packages.finish();
  }
  const base::JsonLines lines(text);
  const struct {
    std::string_view key;
    std::string_view scope;
  } kinds[] = {
      {"dependencies", ""}, {"devDependencies", "dev"}, {"optionalDependencies", "optional"}};
  bool looked = false;
  for (const auto& kind : kinds) {
    for (const auto& [key, range] : (*root)[kind.key].members()) {
      NpmDescriptor wanted = {key, range.text()};
      if (wanted.range.starts_with("npm:")) wanted = split_npm_descriptor(wanted.range);
      if (!is_exact_npm_version(wanted.range)) continue;
      if (!looked && is_locked(context.view, file.path)) return packages.finish();
      looked = true;
      const std::size_t added =
          packages.add(wanted.name, npm_version(wanted.range), lines.of(range));
      if (added == FilePackages::kNone) continue;
      packages[added].scope = kind.scope;
      packages[added].relation = model::Relation::Direct;
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("package.json")};
constexpr Pattern kCompanions[] = {named(kLocks[0]), named(kLocks[1]), named(kLocks[2]),
                                   named(kLocks[3]), named(kLocks[4]), named(kLocks[5])};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"npm-manifest",
                                       "JavaScript packages asked for by exact version",
                                       kPatterns,
                                       catalog,
                                       nullptr,
                                       Needs::Tree,
                                       kCompanions,
                                       wants,
                                       std::uint64_t{4} << 20};
  return kCataloger;
}

}  // namespace vigil::inventory::npm_manifest
