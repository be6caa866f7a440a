// Extensions of Visual Studio Code and the editors made from it.
//
// What: EDITOR/extensions/PUBLISHER.NAME-VERSION/package.json, where EDITOR is ~/.vscode,
// ~/.vscode-server, ~/.vscode-oss, ~/.cursor, ~/.windsurf, /usr/lib/code-server/lib/vscode, ...: the
// extension's manifest, JSON with name, publisher, version, license, engines.vscode, displayName.
//
// References: code.visualstudio.com/api/references/extension-manifest; OSV ecosystem "VSCode", whose
// names are "publisher/name"; purl-spec, type vscode-extension.
//
// Traps:
//   - The same file name and most of its fields are npm's; only engines.vscode makes it an extension.
//   - Extensions that come with the editor have the publisher "vscode" and the version 1.0.0 or the
//     editor's: they are in no registry and are left out.
//   - The marketplace ignores capitals.
//
// Not handled: extensionPack and extensionDependencies, which name no versions; what the extension
// itself holds in node_modules, which npm's cataloguer finds.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "model/package_url.h"

namespace vigil::inventory::vscode {
namespace {

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "VSCode", model::Evidence::Installed);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) {
    packages.problem(root.error().what);
    return packages.finish();
  }
  const std::string_view publisher = (*root)["publisher"].text();
  if (!(*root)["engines"]["vscode"].exists() || publisher.empty() || publisher == "vscode") return;
  const std::string_view name = (*root)["name"].text();
  const std::size_t added =
      packages.add(std::string(publisher) + "/" + std::string(name), (*root)["version"].text());
  if (added != FilePackages::kNone) {
    packages[added].license = base::printable((*root)["license"].text());
    model::PackageUrl purl;
    purl.type = "vscode-extension";
    purl.name_space = publisher;
    purl.name = name;
    purl.version = packages[added].version;
    packages[added].package_url = purl.text();
  }
  packages.finish();
}

/// ".../extensions/FOLDER/package.json"
bool wants(std::string_view path) {
  path = path.substr(0, path.rfind('/'));
  return path.substr(0, std::min(path.rfind('/'), path.size())).ends_with("/extensions");
}

constexpr Pattern kPatterns[] = {named("package.json")};
constexpr std::uint64_t kLimit = std::uint64_t{8} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"vscode",  "Visual Studio Code extensions",
                                       kPatterns, catalog,
                                       nullptr,   Needs::File,
                                       {},        wants,
                                       kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::vscode
