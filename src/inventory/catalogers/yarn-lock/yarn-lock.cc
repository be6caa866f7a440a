// JavaScript packages that Yarn has locked: yarn.lock.
//
// What: for each set of descriptors ("lodash@^4.0.0, lodash@^4.17.0") what they were resolved to:
// version, where from, dependencies. Yarn 1 has a notation of its own, Yarn 2 and later ("berry")
// writes YAML with a `__metadata` entry.
//
// References: classic.yarnpkg.com/lang/en/docs/yarn-lock, Yarn 1's lockfile/parse.js;
// yarnpkg.com/configuration/manifest and @yarnpkg/core's Project.ts.
//
// Traps:
//   - One entry serves many descriptors: it is one package.
//   - Under an alias ("x@npm:lodash@^4") the descriptor's name is x; Yarn 1 has the real name only
//     in the range and in the tarball's address, berry in `resolution`.
//   - Berry locks workspaces too (linkType: soft): they are the project itself, and what they
//     require it asks for. Yarn 1 does not say what the project asks for: what nobody requires it
//     must have, of the rest nothing is known.
//   - A patched package ("patch:typescript@...") stands there twice, patched and not; the patch
//     leaves name and version.
//   - Neither says what is needed for development only.
//
// Not handled: Yarn 1's packages from git or a folder that have no registry's version are kept with
// the version of their package.json, which stands there.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/cataloger.h"
#include "inventory/catalogers/yarn-lock/berry.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "inventory/npm_names.h"
#include "inventory/scopes.h"

namespace vigil::inventory::yarn_lock {
namespace {

bool is_from_git(std::string_view resolved) {
  return resolved.starts_with("git") || resolved.find(".git#") != std::string_view::npos;
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : file_(file), context_(context), packages_(file, context, "npm", model::Evidence::Locked) {}

  void read_classic() {
    const auto entries = parse_classic(file_.content, file_.path, context_.problems);
    for (const Entry& entry : entries) {
      if (entry.descriptors.empty()) continue;
      const NpmDescriptor first = split_npm_descriptor(entry.descriptors.front());
      std::string name(first.name);
      if (first.range.starts_with("npm:")) {
        name = split_npm_descriptor(first.range).name;
      } else if (std::string real = npm_name_of_tarball(entry.resolved); !real.empty()) {
        name = std::move(real);
      }
      if (first.range.starts_with("link:")) continue;
      add(name, entry);
    }
    std::vector<bool> needed(packages_.size());
    connect(entries, [&](std::size_t parent, std::size_t child, bool) {
      packages_.require(parent, child);
      if (parent != child) needed[child] = true;
    });
    for (std::size_t i = 0; i < needed.size(); ++i) {
      if (!needed[i]) packages_[i].relation = model::Relation::Direct;
    }
    packages_.finish();
  }

  void read_berry() {
    const auto lock = parse_berry(file_.content);
    if (!lock) {
      packages_.problem(lock.error().text());
      return packages_.finish();
    }
    for (const Entry& entry : lock->packages) {
      add(entry.descriptors.front().substr(0, entry.descriptors.front().size() - 1), entry);
    }
    Scopes scopes;
    connect(lock->packages, [&](std::size_t parent, std::size_t child, bool optional) {
      scopes.require(parent, child, optional);
    });
    for (const Entry& own : lock->own) {
      for (const auto& [name, range] : own.required) scopes.ask(find(name, range), "");
      for (const auto& [name, range] : own.optional) scopes.ask(find(name, range), "optional");
    }
    scopes.settle(packages_);
    packages_.finish();
  }

 private:
  void add(std::string_view name, const Entry& entry) {
    const auto known = by_version_.find({std::string(name), entry.version});
    std::size_t number = known == by_version_.end() ? FilePackages::kNone : known->second;
    if (number == FilePackages::kNone) {
      number = packages_.add(name, entry.version, entry.line);
      if (number == FilePackages::kNone) return;
      by_version_.emplace(std::pair(std::string(name), entry.version), number);
      if (is_from_git(entry.resolved)) add_qualifier(packages_[number], "vcs_url", entry.resolved);
    }
    for (const std::string& descriptor : entry.descriptors) by_descriptor_[descriptor] = number;
  }

  std::size_t find(const std::string& name, const std::string& range) const {
    for (const char* protocol : {"@", "@npm:"}) {
      const auto found = by_descriptor_.find(name + protocol + range);
      if (found != by_descriptor_.end()) return found->second;
    }
    return FilePackages::kNone;
  }

  template <typename Connect>
  void connect(const std::vector<Entry>& entries, const Connect& connect) const {
    for (const Entry& entry : entries) {
      if (entry.descriptors.empty()) continue;
      const auto parent = by_descriptor_.find(entry.descriptors.back());
      if (parent == by_descriptor_.end()) continue;
      for (const bool optional : {false, true}) {
        for (const auto& [name, range] : optional ? entry.optional : entry.required) {
          const std::size_t child = find(name, range);
          if (child != FilePackages::kNone) connect(parent->second, child, optional);
        }
      }
    }
  }

  const File& file_;
  Context& context_;
  FilePackages packages_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_version_;
  std::unordered_map<std::string, std::size_t> by_descriptor_;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  if (file.content.find("\n__metadata:") != std::string_view::npos ||
      file.content.starts_with("__metadata:")) {
    reader.read_berry();
  } else {
    reader.read_classic();
  }
}

bool wants(std::string_view path) {
  return path.find("/node_modules/") == std::string_view::npos;
}

constexpr Pattern kPatterns[] = {named("yarn.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"yarn-lock", "JavaScript packages locked by Yarn",
                                       kPatterns,   catalog,
                                       nullptr,     Needs::File,
                                       {},          wants};
  return kCataloger;
}

}  // namespace vigil::inventory::yarn_lock
