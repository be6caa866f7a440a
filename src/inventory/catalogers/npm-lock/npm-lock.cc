// JavaScript packages that npm has locked: package-lock.json, npm-shrinkwrap.json, and
// node_modules/.package-lock.json, npm's own note of what it has installed.
//
// What: JSON. Version 1 has `dependencies`, a tree by names: each with version, resolved, requires
// (name: range), dependencies (those that lie in its own node_modules). Versions 2 and 3 have
// `packages` by the folder, "" being the project; 2 repeats everything in `dependencies`.
//
// References: docs.npmjs.com/cli/configuring-npm/package-lock-json; @npmcli/arborist's
// shrinkwrap.js; nodejs.org/api/modules.html for which folder `require` finds.
//
// Traps:
//   - Under an alias ("x": "npm:lodash@4") the folder is x. Version 2 says `name`, version 1 puts
//     "npm:lodash@4.17.21" into version, and where neither is, the tarball's address tells.
//   - A workspace has an entry of its own without node_modules/ in the key, and a `link` to it.
//     Neither is a package; what it requires the project itself asks for.
//   - `devOptional` is needed by a development and by an optional dependency.
//   - Peer dependencies are installed since npm 7 and required like any other.
//   - Version 1 and the note of what is installed do not say what the project asks for. What nobody
//     requires it must have asked for; of the rest nothing is known.
//
// Not handled: packages of version 1 that come from git, whose version stands nowhere.

#include <string>
#include <string_view>
#include <vector>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/npm-lock/tree.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "inventory/npm_names.h"

namespace vigil::inventory::npm_lock {
namespace {

using base::Json;

bool flag(const Json& entry, std::string_view name) {
  return entry[name].truth().value_or(false);
}

std::string_view scope_of(const Json& entry) {
  if (flag(entry, "dev")) return "dev";
  if (flag(entry, "optional") || flag(entry, "devOptional")) return "optional";
  return flag(entry, "peer") ? "peer" : "";
}

class Reader {
 public:
  Reader(const File& file, Context& context, model::Evidence evidence)
      : lines_(file.content), packages_(file, context, "npm", evidence) {}

  void read(const Json& root) {
    const Json packages = root["packages"];
    if (packages.is_object()) {
      for (const auto& [key, entry] : packages.members()) take_folder(key, entry);
    } else {
      take_tree(root["dependencies"]);
    }
    connect();
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  struct Requirement {
    std::size_t from;
    std::string_view name;
  };

  void take_folder(std::string_view key, const Json& entry) {
    const std::size_t place = tree_.at(key);
    if (place == Tree::kRoot) root_known_ = true;
    for (const std::string_view kind :
         {"dependencies", "optionalDependencies", "peerDependencies", "devDependencies"}) {
      if (kind == "devDependencies" && !tree_[place].own) continue;
      for (const auto& [name, range] : entry[kind].members()) required_.push_back({place, name});
    }
    if (tree_[place].own || flag(entry, "link")) {
      tree_[place].own = true;
      return;
    }
    const std::string_view folder = key.substr(key.rfind("node_modules/") + 13);
    const std::string_view resolved = entry["resolved"].text();
    std::string name(entry["name"].text());
    if (name.empty()) name = npm_name_of_tarball(resolved);
    if (name.empty()) name = folder;
    add(place, name, entry["version"].text(), resolved, entry);
  }

  void take_tree(const Json& dependencies) {
    struct Level {
      std::size_t place;
      Json dependencies;
    };
    std::vector<Level> left = {{Tree::kRoot, dependencies}};
    while (!left.empty()) {
      const Level level = left.back();
      left.pop_back();
      for (const auto& [name, entry] : level.dependencies.members()) {
        const std::size_t place = tree_.in(level.place, name);
        take_entry(place, name, entry);
        const Json inner = entry["dependencies"];
        if (inner.is_object()) left.push_back({place, inner});
      }
    }
  }

  void take_entry(std::size_t place, std::string_view folder, const Json& entry) {
    for (const auto& [name, range] : entry["requires"].members()) {
      required_.push_back({place, name});
    }
    std::string_view version = entry["version"].text();
    std::string_view resolved = entry["resolved"].text();
    std::string name(folder);
    if (version.starts_with("npm:")) {
      const NpmDescriptor real = split_npm_descriptor(version);
      name = real.name;
      version = real.range;
    } else if (version.find(':') != std::string_view::npos) {
      tree_[place].own = version.starts_with("file:");  // else an archive or a repository
      return;
    } else if (std::string real = npm_name_of_tarball(resolved); !real.empty()) {
      name = std::move(real);
    }
    add(place, name, version, resolved, entry);
  }

  void add(std::size_t place, std::string_view name, std::string_view version,
           std::string_view resolved, const Json& entry) {
    const std::size_t added = packages_.add(name, version, lines_.of(entry));
    if (added == FilePackages::kNone) return;
    model::Package& package = packages_[added];
    package.scope = scope_of(entry);
    package.license = npm_license(entry);
    if (resolved.starts_with("git")) add_qualifier(package, "vcs_url", resolved);
    tree_[place].package = added;
  }

  void connect() {
    std::vector<bool> needed(packages_.size());
    std::vector<bool> asked(packages_.size());
    for (const Requirement& one : required_) {
      const std::size_t found = tree_.find(one.from, one.name);
      if (found == Tree::kNone || tree_[found].package == FilePackages::kNone) continue;
      const std::size_t child = tree_[found].package;
      packages_.require(tree_[one.from].package, child);
      needed[child] = true;
      if (tree_[one.from].own) asked[child] = true;
    }
    for (std::size_t i = 0; i < packages_.size(); ++i) {
      if (asked[i] || (!root_known_ && !needed[i])) {
        packages_[i].relation = model::Relation::Direct;
      } else if (root_known_) {
        packages_[i].relation = model::Relation::Transitive;
      }
    }
  }

  base::JsonLines lines_;
  FilePackages packages_;
  Tree tree_;
  std::vector<Requirement> required_;
  bool root_known_ = false;
};

void catalog(const File& file, Context& context) {
  const bool installed = file.path.ends_with("/.package-lock.json");
  Reader reader(file, context, installed ? model::Evidence::Installed : model::Evidence::Locked);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return reader.problem(root.error().what);
  reader.read(*root);
}

/// A lock file inside an installed package says what its authors had, not what lies there.
bool wants(std::string_view path) {
  return path.find("/node_modules/") == std::string_view::npos ||
         path.ends_with("/node_modules/.package-lock.json");
}

constexpr Pattern kPatterns[] = {named("package-lock.json"), named("npm-shrinkwrap.json"),
                                 named(".package-lock.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "npm-lock", "JavaScript packages locked by npm", kPatterns, catalog, nullptr, Needs::File, {},
      wants};
  return kCataloger;
}

}  // namespace vigil::inventory::npm_lock
