// One pom.xml as it is written, before parents and properties.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace vigil::inventory::maven_pom {

struct Dependency {
  std::string group;
  std::string artifact;
  std::string version;
  std::string type;
  std::string classifier;
  std::string scope;
  bool optional = false;
  std::uint32_t line = 0;
};

struct Project {
  std::string group;
  std::string artifact;
  std::string version;
  bool has_parent = false;
  std::string parent_group;
  std::string parent_artifact;
  std::string parent_version;
  /// "../pom.xml" if nothing is said; empty if it is said to be nowhere in the tree.
  std::string parent_path;
  std::unordered_map<std::string, std::string> properties;
  std::vector<Dependency> managed;
  std::vector<Dependency> dependencies;
};

Result<Project> parse_project(std::string_view text);

}  // namespace vigil::inventory::maven_pom
