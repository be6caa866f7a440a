// Julia packages: an environment's Manifest.toml, and the packages of a depot.
//
// What: TOML.
//   - Manifest.toml (JuliaManifest.toml, Manifest-v1.11.toml): the packages of an environment, each a
//     list of tables as a name can be there twice. Format 1 has them at the top, [[JSON]]; format 2
//     has `manifest_format` and [[deps.JSON]]. A package has uuid, version, git-tree-sha1, deps (a
//     list of names, or a table name => uuid), perhaps path or repo-url and repo-rev.
//   - Project.toml beside it names in [deps] what the project itself asks for.
//   - ~/.julia/packages/NAME/SLUG/Project.toml: an unpacked package's own name, uuid, version.
//
// References: pkgdocs.julialang.org/v1/toml-files, OSV ecosystem "Julia", purl-spec type julia.
//
// Traps:
//   - The uuid is the package's identity; two packages of one name differ by it. It is the purl's
//     qualifier.
//   - The standard library has no git-tree-sha1, mostly no version either, and belongs to Julia
//     itself. The libraries it wraps (LibCURL_jll) have versions of their own and are kept.
//   - A package with `path` is being developed here.
//
// Not handled: artifacts (Artifacts.toml), binaries without versions; weakdeps.

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/toml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::julia {
namespace {

using base::Node;

constexpr std::uint64_t kProjectLimit = std::uint64_t{4} << 20;

class Manifest {
 public:
  explicit Manifest(FilePackages& packages) : packages_(packages) {}

  void read(const Node& root) {
    const bool second = root["manifest_format"].exists();
    for (const auto& [name, line, versions] : (second ? root["deps"] : root).members()) {
      for (const Node& package : versions.items()) add(name, package);
    }
    for (const Wish& wish : wishes_) {
      if (!wish.uuid.empty()) {
        const auto found = by_uuid_.find(wish.uuid);
        if (found != by_uuid_.end()) packages_.require(wish.parent, found->second);
      } else {
        packages_.require(wish.parent, wish.name);
      }
    }
  }

 private:
  struct Wish {
    std::size_t parent;
    std::string_view name;
    std::string_view uuid;  ///< empty: the name alone is written
  };

  void add(std::string_view name, const Node& package) {
    const Node& version = package["version"];
    if (!version.exists() || package["path"].exists()) return;
    const std::size_t added = packages_.add(name, version.text(), package.line());
    if (added == FilePackages::kNone) return;
    const std::string_view uuid = package["uuid"].text();
    add_qualifier(packages_[added], "uuid", uuid);
    by_uuid_.emplace(uuid, added);
    for (const Node& required : package["deps"].items()) {
      wishes_.push_back({added, required.text(), {}});
    }
    for (const auto& [required, line, id] : package["deps"].members()) {
      wishes_.push_back({added, required, id.text()});
    }
  }

  FilePackages& packages_;
  std::unordered_map<std::string_view, std::size_t> by_uuid_;
  std::vector<Wish> wishes_;
};

void read_manifest(const File& file, const tree::View& view, const Node& root,
                   FilePackages& packages) {
  Manifest(packages).read(root);
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  for (const std::string_view name : {"/JuliaProject.toml", "/Project.toml"}) {
    const auto text = view.read(folder + std::string(name), kProjectLimit);
    if (!text) continue;
    const auto project = base::parse_toml(*text);
    if (!project) continue;
    packages.says_what_is_asked_for();
    for (const auto& dependency : (*project)["deps"].members()) packages.ask(dependency.key);
    return;
  }
}

void catalog(const File& file, Context& context) {
  const bool unpacked = file.path.ends_with("/Project.toml");
  FilePackages packages(file, context, "Julia",
                        unpacked ? model::Evidence::Installed : model::Evidence::Locked);
  const auto root = base::parse_toml(file.content);
  if (!root) {
    packages.problem(root.error().text());
  } else if (unpacked) {
    const Node& version = (*root)["version"];
    const std::size_t added = packages.add((*root)["name"].text(), version.text(), version.line());
    if (added != FilePackages::kNone) {
      add_qualifier(packages[added], "uuid", (*root)["uuid"].text());
    }
  } else {
    read_manifest(file, context.view, *root, packages);
  }
  packages.finish();
}

/// Manifests, and of projects only those in a depot: ".../packages/NAME/SLUG/Project.toml".
bool wants(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name == "Project.toml") {
    for (int i = 0; i < 3 && !path.empty(); ++i) {
      path = path.substr(0, std::min(path.rfind('/'), path.size()));
    }
    return path.ends_with("/packages");
  }
  return name == "Manifest.toml" || name == "JuliaManifest.toml" ||
         name.starts_with("Manifest-v") || name.starts_with("JuliaManifest-v");
}

constexpr Pattern kPatterns[] = {ending(".toml")};
constexpr Pattern kCompanions[] = {named("Project.toml"), named("JuliaProject.toml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"julia", "Julia packages", kPatterns,   catalog,
                                       nullptr, Needs::Tree,      kCompanions, wants};
  return kCataloger;
}

}  // namespace vigil::inventory::julia
