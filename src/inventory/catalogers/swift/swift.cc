// Swift and Objective-C packages that a project has locked: Swift Package Manager, CocoaPods and
// Carthage.
//
// What:
//   - Package.resolved: JSON. Version 1 has object.pins with package, repositoryURL, state; versions
//     2 and 3 have pins with identity, kind, location, state {revision, version or branch}.
//   - Podfile.lock: YAML as CocoaPods alone writes it. PODS holds "- Name (version)", two blanks in,
//     and what it requires four blanks in; DEPENDENCIES what the Podfile asks for; EXTERNAL SOURCES
//     where the pods come from that are in no registry.
//   - Cartfile.resolved: lines `github "owner/name" "version"`, `git "url" "version"`, `binary ...`.
//
// References: SwiftPM's PinsStore.swift, CocoaPods' lockfile.rb, Carthage's Documentation/Artifacts.md.
//
// Traps:
//   - SwiftPM knows packages by the URL of their repository, and so do the advisories; the same
//     repository is written https://…/x, https://…/x.git and git@host:x.
//   - A pin on a branch has a revision and no version; that revision is then what is reported.
//   - A pod's parts ("Firebase/Core") are one package, Firebase; it is reported once.
//   - Carthage's "github" names are repositories too, hence SwiftURL.
//   - Pods with `:path` are the project's own.
//
// Not handled: Carthage's `binary`, which is a file of somebody's server; Pods/Manifest.lock, which
// repeats Podfile.lock; what Package.swift and Cartfile ask for (a program, ranges).

#include <string>
#include <string_view>
#include <vector>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/swift/podfile.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::swift {
namespace {

using base::Json;

/// "git@github.com:a/b.git", "ssh://git@github.com/a/b" -> "https://github.com/a/b.git"; others stay.
std::string repository(std::string_view location) {
  std::string_view rest = location;
  const bool ssh = rest.starts_with("ssh://");
  if (ssh) rest.remove_prefix(6);
  if (!ssh && rest.find("://") != std::string_view::npos) return std::string(location);
  const std::size_t at = rest.find('@');
  if (at == std::string_view::npos) return std::string(location);
  std::string out = "https://" + std::string(rest.substr(at + 1));
  const std::size_t colon = out.find(':', 8);
  if (colon != std::string::npos && !ssh) out[colon] = '/';
  return out;
}

void read_resolved(const File& file, FilePackages& packages) {
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const bool first = (*root)["object"].exists();
  const Json pins = first ? (*root)["object"]["pins"] : (*root)["pins"];
  const base::JsonLines lines(file.content);
  for (const Json& pin : pins.items()) {
    const std::string_view kind = pin["kind"].text();
    if (kind == "localSourceControl" || kind == "fileSystem") continue;
    const std::string_view location = pin[first ? "repositoryURL" : "location"].text();
    const Json state = pin["state"];
    const std::string_view version = state["version"].text();
    // A package of a registry has an identity ("scope.name") and no location.
    const std::string name =
        location.empty() ? std::string(pin["identity"].text()) : repository(location);
    const std::uint32_t line = lines.of(pin);
    packages.add(name, version.empty() ? state["revision"].text() : version, line);
  }
}

std::vector<std::string_view> quoted(std::string_view line) {
  std::vector<std::string_view> out;
  for (std::size_t from = line.find('"'); from != std::string_view::npos;
       from = line.find('"', from)) {
    const std::size_t end = line.find('"', from + 1);
    if (end == std::string_view::npos) break;
    out.push_back(line.substr(from + 1, end - from - 1));
    from = end + 1;
  }
  return out;
}

void read_carthage(std::string_view text, FilePackages& packages) {
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    const std::string_view rest = base::trim(*line);
    if (rest.empty() || rest.front() == '#' || rest.starts_with("binary ")) continue;
    const auto texts = quoted(rest);
    if (texts.size() != 2) {
      packages.problem(number, "neither a repository with its version nor a binary");
      continue;
    }
    const bool github =
        rest.starts_with("github ") && texts[0].find("://") == std::string_view::npos;
    packages.add(github ? "https://github.com/" + std::string(texts[0]) : repository(texts[0]),
                 texts[1], number);
  }
}

void catalog(const File& file, Context& context) {
  const bool pods = file.path.ends_with("/Podfile.lock");
  FilePackages packages(file, context, pods ? "cocoapods" : "SwiftURL", model::Evidence::Locked);
  if (pods) {
    read_podfile_lock(file.content, packages);
  } else if (file.path.ends_with("/Cartfile.resolved")) {
    read_carthage(file.content, packages);
  } else {
    read_resolved(file, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("Package.resolved"), named("Podfile.lock"),
                                 named("Cartfile.resolved")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"swift", "Swift and Objective-C packages", kPatterns,
                                       catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::swift
