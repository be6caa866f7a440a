// Java packages that a Maven project asks for: pom.xml.
//
// What: XML. <dependencies> names packages; a version may stand in a property, in the
// <dependencyManagement> of this file or of a parent, or in a POM that is imported there. Parents are
// looked for at <relativePath> ("../pom.xml" if nothing is said).
//
// References: maven.apache.org/pom.html, maven.apache.org/guides/introduction/
// introduction-to-dependency-mechanism.html, maven.apache.org/guides/mini/guide-maven-ci-friendly.html.
//
// Traps:
//   - A parent at that path counts only if it is the one that is named; otherwise Maven fetches it
//     from a registry, and what it says is not in the tree.
//   - Properties of a child go before those of its parents, also in what the parents wrote.
//   - A version in a dependency goes before a managed one; the nearest managed one counts.
//   - A range ("[1.0,2.0)") says no version; "[1.0]" says exactly one.
//   - META-INF/maven/.../pom.xml belongs to an archive that was unpacked: what it asks for may have
//     been left out or replaced.
//
// Not handled: dependencies of dependencies (they are in registries), profiles, plugins, what
// .mvn/maven.config sets, imported POMs outside of the tree.

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/maven-pom/project.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::maven_pom {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{16} << 20;
constexpr int kMostParents = 16;
constexpr int kMostSteps = 32;

/// "/a/b/pom.xml" + "../c" -> "/a/c".
std::string beside(std::string_view path, std::string_view relative) {
  std::vector<std::string_view> parts = base::split(path.substr(0, path.rfind('/')), '/');
  std::erase(parts, std::string_view());
  for (const std::string_view part : base::split(relative, '/')) {
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string joined;
  for (const std::string_view part : parts) joined.append("/").append(part);
  return joined;
}

/// A project and its parents as far as the tree has them, the project first.
std::vector<Project> with_parents(const tree::View& view, const std::string& path,
                                  Project project) {
  std::vector<Project> line;
  line.push_back(std::move(project));
  std::string here = path;
  while (line.back().has_parent && !line.back().parent_path.empty() && line.size() < kMostParents) {
    std::string there = beside(here, line.back().parent_path);
    const auto entry = view.stat(there);
    if (entry && entry->kind == tree::Kind::Directory) there += "/pom.xml";
    const auto text = view.read(there, kLimit);
    if (!text) break;
    auto parent = parse_project(*text);
    if (!parent || parent->artifact != line.back().parent_artifact) break;
    here = std::move(there);
    line.push_back(std::move(*parent));
  }
  return line;
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : file_(file),
        context_(context),
        packages_(file, context, "Maven", model::Evidence::Declared) {}

  void read() {
    auto project = parse_project(file_.content);
    if (!project) {
      packages_.problem(project.error().text());
      return packages_.finish();
    }
    line_ = with_parents(context_.view, file_.path, std::move(*project));
    for (const Project& one : line_) {
      for (const Dependency& managed : one.managed) manage(managed);
    }
    // What parents ask for is asked for here too, unless it is said anew.
    std::unordered_map<std::string, bool> seen;
    for (std::size_t i = 0; i < line_.size(); ++i) {
      for (const Dependency& dependency : line_[i].dependencies) {
        if (seen.emplace(key_of(dependency), true).second) add(dependency, i == 0);
      }
    }
    packages_.finish();
  }

 private:
  [[nodiscard]] std::optional<std::string> property(const std::string& name) const {
    for (const Project& one : line_) {
      const auto found = one.properties.find(name);
      if (found != one.properties.end()) return found->second;
    }
    const Project& project = line_.front();
    const bool short_name = name.starts_with("project.") || name.starts_with("pom.");
    const std::string part = short_name ? name.substr(name.find('.') + 1) : name;
    if (part == "groupId") return project.group;
    if (part == "artifactId") return project.artifact;
    if (part == "version") return project.version;
    if (part == "parent.version") return project.parent_version;
    if (part == "parent.groupId") return project.parent_group;
    return std::nullopt;
  }

  [[nodiscard]] std::string expanded(std::string text) const {
    for (int step = 0; step < kMostSteps && text.size() < 4096; ++step) {
      const std::size_t begin = text.find("${");
      const std::size_t end = text.find('}', begin);
      if (begin == std::string::npos || end == std::string::npos) break;
      const auto value = property(text.substr(begin + 2, end - begin - 2));
      if (!value) break;
      text.replace(begin, end + 1 - begin, *value);
    }
    return text;
  }

  [[nodiscard]] std::string key_of(const Dependency& dependency) const {
    return expanded(dependency.group) + ":" + expanded(dependency.artifact) + ":" +
           (dependency.type == "jar" ? "" : dependency.type) + ":" + dependency.classifier;
  }

  void manage(const Dependency& managed) { managed_.emplace(key_of(managed), &managed); }

  void add(const Dependency& dependency, bool own) {
    const std::string name = expanded(dependency.group) + ":" + expanded(dependency.artifact);
    std::string version = expanded(dependency.version);
    std::string scope = expanded(dependency.scope);
    if (const auto found = managed_.find(key_of(dependency)); found != managed_.end()) {
      if (version.empty()) version = expanded(found->second->version);
      if (scope.empty()) scope = expanded(found->second->scope);
    }
    if (version.size() > 2 && version.starts_with('[') && version.ends_with(']') &&
        version.find(',') == std::string::npos) {
      version = version.substr(1, version.size() - 2);
    }
    const std::uint32_t line = own ? dependency.line : 0;
    if (version.empty() || version.find_first_of("${[(,") != std::string::npos) {
      return packages_.problem(
          line, "of " + name +
                    (version.empty() ? " no version is in the tree"
                                     : " no exact version is asked for: '" + version + "'"));
    }
    const std::size_t number = packages_.add(name, version, line);
    if (number == FilePackages::kNone) return;
    model::Package& package = packages_[number];
    package.relation = model::Relation::Direct;
    if (scope == "test" || scope == "provided" || scope == "system") package.scope = scope;
    if (dependency.optional && package.scope.empty()) package.scope = "optional";
    add_qualifier(package, "classifier", dependency.classifier);
  }

  const File& file_;
  Context& context_;
  FilePackages packages_;
  std::vector<Project> line_;
  std::unordered_map<std::string, const Dependency*> managed_;
};

bool wants(std::string_view path) {
  return path.find("/META-INF/maven/") == std::string_view::npos;
}

void catalog(const File& file, Context& context) {
  Reader(file, context).read();
}

constexpr Pattern kPatterns[] = {named("pom.xml")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "maven-pom",
                                       .title = "Java packages (pom.xml)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .needs = Needs::Tree,
                                       .wants = wants,
                                       .limit = kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::maven_pom
