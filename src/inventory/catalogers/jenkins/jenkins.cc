// Plugins of Jenkins.
//
// What: JENKINS_HOME/plugins/NAME.jpi (NAME.hpi), a jar whose META-INF/MANIFEST.MF says Short-Name,
// Plugin-Version, Group-Id, Plugin-License-Name, Plugin-Dependencies. Images hold them in
// /usr/share/jenkins/ref/plugins.
//
// References: jenkins.io/doc/developer/plugin-development, Jenkins' PluginWrapper.java, the JAR file
// specification ("Name-Value pairs and Sections").
//
// Traps:
//   - Advisories are Maven's and speak of "group:artifact"; the artifact is the Short-Name. Old
//     plugins have no Group-Id: then it was org.jenkins-ci.plugins, as most.
//   - A value goes on in the next line if that begins with a blank, in the middle of a word too.
//   - A plugin built by hand has a version like "1.0-SNAPSHOT (private-8f2a1c5e-me)".
//   - NAME.jpi.disabled beside it: the plugin lies there and is not loaded. It is reported.
//
// Not handled: what a plugin needs (Plugin-Dependencies holds the lowest version that does, in a file
// of its own); jars inside plugins, which the cataloguer of jars finds; Jenkins itself, likewise.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "tree/bytes.h"
#include "tree/zip.h"

namespace vigil::inventory::jenkins {
namespace {

constexpr std::uint64_t kManifestLimit = std::uint64_t{1} << 20;

using Attributes = std::map<std::string, std::string, std::less<>>;

/// The main section of a manifest.
Attributes parse_manifest(std::string_view text) {
  Attributes out;
  std::string* value = nullptr;
  while (auto line = base::next_line(text)) {
    if (line->ends_with('\r')) line->remove_suffix(1);
    if (line->empty()) break;
    if (line->front() == ' ') {
      if (value != nullptr) *value += line->substr(1);
      continue;
    }
    const std::size_t colon = line->find(':');
    value = nullptr;
    if (colon == std::string_view::npos) continue;
    value = &out[std::string(line->substr(0, colon))];
    *value = base::trim(line->substr(colon + 1));
  }
  return out;
}

std::string_view attribute(const Attributes& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : std::string_view(found->second);
}

void read_manifest(std::string_view text, FilePackages& packages) {
  const Attributes attributes = parse_manifest(text);
  const std::string_view name = attribute(attributes, "Short-Name");
  std::string_view group = attribute(attributes, "Group-Id");
  std::string_view version = attribute(attributes, "Plugin-Version");
  if (name.empty()) return packages.problem("the manifest has no Short-Name");
  if (group.empty()) group = "org.jenkins-ci.plugins";
  version = version.substr(0, version.find(' '));
  const std::size_t added = packages.add(std::string(group) + ":" + std::string(name), version);
  if (added == FilePackages::kNone) return;
  packages[added].license = base::printable(attribute(attributes, "Plugin-License-Name"));
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "Maven", model::Evidence::Installed);
  const tree::TextBytes bytes(file.content);
  const auto directory = tree::read_zip_directory(bytes);
  if (!directory) {
    packages.problem(directory.error().what);
    return packages.finish();
  }
  const auto& entries = directory->entries;
  const auto manifest = std::find_if(entries.begin(), entries.end(), [](const auto& entry) {
    return entry.path == "/META-INF/MANIFEST.MF";
  });
  if (manifest == entries.end()) {
    packages.problem("there is no META-INF/MANIFEST.MF in it");
  } else if (const auto text = tree::read_zip_entry(bytes, *manifest, kManifestLimit)) {
    read_manifest(*text, packages);
  } else {
    packages.problem(text.error().text());
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {ending(".jpi"), ending(".hpi")};
/// The largest plugins bring tens of megabytes of jars.
constexpr std::uint64_t kLimit = std::uint64_t{512} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "jenkins", "Jenkins plugins", kPatterns, catalog, nullptr, Needs::File, {}, nullptr, kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::jenkins
