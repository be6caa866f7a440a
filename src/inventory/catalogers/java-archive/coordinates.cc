#include "inventory/catalogers/java-archive/coordinates.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::inventory::java_archive {
namespace {

std::string value_of(const Manifest& manifest, const std::string& key) {
  const auto found = manifest.find(key);
  return found == manifest.end() ? std::string() : found->second;
}

/// A group or a module's name, not a sentence: "org.apache.commons".
bool is_dotted_name(std::string_view text) {
  return text.find('.') != std::string_view::npos && !text.ends_with('.') &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return base::is_alnum(c) || c == '.' || c == '-' || c == '_'; });
}

bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 128 && base::is_digit(text[0]) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return base::is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+';
         });
}

/// The maven-bundle-plugin names a bundle GROUP.ARTIFACT, without what both have in common:
/// org.apache.commons + commons-lang3 is org.apache.commons.lang3. Backwards that gives the group.
std::string group_of_bundle(std::string_view bundle, std::string_view artifact) {
  for (std::size_t i = 0; i < artifact.size(); ++i) {
    if (artifact[i] != '-' && artifact[i] != '.') continue;
    const std::string rest = "." + std::string(artifact.substr(i + 1));
    const std::string overlap = "." + std::string(artifact.substr(0, i)) + rest;
    if (bundle.size() > overlap.size() && bundle.ends_with(overlap)) {
      return std::string(bundle.substr(0, bundle.size() - rest.size()));
    }
  }
  const std::string whole = "." + std::string(artifact);
  if (bundle.size() > whole.size() && bundle.ends_with(whole)) {
    return std::string(bundle.substr(0, bundle.size() - whole.size()));
  }
  return {};
}

}  // namespace

Coordinates of_file_name(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.rfind('.'));
  for (std::size_t dash = name.find('-'); dash != std::string_view::npos;
       dash = name.find('-', dash + 1)) {
    if (dash > 0 && dash + 1 < name.size() && base::is_digit(name[dash + 1])) {
      return {{}, std::string(name.substr(0, dash)), std::string(name.substr(dash + 1))};
    }
  }
  return {{}, std::string(name), {}};
}

std::optional<Coordinates> of_pom_properties(std::string_view text) {
  Coordinates found;
  while (const auto line = base::next_line(text)) {
    const std::string_view written = base::trim(*line);
    const std::size_t equals = written.find_first_of("=:");
    if (written.starts_with('#') || equals == std::string_view::npos) continue;
    const std::string_view key = base::trim(written.substr(0, equals));
    const std::string value(base::trim(written.substr(equals + 1)));
    if (key == "groupId") found.group = value;
    if (key == "artifactId") found.artifact = value;
    if (key == "version") found.version = value;
  }
  for (const std::string* part : {&found.group, &found.artifact, &found.version}) {
    if (part->empty() || part->find_first_of("${} ") != std::string::npos) return std::nullopt;
  }
  return found;
}

Manifest parse_manifest(std::string_view text) {
  Manifest manifest;
  std::string* value = nullptr;
  while (const auto line = base::next_line(text)) {
    if (line->empty()) break;
    if (line->front() == ' ') {
      if (value != nullptr) value->append(line->substr(1));
      continue;
    }
    const std::size_t colon = line->find(':');
    value = nullptr;
    if (colon == std::string_view::npos) continue;
    value = &manifest[base::lower(line->substr(0, colon))];
    *value = base::trim(line->substr(colon + 1));
  }
  return manifest;
}

Coordinates of_manifest(const Manifest& manifest, const Coordinates& file_name) {
  Coordinates found;
  found.artifact = file_name.artifact;
  found.version = file_name.version;
  for (const char* key : {"implementation-version", "bundle-version", "specification-version"}) {
    const std::string version = value_of(manifest, key);
    if (found.version.empty() && is_version(version)) found.version = version;
  }
  // "org.apache.commons.lang3;singleton:=true"
  std::string bundle = value_of(manifest, "bundle-symbolicname");
  bundle = base::trim(bundle.substr(0, bundle.find(';')));
  for (const std::string& name : {bundle, value_of(manifest, "automatic-module-name")}) {
    if (found.group.empty() && is_dotted_name(name)) {
      found.group = group_of_bundle(name, found.artifact);
    }
  }
  for (const char* key : {"implementation-vendor-id", "group-id"}) {
    const std::string vendor = value_of(manifest, key);
    if (is_dotted_name(vendor)) found.group = vendor;
  }
  return found;
}

std::optional<std::size_t> main_of(std::span<const Coordinates> all, const Coordinates& file_name) {
  if (all.size() == 1) return 0;
  const std::string whole =
      file_name.version.empty() ? file_name.artifact : file_name.artifact + "-" + file_name.version;
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& artifact = all[i].artifact;
    const bool fits = whole.starts_with(artifact) &&
                      (whole.size() == artifact.size() || whole[artifact.size()] == '-');
    if (fits && (!best || all[*best].artifact.size() < artifact.size())) best = i;
  }
  return best;
}

}  // namespace vigil::inventory::java_archive
