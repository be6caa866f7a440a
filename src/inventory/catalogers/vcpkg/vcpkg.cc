// C and C++ packages of vcpkg: installed, and asked for in exactly one version.
//
// What:
//   - installed/vcpkg/status (vcpkg_installed/vcpkg/status of a project): paragraphs as dpkg's, with
//     Package, Version, Port-Version, Depends, Architecture (the triplet), Status; and one paragraph
//     for each feature of a package, with Feature instead of Version.
//   - TRIPLET/share/NAME/vcpkg.spdx.json: an SPDX document beside each installed package.
//   - vcpkg.json: a project's manifest, JSON; `overrides` names exact versions.
//
// References: learn.microsoft.com/vcpkg (reference/vcpkg-json, reference/software-bill-of-materials),
// vcpkg's statusparagraph.cpp and vcpkg-spdx.
//
// Traps:
//   - Paragraphs come one behind the other as things change: the last one of a package and triplet
//     counts, and only "install ok installed" is installed.
//   - Port-Version is the recipe's revision and is written behind "#": "1.2.13#1".
//   - The same package may be installed for several triplets.
//   - Images often keep only the SPDX documents; where the database is, they add the licence alone.
//
// Not handled: `dependencies` with "version>=", a lower bound; the baseline, a commit of a registry.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::vcpkg {
namespace {

using base::Json;

constexpr std::uint64_t kSpdxLimit = std::uint64_t{4} << 20;
constexpr std::string_view kSpdx = "/vcpkg.spdx.json";

struct Paragraph {
  std::string_view name, version, port_version, depends, architecture, status;
  bool feature = false;
  std::uint32_t line = 0;
};

std::vector<Paragraph> parse_status(std::string_view text) {
  std::vector<Paragraph> out;
  Paragraph current;
  std::uint32_t number = 0;
  const auto finish = [&] {
    if (current.line != 0) out.push_back(current);
    current = {};
  };
  while (const auto line = base::next_line(text)) {
    ++number;
    if (base::trim(*line).empty()) {
      finish();
      continue;
    }
    if (current.line == 0) current.line = number;
    const std::size_t colon = line->find(": ");
    if (colon == std::string_view::npos) continue;
    const std::string_view field = line->substr(0, colon);
    const std::string_view value = base::trim(line->substr(colon + 2));
    if (field == "Package") current.name = value;
    if (field == "Version") current.version = value;
    if (field == "Port-Version") current.port_version = value;
    if (field == "Depends") current.depends = value;
    if (field == "Architecture") current.architecture = value;
    if (field == "Status") current.status = value;
    if (field == "Feature") current.feature = true;
  }
  finish();
  return out;
}

std::string with_port_version(std::string_view version, std::string_view port_version) {
  std::string out(version);
  if (!port_version.empty() && port_version != "0") out += "#" + std::string(port_version);
  return out;
}

/// The package's own entry, which is the first.
Json spdx_package(const Json& root) {
  for (const Json& package : root["packages"].items()) {
    if (package["SPDXID"].text() == "SPDXRef-port") return package;
  }
  return {};
}

std::string license_of(const Json& package) {
  for (const std::string_view key : {"licenseConcluded", "licenseDeclared"}) {
    const std::string_view license = package[key].text();
    if (!license.empty() && license != "NOASSERTION") return base::printable(license);
  }
  return {};
}

std::string license_of_file(const tree::View& view, const std::string& path) {
  const auto text = view.read(path, kSpdxLimit);
  if (!text) return {};
  base::JsonParser parser;
  const auto root = parser.parse(*text);
  return root ? license_of(spdx_package(*root)) : std::string{};
}

void read_status(const File& file, const tree::View& view, FilePackages& packages) {
  const std::vector<Paragraph> paragraphs = parse_status(file.content);
  std::map<std::pair<std::string_view, std::string_view>, const Paragraph*> installed;
  for (const Paragraph& paragraph : paragraphs) {
    if (paragraph.feature) continue;
    installed[{paragraph.name, paragraph.architecture}] = &paragraph;
  }
  // .../installed/vcpkg/status -> .../installed/
  const std::string root =
      file.path.substr(0, file.path.size() - std::string_view("vcpkg/status").size());
  for (const auto& [key, paragraph] : installed) {
    if (paragraph->status != "install ok installed") continue;
    const std::size_t added = packages.add(
        paragraph->name, with_port_version(paragraph->version, paragraph->port_version),
        paragraph->line);
    if (added == FilePackages::kNone) continue;
    packages[added].architecture = base::printable(paragraph->architecture);
    add_qualifier(packages[added], "triplet", paragraph->architecture);
    packages[added].license =
        license_of_file(view, root + std::string(paragraph->architecture) + "/share/" +
                                  std::string(paragraph->name) + std::string(kSpdx));
    for (const std::string_view part : base::split(paragraph->depends, ',')) {
      packages.require(added, base::trim(part.substr(0, part.find_first_of("[:("))));
    }
  }
}

/// The root of the installation an SPDX document lies in: ".../TRIPLET/share/NAME/vcpkg.spdx.json".
std::string_view installation_of(std::string_view path) {
  for (int i = 0; i < 4 && !path.empty(); ++i) path = path.substr(0, path.rfind('/'));
  return path;
}

void read_spdx(const File& file, const tree::View& view, FilePackages& packages) {
  if (view.stat(std::string(installation_of(file.path)) + "/vcpkg/status")) return;
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const Json package = spdx_package(*root);
  const std::size_t added = packages.add(package["name"].text(), package["versionInfo"].text());
  if (added != FilePackages::kNone) packages[added].license = license_of(package);
}

void read_manifest(const File& file, FilePackages& packages) {
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const base::JsonLines lines(file.content);
  for (const Json& one : (*root)["overrides"].items()) {
    std::string_view version;
    for (const std::string_view key :
         {"version", "version-semver", "version-date", "version-string"}) {
      if (version.empty()) version = one[key].text();
    }
    const auto port = one["port-version"].integer();
    const std::string_view name = one["name"].text();
    packages.add(name, with_port_version(version, port ? std::to_string(*port) : ""),
                 lines.of(one));
  }
  // Overrides without a dependency speak of what a dependency requires.
  for (const Json& one : (*root)["dependencies"].items()) {
    packages.ask(one.is_string() ? one.text() : one["name"].text());
  }
}

void catalog(const File& file, Context& context) {
  const bool manifest = file.path.ends_with("/vcpkg.json");
  FilePackages packages(file, context, "vcpkg",
                        manifest ? model::Evidence::Declared : model::Evidence::Installed);
  if (manifest) {
    read_manifest(file, packages);
  } else if (file.path.ends_with(kSpdx)) {
    read_spdx(file, context.view, packages);
  } else {
    read_status(file, context.view, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("vcpkg.json"), named("vcpkg.spdx.json"),
                                 ending("/vcpkg/status")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "vcpkg", "C and C++ packages (vcpkg)", kPatterns, catalog, nullptr, Needs::Tree};
  return kCataloger;
}

}  // namespace vigil::inventory::vcpkg
