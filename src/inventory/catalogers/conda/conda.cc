// Conda packages of an environment: conda-meta/*.json.
//
// What: JSON, a file for each package: name, version, build, channel (an address or a name), subdir,
// license, and requested_spec where the user asked for it.
//
// References: docs.conda.io/projects/conda-build (package metadata); the purl type conda of
// github.com/package-url/purl-spec.
//
// Traps:
//   - The name is conda's, not PyPI's: "pytorch" is torch there, "redis" is the server. No advisories
//     speak of conda packages, so none is matched; a Python package among them has its dist-info in
//     site-packages and is found there as well.
//   - requested_spec is the text "None" where nobody asked.

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::conda {
namespace {

using base::Json;

/// "conda-forge" of "https://conda.anaconda.org/conda-forge/linux-64".
std::string_view channel_of(const Json& root) {
  std::string_view channel = root["channel"].text();
  while (channel.ends_with('/')) channel.remove_suffix(1);
  const std::string_view platform = root["subdir"].text();
  if (!platform.empty() && channel.ends_with(platform) && channel.size() > platform.size() &&
      channel[channel.size() - platform.size() - 1] == '/') {
    channel.remove_suffix(platform.size() + 1);
  }
  return channel.substr(channel.rfind('/') + 1);
}

bool is_requested(const Json& root) {
  const std::string_view one = root["requested_spec"].text();
  if (!one.empty() && one != "None") return true;
  for (const Json item : root["requested_specs"].items()) {
    if (!item.text().empty()) return true;
  }
  return false;
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "conda", model::Evidence::Installed);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) {
    packages.problem(root.error().what);
    return packages.finish();
  }
  const std::size_t number = packages.add((*root)["name"].text(), (*root)["version"].text());
  if (number != FilePackages::kNone) {
    model::Package& package = packages[number];
    package.architecture = base::printable((*root)["subdir"].text());
    package.license = base::printable((*root)["license"].text());
    add_qualifier(package, "build", (*root)["build"].text());
    add_qualifier(package, "channel", channel_of(*root));
    add_qualifier(package, "subdir", (*root)["subdir"].text());
    if (is_requested(*root)) package.relation = model::Relation::Direct;
  }
  packages.finish();
}

bool wants(std::string_view path) {
  const std::size_t end = path.rfind('/');
  return path.substr(0, end).ends_with("/conda-meta");
}

constexpr Pattern kPatterns[] = {ending(".json")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"conda", "Conda packages", kPatterns, catalog,
                                       nullptr, Needs::File,      {},        wants};
  return kCataloger;
}

}  // namespace vigil::inventory::conda
