// JavaScript packages that pnpm has locked: pnpm-lock.yaml of the lockfile versions 5 to 9.
//
// What: YAML. `importers` (or in a project of one folder the root itself) say what each project asks
// for and what it got; `packages` what was locked, by a key:
//   5    /lodash/4.17.21, /@babel/core/7.20.0, /foo/1.0.0_react@18.2.0
//   6    /lodash@4.17.21, /@babel/core@7.20.0, /foo@1.0.0(react@18.2.0)
//   9    lodash@4.17.21; who requires whom stands in `snapshots`, by foo@1.0.0(react@18.2.0)
//
// References: github.com/pnpm/spec (lockfile/5.2.md, 6.0.md, 9.0.md), pnpm's dependency-path.
//
// Traps:
//   - One package stands there once for each set of peers it was resolved with: the part in brackets
//     or behind "_" is no part of the version.
//   - What comes from git or an archive has an address for a key, and `name` and `version` inside.
//   - A reference is a version, a whole key (of an alias) or "link:FOLDER", the project's own code.
//   - Until 6 each package says `dev` and `optional`; 9 does not, it follows from the importers.
//
//   - The file may be two documents, the first about pnpm itself.
//
// Not handled: `time`, `patchedDependencies`.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/text.h"
#include "base/yaml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "inventory/npm_names.h"
#include "inventory/scopes.h"

namespace vigil::inventory::pnpm_lock {
namespace {

using base::Node;

/// Without the peers: "foo@1.0.0(react@18.2.0)" is "foo@1.0.0".
std::string_view without_peers(std::string_view key) {
  return key.substr(0, key.find('('));
}

/// Of version 5, where a peer begins behind the version's first "_".
NpmDescriptor split_old_key(std::string_view key) {
  if (key.starts_with('/')) key.remove_prefix(1);
  std::size_t end = key.find('/');
  if (key.starts_with('@') && end != std::string_view::npos) end = key.find('/', end + 1);
  if (end == std::string_view::npos) return {key, {}};
  const std::string_view version = key.substr(end + 1);
  return {key.substr(0, end), version.substr(0, version.find('_'))};
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : packages_(file, context, "npm", model::Evidence::Locked) {}

  void read(const Node& root) {
    const std::string_view version = root["lockfileVersion"].text();
    old_ = version.starts_with("5") || version.starts_with("4") || version.starts_with("3");
    for (const Node::Member& member : root["packages"].members()) take(member);
    const Node& snapshots = root["snapshots"];
    for (const Node::Member& member : snapshots.members()) {
      const auto found = keys_.find(std::string(without_peers(member.key)));
      if (found != keys_.end()) keys_.emplace(member.key, found->second);
    }
    for (const auto* list : {&snapshots, &root["packages"]}) {
      for (const Node::Member& member : list->members()) require(member);
    }
    if (root["importers"].is_map()) {
      for (const Node::Member& importer : root["importers"].members()) ask(importer.value);
    } else {
      ask(root);
    }
    scopes_.settle(packages_);
    // What each package says of itself counts.
    for (const auto& [number, scope] : stated_) packages_[number].scope = scope;
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  void take(const Node::Member& member) {
    const Node& entry = member.value;
    if (entry["resolution"]["type"].text() == "directory") return;
    std::string_view key = without_peers(member.key);
    NpmDescriptor found =
        old_ ? split_old_key(key) : split_npm_descriptor(key.substr(key.starts_with('/') ? 1 : 0));
    if (entry["name"].exists()) found.name = entry["name"].text();
    if (entry["version"].exists()) found.range = entry["version"].text();
    const auto id = std::pair(std::string(found.name), std::string(found.range));
    const auto known = by_version_.find(id);
    std::size_t number = known == by_version_.end() ? FilePackages::kNone : known->second;
    if (number == FilePackages::kNone) {
      number = packages_.add(found.name, found.range, member.line);
      if (number == FilePackages::kNone) return;
      by_version_.emplace(id, number);
      const Node& resolution = entry["resolution"];
      if (resolution["type"].text() == "git") {
        add_qualifier(packages_[number], "vcs_url",
                      "git+" + std::string(resolution["repo"].text()) + "@" +
                          std::string(resolution["commit"].text()));
      } else if (entry["version"].exists()) {
        add_qualifier(packages_[number], "download_url", resolution["tarball"].text());
      }
    }
    keys_.emplace(member.key, number);
    if (entry["dev"].exists()) {
      const bool dev = entry["dev"].truth().value_or(false);
      const bool optional = entry["optional"].truth().value_or(false);
      const std::string_view scope = dev ? "dev" : optional ? "optional" : "";
      // Of several sets of peers the strongest need counts.
      const auto [stated, is_new] = stated_.try_emplace(number, scope);
      if (!is_new && stated->second != scope) {
        stated->second = scope.empty() || stated->second.empty() ? "" : "optional";
      }
    }
  }

  /// What a dependency's name and reference lead to.
  std::size_t find(std::string_view name, std::string_view reference) const {
    const std::string text(reference);
    const std::string joined(name);
    for (const std::string& key :
         {text, "/" + joined + (old_ ? "/" : "@") + text, joined + "@" + text, "/" + text}) {
      const auto found = keys_.find(key);
      if (found != keys_.end()) return found->second;
    }
    return FilePackages::kNone;
  }

  void require(const Node::Member& member) {
    const auto parent = keys_.find(member.key);
    if (parent == keys_.end()) return;
    for (const bool optional : {false, true}) {
      const Node& list = member.value[optional ? "optionalDependencies" : "dependencies"];
      for (const Node::Member& one : list.members()) {
        scopes_.require(parent->second, find(one.key, one.value.text()), optional);
      }
    }
  }

  void ask(const Node& importer) {
    const struct {
      std::string_view key;
      std::string_view scope;
    } kinds[] = {
        {"dependencies", ""}, {"optionalDependencies", "optional"}, {"devDependencies", "dev"}};
    for (const auto& kind : kinds) {
      for (const Node::Member& one : importer[kind.key].members()) {
        const Node& value = one.value.is_map() ? one.value["version"] : one.value;
        scopes_.ask(find(one.key, value.text()), kind.scope);
      }
    }
  }

  FilePackages packages_;
  Scopes scopes_;
  bool old_ = false;
  std::map<std::pair<std::string, std::string>, std::size_t> by_version_;
  std::unordered_map<std::string, std::size_t> keys_;
  std::map<std::size_t, std::string> stated_;
};

void catalog(const File& file, Context& context) {
  const auto documents = base::parse_yaml_documents(file.content);
  if (!documents) return Reader(file, context).problem(documents.error().text());
  for (const Node& root : *documents) Reader(file, context).read(root);
}

/// A lock file inside an installed package says what its authors had.
bool wants(std::string_view path) {
  return path.find("/node_modules/") == std::string_view::npos;
}

constexpr Pattern kPatterns[] = {named("pnpm-lock.yaml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"pnpm-lock", "JavaScript packages locked by pnpm",
                                       kPatterns,   catalog,
                                       nullptr,     Needs::File,
                                       {},          wants};
  return kCataloger;
}

}  // namespace vigil::inventory::pnpm_lock
