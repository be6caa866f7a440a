// Snaps that are installed.
//
// What: snapd mounts each revision at /snap/NAME/REVISION (Fedora and others: /var/lib/snapd/snap);
// /snap/NAME/current is a link to the one in use. In it, meta/snap.yaml: YAML with name, version,
// license, type, base.
//
// References: snapcraft.io/docs (snap-format, "The snap.yaml file"; system-snap-directory).
//
// Traps:
//   - Two or three revisions stay mounted; only `current` is in use. Where there is no such link (an
//     unpacked snap in an image) every revision counts.
//   - The version is the publisher's free text.
//   - snapd itself, and bases such as core22, are snaps too; what is inside them is Ubuntu's.
//
// Not handled: snaps that are not mounted (/var/lib/snapd/snaps/*.snap are squashfs images, and
// state.json knows revisions without versions); advisories, of which there is no feed.

#include <string>
#include <string_view>

#include "base/text.h"
#include "base/yaml.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::snap {
namespace {

constexpr std::string_view kMeta = "/meta/snap.yaml";

/// Is it another revision than the one `current` leads to?
bool is_old(const tree::View& view, const std::string& path) {
  const std::string revision = path.substr(0, path.size() - kMeta.size());
  const std::string snap = revision.substr(0, revision.rfind('/'));
  const auto current = view.stat(snap + "/current");
  const auto here = view.stat(revision);
  return current && here && current->path != here->path;
}

void catalog(const File& file, Context& context) {
  if (is_old(context.view, file.path)) return;
  FilePackages packages(file, context, "snap", model::Evidence::Installed);
  const auto root = base::parse_yaml(file.content);
  if (!root) {
    packages.problem(root.error().text());
  } else {
    const base::Node& version = (*root)["version"];
    const std::size_t added = packages.add((*root)["name"].text(), version.text(), version.line());
    if (added != FilePackages::kNone) {
      packages[added].license = base::printable((*root)["license"].text());
    }
  }
  packages.finish();
}

/// /snap/NAME/REVISION/meta/snap.yaml
bool wants(std::string_view path) {
  path = path.substr(0, path.size() - kMeta.size());
  for (int i = 0; i < 2 && !path.empty(); ++i) path = path.substr(0, path.rfind('/'));
  return path.ends_with("/snap");
}

constexpr Pattern kPatterns[] = {ending(kMeta)};
constexpr std::uint64_t kLimit = std::uint64_t{4} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"snap",      "Snaps", kPatterns, catalog, nullptr,
                                       Needs::Tree, {},      wants,     kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::snap
