// Haskell packages: what cabal has frozen, and what GHC's package databases hold.
//
// What:
//   - cabal.project.freeze: a field `constraints:` with "any.NAME ==VERSION" for each package of the
//     plan, between them the flags ("NAME +flag -flag").
//   - *.conf in a package database (~/.cabal/store/ghc-9.2.5/package.db, /var/lib/ghc/package.conf.d,
//     GHC's own package.conf.d): one file for each installed package, lines "field: value", among
//     them name, version, license, depends.
//
// References: cabal.readthedocs.io (cabal-project-description-file, "cabal freeze"), the GHC user's
// guide ("InstalledPackageInfo: a package specification").
//
// Traps:
//   - Packages that come with GHC (base, bytestring) are frozen as "==4.16.4.0" too, or as
//     "installed", which names no version.
//   - A constraint may allow several versions ("==1.0 || ==1.1"): that is no version.
//   - In the package database a value may go on in the lines below, which are indented.
//
// Not handled: *.cabal files, which hold ranges; the direct ones, which only they name; what one
// installed package depends on, which is in other files.

#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::cabal {
namespace {

void take_constraint(std::string_view text, std::uint32_t line, FilePackages& packages) {
  text = base::trim(text);
  const std::size_t equals = text.find("==");
  if (equals == std::string_view::npos || text.find("||") != std::string_view::npos) return;
  std::string_view name = base::trim(text.substr(0, equals));
  if (name.starts_with("any.")) name.remove_prefix(4);
  packages.add(name, base::trim(text.substr(equals + 2)), line);
}

void read_freeze(std::string_view text, FilePackages& packages) {
  bool inside = false;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    std::string_view rest = base::trim(*line);
    if (rest.empty() || rest.starts_with("--")) continue;
    if (!base::is_space(line->front())) {
      constexpr std::string_view kField = "constraints:";
      inside = rest.starts_with(kField);
      if (inside) rest.remove_prefix(kField.size());
    }
    if (!inside) continue;
    for (const std::string_view part : base::split(rest, ',')) {
      take_constraint(part, number, packages);
    }
  }
}

void read_installed(std::string_view text, FilePackages& packages) {
  std::string_view name;
  std::string_view version;
  std::string_view license;
  std::string_view* below = nullptr;  // whose value stands in the lines below
  std::uint32_t number = 0;
  std::uint32_t line_of_version = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    if (line->empty()) continue;
    if (base::is_space(line->front())) {
      if (below != nullptr && below->empty()) *below = base::trim(*line);
      continue;
    }
    const std::size_t colon = line->find(':');
    const std::string field = base::lower(line->substr(0, colon));
    below = field == "name"      ? &name
            : field == "version" ? &version
            : field == "license" ? &license
                                 : nullptr;
    if (below == nullptr || colon == std::string_view::npos) continue;
    *below = base::trim(line->substr(colon + 1));
    if (below == &version) line_of_version = number;
  }
  const std::size_t added = packages.add(name, version, line_of_version);
  if (added != FilePackages::kNone) packages[added].license = base::printable(license);
}

void catalog(const File& file, Context& context) {
  const bool frozen = file.path.ends_with(".freeze");
  FilePackages packages(file, context, "Hackage",
                        frozen ? model::Evidence::Locked : model::Evidence::Installed);
  if (frozen) {
    read_freeze(file.content, packages);
  } else {
    read_installed(file.content, packages);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  if (path.ends_with(".freeze")) return true;
  const std::string_view directory = path.substr(0, path.rfind('/'));
  return directory.ends_with("/package.db") || directory.ends_with("/package.conf.d");
}

constexpr Pattern kPatterns[] = {named("cabal.project.freeze"), ending(".conf")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "cabal", "Haskell packages (Cabal, GHC)", kPatterns, catalog, nullptr, Needs::File, {},
      wants};
  return kCataloger;
}

}  // namespace vigil::inventory::cabal
