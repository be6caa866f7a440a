// .NET applications as they were published: NAME.deps.json.
//
// What: JSON beside the program that the host reads to find its libraries. "targets" has for each
// target framework "NAME/VERSION": {dependencies, runtime, native}; "libraries" says of each
// "NAME/VERSION" what it is: "package" (from NuGet), "project" (the application's own), "reference" (a
// file), "runtimepack" (the .NET runtime itself, of applications that bring it along). "runtimeTarget"
// is the target that counts.
//
// References: github.com/dotnet/sdk documentation/specs/runtime-configuration-file.md;
// Microsoft.Extensions.DependencyModel.
//
// Traps:
//   - A runtime pack's name begins with "runtimepack.", which no registry knows.
//   - Versions of packages are NuGet's; names are compared without case there.
//   - A target for a platform ("net8.0/linux-x64") is beside the portable one, which is then empty.
//
// Not handled: applications without the file (.NET Framework, single files, native AOT).

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::dotnet_deps {
namespace {

struct Identity {
  std::string_view name;
  std::string_view version;
};

Identity identity_of(std::string_view key) {
  const std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos) return {key, {}};
  return {key.substr(0, slash), key.substr(slash + 1)};
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : lines_(file.content), packages_(file, context, "NuGet", model::Evidence::Installed) {}

  void read(const base::Json& root) {
    const base::Json target = root["targets"][root["runtimeTarget"]["name"].text()];
    for (const auto& [key, library] : root["libraries"].members()) {
      types_.emplace(std::string(key), library["type"].text());
    }
    for (const auto& [key, library] : target.members()) add(key, library);
    for (const auto& [key, library] : target.members()) require(key, library);
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  [[nodiscard]] std::string_view type_of(std::string_view key) const {
    const auto found = types_.find(std::string(key));
    return found == types_.end() ? std::string_view() : std::string_view(found->second);
  }

  void add(std::string_view key, const base::Json& library) {
    constexpr std::string_view kRuntimePack = "runtimepack.";
    const std::string_view type = type_of(key);
    Identity identity = identity_of(key);
    if (type == "runtimepack" && identity.name.starts_with(kRuntimePack)) {
      identity.name.remove_prefix(kRuntimePack.size());
    } else if (type != "package") {
      return;
    }
    const std::size_t number = packages_.add(identity.name, identity.version, lines_.of(library));
    if (number == FilePackages::kNone) return;
    packages_[number].relation = model::Relation::Transitive;
    numbers_.emplace(key, number);
  }

  void require(std::string_view key, const base::Json& library) {
    const bool project = type_of(key) == "project";
    const auto parent = numbers_.find(std::string(key));
    for (const auto& [name, version] : library["dependencies"].members()) {
      const std::string child = std::string(name) + "/" + std::string(version.text());
      const auto found = numbers_.find(child);
      if (found == numbers_.end()) continue;
      if (project) packages_[found->second].relation = model::Relation::Direct;
      if (parent != numbers_.end()) packages_.require(parent->second, found->second);
    }
  }

  base::JsonLines lines_;
  FilePackages packages_;
  std::unordered_map<std::string, std::string> types_;
  std::unordered_map<std::string, std::size_t> numbers_;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return reader.problem(root.error().what);
  reader.read(*root);
}

constexpr Pattern kPatterns[] = {ending(".deps.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "dotnet-deps",
                                       .title = ".NET applications (deps.json)",
                                       .patterns = kPatterns,
                                       .catalog = catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::dotnet_deps
