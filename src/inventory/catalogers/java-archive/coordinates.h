// What a Java archive is called: Maven's coordinates, from what lies in it and from its name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vigil::inventory::java_archive {

struct Coordinates {
  std::string group;  ///< empty if not known
  std::string artifact;
  std::string version;
};

/// "commons-lang3-3.12.0.jar" -> {"", "commons-lang3", "3.12.0"}; without a version: artifact alone.
Coordinates of_file_name(std::string_view path);

/// META-INF/maven/GROUP/ARTIFACT/pom.properties; nothing if a part is missing or was not filled in
/// ("${project.version}").
std::optional<Coordinates> of_pom_properties(std::string_view text);

/// The main section of META-INF/MANIFEST.MF, names in lower case.
using Manifest = std::unordered_map<std::string, std::string>;
Manifest parse_manifest(std::string_view text);

/// Of an archive without Maven's files. No version means that nothing says one.
Coordinates of_manifest(const Manifest& manifest, const Coordinates& file_name);

/// The one of `all` that the archive itself is, by its file name; the others were packed into it.
std::optional<std::size_t> main_of(std::span<const Coordinates> all, const Coordinates& file_name);

}  // namespace vigil::inventory::java_archive
