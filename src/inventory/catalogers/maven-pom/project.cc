#include "inventory/catalogers/maven-pom/project.h"

#include "base/xml.h"

namespace vigil::inventory::maven_pom {
namespace {

std::vector<Dependency> dependencies_of(const base::Xml& parent) {
  std::vector<Dependency> all;
  for (const base::Xml one : parent["dependencies"].children("dependency")) {
    Dependency dependency;
    dependency.group = one["groupId"].text();
    dependency.artifact = one["artifactId"].text();
    dependency.version = one["version"].text();
    dependency.type = one["type"].text();
    dependency.classifier = one["classifier"].text();
    dependency.scope = one["scope"].text();
    dependency.optional = one["optional"].text() == "true";
    dependency.line = one.line();
    all.push_back(std::move(dependency));
  }
  return all;
}

}  // namespace

Result<Project> parse_project(std::string_view text) {
  base::XmlParser parser;
  VIGIL_TRY(const base::Xml root, parser.parse(text));
  if (root.name() != "project") return fail("the root is not <project>: this is no POM");
  Project project;
  project.group = root["groupId"].text();
  project.artifact = root["artifactId"].text();
  project.version = root["version"].text();
  if (const base::Xml parent = root["parent"]; parent.exists()) {
    project.has_parent = true;
    project.parent_group = parent["groupId"].text();
    project.parent_artifact = parent["artifactId"].text();
    project.parent_version = parent["version"].text();
    const base::Xml path = parent["relativePath"];
    project.parent_path = path.exists() ? std::string(path.text()) : "../pom.xml";
    if (project.group.empty()) project.group = project.parent_group;
    if (project.version.empty()) project.version = project.parent_version;
  }
  for (const base::Xml property : root["properties"].children()) {
    project.properties.emplace(property.name(), property.text());
  }
  project.managed = dependencies_of(root["dependencyManagement"]);
  project.dependencies = dependencies_of(root);
  return project;
}

}  // namespace vigil::inventory::maven_pom
