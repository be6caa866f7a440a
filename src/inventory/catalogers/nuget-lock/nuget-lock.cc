// NuGet packages that a project has resolved: packages.lock.json, project.assets.json and
// packages.config.
//
// What: packages.lock.json (wanted by RestorePackagesWithLockFile) has for each target framework
// {NAME: {type, requested, resolved, dependencies}}. obj/project.assets.json is what every restore
// writes: targets like those of deps.json, and the project with what it asks for.
// packages.config is XML of the time before PackageReference: every package, exact.
//
// References: learn.microsoft.com/nuget/consume-packages/package-references-in-project-files
// ("Locking dependencies"), /nuget/reference/packages-config; NuGet.Client's LockFileFormat.cs.
//
// Traps:
//   - One project has several target frameworks, with the same packages mostly: each is told once.
//   - "CentralTransitive" is transitive with a version of Directory.Packages.props.
//   - Names are compared without case: "newtonsoft.json" requires what is listed as "Newtonsoft.Json".
//   - Dependencies of assets are ranges ("[1.0.0, )"); which version was taken is in the target.
//   - packages.config does not tell who asked for what; developmentDependency is for builds only.
//
// Not handled: project.json and project.lock.json of .NET Core 1.0 previews.

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "base/xml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::nuget_lock {
namespace {

/// The packages of one target framework by name in lower case.
using Framework = std::unordered_map<std::string, std::size_t>;

class Reader {
 public:
  Reader(const File& file, Context& context)
      : lines_(file.content), packages_(file, context, "NuGet", model::Evidence::Locked) {}

  void read_lock(const base::Json& root) {
    for (const auto& [framework, list] : root["dependencies"].members()) {
      Framework numbers;
      for (const auto& [name, package] : list.members()) {
        const std::string_view type = package["type"].text();
        if (type == "Project") continue;
        const std::size_t number = add(name, package["resolved"].text(), lines_.of(package));
        if (type == "Direct") set_direct(number);
        numbers.emplace(base::lower(name), number);
      }
      for (const auto& [name, package] : list.members()) {
        require(numbers, base::lower(name), package["dependencies"],
                package["type"].text() == "Project");
      }
    }
    packages_.finish();
  }

  void read_assets(const base::Json& root) {
    for (const auto& [target, list] : root["targets"].members()) {
      Framework numbers;
      for (const auto& [key, library] : list.members()) {
        const std::size_t slash = key.rfind('/');
        if (slash == std::string_view::npos || library["type"].text() != "package") continue;
        numbers.emplace(base::lower(key.substr(0, slash)),
                        add(key.substr(0, slash), key.substr(slash + 1), lines_.of(library)));
      }
      for (const auto& [key, library] : list.members()) {
        require(numbers, base::lower(key.substr(0, key.rfind('/'))), library["dependencies"],
                library["type"].text() == "project");
      }
      for (const auto& [framework, asked] : root["project"]["frameworks"].members()) {
        for (const auto& [name, range] : asked["dependencies"].members()) {
          const auto found = numbers.find(base::lower(name));
          if (found != numbers.end()) set_direct(found->second);
        }
      }
    }
    packages_.finish();
  }

  void read_config(const base::Xml& root) {
    for (const base::Xml package : root.children("package")) {
      const std::size_t number =
          packages_.add(package.attribute("id").value_or(""),
                        package.attribute("version").value_or(""), package.line());
      if (number == FilePackages::kNone) continue;
      if (package.attribute("developmentDependency") == "true") packages_[number].scope = "dev";
    }
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  std::size_t add(std::string_view name, std::string_view version, std::uint32_t line) {
    const std::string key = base::lower(name) + "/" + std::string(version);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    const std::size_t number = packages_.add(name, version, line);
    if (number == FilePackages::kNone) return number;
    packages_[number].relation = model::Relation::Transitive;
    known_.emplace(key, number);
    return number;
  }

  void set_direct(std::size_t number) {
    if (number != FilePackages::kNone) packages_[number].relation = model::Relation::Direct;
  }

  /// What a project of the tree asks for is direct.
  void require(const Framework& numbers, const std::string& name, const base::Json& dependencies,
               bool project) {
    const auto parent = numbers.find(name);
    for (const auto& [required, range] : dependencies.members()) {
      const auto child = numbers.find(base::lower(required));
      if (child == numbers.end()) continue;
      if (project) set_direct(child->second);
      if (parent != numbers.end()) packages_.require(parent->second, child->second);
    }
  }

  base::JsonLines lines_;
  FilePackages packages_;
  std::unordered_map<std::string, std::size_t> known_;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  if (file.path.ends_with("/packages.config")) {
    base::XmlParser parser;
    const auto root = parser.parse(file.content);
    if (!root) return reader.problem(root.error().text());
    return reader.read_config(*root);
  }
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return reader.problem(root.error().what);
  if (file.path.ends_with("/project.assets.json")) return reader.read_assets(*root);
  reader.read_lock(*root);
}

constexpr Pattern kPatterns[] = {named("packages.lock.json"), named("project.assets.json"),
                                 named("packages.config")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "nuget-lock",
                                       .title = "NuGet packages (lock files)",
                                       .patterns = kPatterns,
                                       .catalog = catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::nuget_lock
