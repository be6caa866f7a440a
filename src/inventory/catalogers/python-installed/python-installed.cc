// Installed Python packages: what pip, uv, Poetry and distributions leave in site-packages.
//
// What: NAME-VERSION.dist-info/METADATA (wheels, PEP 376 and 427), NAME.egg-info/PKG-INFO or
// NAME.egg-info as a single file (distutils, setuptools), EGG-INFO/PKG-INFO in an unpacked egg. Each
// is a header as of a mail: "Name: ", "Version: ", then an empty line and the description.
//
// References: packaging.python.org/specifications (core metadata; recording installed projects;
// direct_url.json, PEP 610; REQUESTED, PEP 376).
//
// Traps:
//   - The description may hold lines that look like a header: it ends at the first empty line. A line
//     that begins with a blank continues the one above (whole licences stand in "License:").
//   - direct_url.json says that it came from a repository, an archive or a folder (`pip install .` and
//     -e), not from the index: kept in the purl.
//   - REQUESTED is there where somebody asked for the package by name. Without it nothing is known,
//     since only pip and uv write it.
//   - What other packages carry along (setuptools/_vendor) is there as well, and is code that runs.
//
// Not handled: eggs as zip files; requirements of each other, which stand in other files.

#include <optional>

#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::python_installed {
namespace {

constexpr std::size_t kLongestLicense = 100;
constexpr std::uint64_t kNoteLimit = std::uint64_t{256} << 10;

struct Header {
  std::string_view name;
  std::string_view version;
  std::string_view license;
};

std::optional<std::string_view> field(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  if (!base::equals_ignoring_case(line.substr(0, name.size()), name)) return std::nullopt;
  return base::trim(line.substr(name.size() + 1));
}

Header read_header(std::string_view text) {
  Header header;
  std::string_view written;
  std::string_view classified;
  bool license_goes_on = false;
  std::string_view* last = nullptr;
  while (const auto line = base::next_line(text)) {
    if (base::trim(*line).empty()) break;
    if (base::is_space(line->front())) {
      if (last == &written) license_goes_on = true;
      continue;
    }
    last = nullptr;
    if (const auto name = field(*line, "Name"); name && header.name.empty()) header.name = *name;
    if (const auto version = field(*line, "Version"); version && header.version.empty()) {
      header.version = *version;
    }
    if (const auto expression = field(*line, "License-Expression")) header.license = *expression;
    if (const auto license = field(*line, "License")) {
      written = *license;
      last = &written;
    }
    if (const auto classifier = field(*line, "Classifier");
        classifier && classifier->starts_with("License ::")) {
      classified = base::trim(classifier->substr(classifier->rfind("::") + 2));
    }
  }
  const bool is_name = !written.empty() && written != "UNKNOWN" && !license_goes_on &&
                       written.size() <= kLongestLicense;
  if (header.license.empty()) header.license = is_name ? written : classified;
  return header;
}

void add_source(std::string_view note, model::Package& package) {
  base::JsonParser parser;
  const auto root = parser.parse(note);
  if (!root) return;
  const std::string url(base::printable((*root)["url"].text()));
  const base::Json vcs = (*root)["vcs_info"];
  if (vcs.is_object()) {
    const std::string commit(vcs["commit_id"].text());
    add_qualifier(
        package, "vcs_url",
        std::string(vcs["vcs"].text()) + "+" + url + (commit.empty() ? "" : "@" + commit));
  } else {
    add_qualifier(package, "download_url", url);
  }
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "PyPI", model::Evidence::Installed);
  const Header header = read_header(file.content);
  const std::size_t number = packages.add(header.name, header.version);
  if (number != FilePackages::kNone) {
    packages[number].license = base::printable(header.license);
    if (file.path.ends_with(".dist-info/METADATA")) {
      const std::string folder = file.path.substr(0, file.path.rfind('/'));
      if (const auto note = context.view.read(folder + "/direct_url.json", kNoteLimit)) {
        add_source(*note, packages[number]);
      }
      if (context.view.stat(folder + "/REQUESTED")) {
        packages[number].relation = model::Relation::Direct;
      }
    }
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {ending(".dist-info/METADATA"), ending(".egg-info/PKG-INFO"),
                                 ending(".egg-info"), ending("/EGG-INFO/PKG-INFO")};
constexpr Pattern kCompanions[] = {ending(".dist-info/direct_url.json"),
                                   ending(".dist-info/REQUESTED")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"python-installed",
                                       "Installed Python packages",
                                       kPatterns,
                                       catalog,
                                       nullptr,
                                       Needs::Tree,
                                       kCompanions,
                                       nullptr,
                                       std::uint64_t{8} << 20};
  return kCataloger;
}

}  // namespace vigil::inventory::python_installed
