// R packages: those in a library, and what renv or packrat have locked.
//
// What:
//   - LIBRARY/NAME/DESCRIPTION: one record in Debian's control format.
//   - renv.lock: JSON, Packages is an object of {Package, Version, Source, Requirements}.
//   - packrat/packrat.lock: records in the control format; the first is about packrat itself.
//
// References: "Writing R Extensions" section 1.1.1, rstudio.github.io/renv (articles/lockfile),
// packrat's lockfile-metadata.R.
//
// Traps:
//   - The sources of a package have a DESCRIPTION as well; only R CMD INSTALL adds `Built`.
//   - What comes with R (`Priority: base`) is in no registry: its version is R's own.
//   - Bioconductor is a registry of its own. Its packages say biocViews in their DESCRIPTION, and
//     in renv.lock "Source": "Bioconductor".
//   - A version may hold dashes: "1.66.0-1".
//   - renv 1.1 writes Imports, Depends and LinkingTo where it wrote Requirements.
//
// Not handled: Debian's own packages of R packages are installed in the same way and found here too;
// who owns a file is decided elsewhere. Who requires whom in a library: in files of their own.

#include <string>
#include <string_view>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/r/control.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::r {
namespace {

using base::Json;

/// Adds a package of the registry; the others (Bioconductor) have no purl type but their own name.
std::size_t add(const File& file, FilePackages& packages, std::string_view source,
                std::string_view name, std::string_view version, std::uint32_t line) {
  const std::size_t added = packages.add(name, version, line);
  if (added == FilePackages::kNone || source != "Bioconductor") return added;
  model::Package& package = packages[added];
  const model::Evidence evidence = package.evidence;
  package = language_package("bioconductor", name, version, file.path, line);
  package.ecosystem = "Bioconductor";  // as OSV spells it
  package.evidence = evidence;
  return added;
}

void read_installed(const File& file, FilePackages& packages) {
  const auto records = parse_control(file.content);
  if (records.empty()) return;
  const Record& record = records.front();
  if (record["Built"].empty() || record["Priority"] == "base") return;
  const std::string_view repository = record["Repository"];
  const bool bioconductor = !record["biocViews"].empty() && repository != "CRAN";
  const std::size_t added = add(file, packages, bioconductor ? "Bioconductor" : repository,
                                record["Package"], record["Version"], 0);
  if (added != FilePackages::kNone) packages[added].license = base::printable(record["License"]);
}

void read_renv(const File& file, FilePackages& packages) {
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return packages.problem(root.error().what);
  const base::JsonLines lines(file.content);
  for (const auto& [key, package] : (*root)["Packages"].members()) {
    const std::size_t added =
        add(file, packages, package["Source"].text(), package["Package"].text(),
            package["Version"].text(), lines.of(package["Package"]));
    if (added == FilePackages::kNone) continue;
    packages[added].license = base::printable(package["License"].text());
    for (const std::string_view list : {"Requirements", "Depends", "Imports", "LinkingTo"}) {
      for (const Json& required : package[list].items()) {
        for (const std::string_view name : required_names(required.text())) {
          packages.require(added, name);
        }
      }
    }
  }
}

void read_packrat(const File& file, FilePackages& packages) {
  for (const Record& record : parse_control(file.content)) {
    if (!record["PackratFormat"].empty()) continue;
    const std::size_t added =
        add(file, packages, record["Source"], record["Package"], record["Version"], record.line);
    for (const std::string_view name : required_names(record["Requires"])) {
      packages.require(added, name);
    }
  }
}

void catalog(const File& file, Context& context) {
  const bool installed = file.path.ends_with("/DESCRIPTION");
  FilePackages packages(file, context, "CRAN",
                        installed ? model::Evidence::Installed : model::Evidence::Locked);
  if (installed) {
    read_installed(file, packages);
  } else if (file.path.ends_with("/renv.lock")) {
    read_renv(file, packages);
  } else {
    read_packrat(file, packages);
  }
  packages.finish();
}

constexpr Pattern kPatterns[] = {named("DESCRIPTION"), named("renv.lock"), named("packrat.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"r", "R packages", kPatterns, catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::r
