// NuGet packages that a project of .NET asks for: *.csproj, *.fsproj, *.vbproj.
//
// What: MSBuild's XML. <PackageReference Include="NAME" Version="1.2.3"/>; the version may stand in a
// child element, in a property, or for all projects in Directory.Packages.props
// (<PackageVersion>), which is looked for in the folders above. Directory.Build.props has properties.
//
// References: learn.microsoft.com/nuget/consume-packages/package-references-in-project-files,
// /nuget/consume-packages/central-package-management, /nuget/concepts/package-versioning,
// /visualstudio/msbuild/customize-by-directory.
//
// Traps:
//   - "1.2.3" means 1.2.3 or higher, and NuGet takes the lowest there is: this one. "[1.2.3]" is this
//     one only. "1.*" and ranges say no version: they are problems, not guesses.
//   - Where a lock file or obj/project.assets.json lies beside, that is exact and tells everything.
//   - Of the props files only the nearest above counts, unless it imports others.
//   - PrivateAssets="all" is for builds: analysers, generators.
//   - VersionOverride goes before the central version.
//
// Not handled: conditions (each reference counts), imports, properties that are computed.

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "base/xml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::nuget_project {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{16} << 20;
constexpr int kMostParents = 16;
constexpr int kMostSteps = 16;

std::string folder_of(std::string_view path) {
  return std::string(path.substr(0, path.rfind('/')));
}

/// The nearest file of that name in the folder or above.
std::optional<std::string> find_above(const tree::View& view, std::string folder,
                                      std::string_view name) {
  for (int i = 0; i < kMostParents; ++i) {
    if (auto text = view.read(folder + "/" + std::string(name), kLimit)) return std::move(*text);
    if (folder.empty()) break;
    folder = folder_of(folder);
  }
  return std::nullopt;
}

/// An attribute, or a child element of that name, as MSBuild takes either.
std::string_view value_of(const base::Xml& item, std::string_view name) {
  if (const auto written = item.attribute(name)) return *written;
  return item[name].text();
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : packages_(file, context, "NuGet", model::Evidence::Declared) {}

  void read_build_properties(std::string_view text) {
    base::XmlParser parser;
    if (const auto root = parser.parse(text)) add_properties(*root);
  }

  void read_central(std::string_view text) {
    base::XmlParser parser;
    const auto root = parser.parse(text);
    if (!root) return packages_.problem("Directory.Packages.props: " + root.error().text());
    add_properties(*root);
    for (const base::Xml group : root->children("ItemGroup")) {
      for (const base::Xml item : group.children("PackageVersion")) {
        central_[base::lower(value_of(item, "Include"))] = value_of(item, "Version");
      }
      for (const base::Xml item : group.children("GlobalPackageReference")) {
        add(value_of(item, "Include"), value_of(item, "Version"), 0, "dev");
      }
    }
  }

  void read_project(std::string_view text) {
    base::XmlParser parser;
    const auto root = parser.parse(text);
    if (!root) return packages_.problem(root.error().text());
    add_properties(*root);
    for (const base::Xml group : root->children("ItemGroup")) {
      for (const base::Xml item : group.children("PackageReference")) reference(item);
    }
  }

  void finish() { packages_.finish(); }

 private:
  void add_properties(const base::Xml& root) {
    for (const base::Xml group : root.children("PropertyGroup")) {
      for (const base::Xml property : group.children()) {
        properties_[base::lower(property.name())] = property.text();
      }
    }
  }

  /// With properties filled in, as far as they are known.
  [[nodiscard]] std::string expanded(std::string_view written) const {
    std::string text(written);
    for (int step = 0; step < kMostSteps && text.size() < 1024; ++step) {
      const std::size_t begin = text.find("$(");
      const std::size_t end = text.find(')', begin);
      if (begin == std::string::npos || end == std::string::npos) break;
      const auto found = properties_.find(base::lower(text.substr(begin + 2, end - begin - 2)));
      if (found == properties_.end()) break;
      text.replace(begin, end + 1 - begin, found->second);
    }
    return text;
  }

  void reference(const base::Xml& item) {
    const std::string_view name = value_of(item, "Include");
    if (name.empty()) return;
    std::string_view version = value_of(item, "VersionOverride");
    if (version.empty()) version = value_of(item, "Version");
    if (version.empty()) {
      const auto found = central_.find(base::lower(name));
      if (found != central_.end()) version = found->second;
    }
    const bool is_private = base::equals_ignoring_case(value_of(item, "PrivateAssets"), "all");
    add(name, version, item.line(), is_private ? "dev" : "");
  }

  void add(std::string_view name, std::string_view written, std::uint32_t line,
           std::string_view scope) {
    std::string version = expanded(written);
    if (version.size() > 2 && version.starts_with('[') && version.ends_with(']') &&
        version.find(',') == std::string::npos) {
      version = version.substr(1, version.size() - 2);
    }
    const bool exact = !version.empty() && base::is_digit(version[0]) &&
                       version.find_first_of("*,[]()$ ") == std::string::npos;
    if (!exact) {
      return packages_.problem(
          line, "of " + std::string(name) +
                    (version.empty() ? " no version is in the tree"
                                     : " no exact version is asked for: '" + version + "'"));
    }
    const std::size_t number = packages_.add(name, version, line);
    if (number == FilePackages::kNone) return;
    packages_[number].relation = model::Relation::Direct;
    packages_[number].scope = scope;
  }

  FilePackages packages_;
  std::unordered_map<std::string, std::string> properties_;
  std::unordered_map<std::string, std::string> central_;
};

void catalog(const File& file, Context& context) {
  const std::string folder = folder_of(file.path);
  for (const char* exact : {"/packages.lock.json", "/obj/project.assets.json"}) {
    if (context.view.stat(folder + exact)) return;
  }
  Reader reader(file, context);
  if (const auto text = find_above(context.view, folder, "Directory.Build.props")) {
    reader.read_build_properties(*text);
  }
  if (const auto text = find_above(context.view, folder, "Directory.Packages.props")) {
    reader.read_central(*text);
  }
  reader.read_project(file.content);
  reader.finish();
}

constexpr Pattern kPatterns[] = {ending(".csproj"), ending(".fsproj"), ending(".vbproj")};
constexpr Pattern kCompanions[] = {named("Directory.Packages.props"),
                                   named("Directory.Build.props"), named("packages.lock.json"),
                                   named("project.assets.json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "nuget-project",
                                       .title = "NuGet packages (project files)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .needs = Needs::Tree,
                                       .companions = kCompanions,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::nuget_project
