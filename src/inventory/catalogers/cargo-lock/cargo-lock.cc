// Rust crates as Cargo.lock has them.
//
// What: TOML with a [[package]] for each crate: name, version, source, dependencies. What has no
// source is the project itself or a crate of its tree. Version 1 names dependencies "name version
// (source)", versions 2 to 4 as briefly as is unique: "name" or "name version".
//
// References: doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html; cargo's
// src/cargo/core/resolver/encode.rs for the versions.
//
// Traps:
//   - Dependencies for tests and builds are in the file like all others: their scope is not told.
//   - The same crate is often there in several versions; who needs which is in the dependencies.
//   - crates.io is two addresses, the index in git and the one over HTTP.
//   - A crate from git or of another registry may have a name that crates.io knows as another one;
//     where it comes from stands in the purl.
//
// Not handled: Cargo.toml (ranges), [patch] that is not used, binaries (see cargo-auditable).

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "base/toml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::cargo_lock {
namespace {

constexpr std::size_t kProject = static_cast<std::size_t>(-2);

void set_source(model::Package& package, std::string_view source) {
  if (source == "registry+https://github.com/rust-lang/crates.io-index") return;
  if (source.starts_with("sparse+") && source.ends_with("/index.crates.io/")) return;
  if (source.starts_with("git+")) return add_qualifier(package, "vcs_url", source);
  for (const std::string_view kind : {"registry+", "sparse+"}) {
    if (source.starts_with(kind)) {
      add_qualifier(package, "repository_url", source.substr(kind.size()));
    }
  }
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : packages_(file, context, "crates.io", model::Evidence::Locked) {}

  void read(const base::Node& root) {
    const std::vector<base::Node>& list = root["package"].items();
    numbers_.reserve(list.size());
    for (const base::Node& package : list) add(package);
    // Version 1 kept the project apart.
    if (root["root"].is_map()) require_all(root["root"], kProject);
    for (std::size_t i = 0; i < list.size(); ++i) require_all(list[i], numbers_[i]);
    packages_.finish();
  }

  void problem(const Error& error) {
    packages_.problem(error.text());
    packages_.finish();
  }

 private:
  void add(const base::Node& package) {
    const std::string_view name = package["name"].text();
    const std::string_view version = package["version"].text();
    const std::string_view source = package["source"].text();
    std::size_t number = kProject;
    if (!source.empty()) {
      number = packages_.add(name, version, package["name"].line());
      if (number != FilePackages::kNone) {
        set_source(packages_[number], source);
        packages_[number].relation = model::Relation::Transitive;
      }
    }
    numbers_.push_back(number);
    by_name_[std::string(name)].push_back({version, number});
  }

  void require_all(const base::Node& package, std::size_t parent) {
    for (const base::Node& dependency : package["dependencies"].items()) {
      const std::vector<std::string_view> words = base::words(dependency.text());
      if (words.empty()) continue;
      const auto found = by_name_.find(std::string(words[0]));
      if (found == by_name_.end()) continue;
      for (const Candidate& one : found->second) {
        if (words.size() > 1 && words[1] != one.version) continue;
        if (one.number == kProject || one.number == FilePackages::kNone) continue;
        if (parent == kProject) {
          packages_[one.number].relation = model::Relation::Direct;
        } else {
          packages_.require(parent, one.number);
        }
      }
    }
  }

  struct Candidate {
    std::string_view version;
    std::size_t number;
  };

  FilePackages packages_;
  std::vector<std::size_t> numbers_;
  std::unordered_map<std::string, std::vector<Candidate>> by_name_;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  const auto root = base::parse_toml(file.content);
  if (!root) return reader.problem(root.error());
  reader.read(*root);
}

constexpr Pattern kPatterns[] = {named("Cargo.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "cargo-lock",
                                       .title = "Rust crates (Cargo.lock)",
                                       .patterns = kPatterns,
                                       .catalog = catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::cargo_lock
