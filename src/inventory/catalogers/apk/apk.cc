// Alpine packages, as apk-tools keeps them: Alpine, Wolfi, Chainguard and their kin.
//
// What: one text file, /lib/apk/db/installed (apk-tools 2) or /usr/lib/apk/db/installed (apk-tools
// 3, and merged /usr). A paragraph for each package; P name, V version, A architecture, o origin
// (the source package), L licence, m maintainer; then F folder and R file lines, a R belonging to
// the F above it.
//
// References: wiki.alpinelinux.org/wiki/Apk_spec, apk-tools' src/database.c, doc/apk-package(5).
//
// Traps:
//   - Advisories (secdb) speak of origins; sub-packages carry the origin's version.
//   - Letters are case-sensitive: "o" is the origin, "O" is not.
//   - A package file may be in the database of both places at once through a link; the scan sees
//   that
//     they are one file.
//   - Which release the packages come from is written in /etc/apk/repositories, not here.
//
// Not handled: the scripts and triggers beside the database.

#include "inventory/cataloger.h"
#include "inventory/catalogers/apk/installed.h"
#include "inventory/operating_system.h"
#include "inventory/package_link.h"

namespace vigil::inventory::apk {
namespace {

/// 300 packages take 300 kB.
constexpr std::uint64_t kLimit = 256 * 1024 * 1024;

void catalog(const File& file, Context& context) {
  const std::string& path = file.path;
  for (Record& record : parse_installed(file.content, path, context.problems)) {
    model::Package package;
    if (package_manager_of(context.os.ecosystem) == "apk") package.ecosystem = context.os.ecosystem;
    package.name = std::move(record.name);
    package.version = std::move(record.version);
    package.architecture = std::move(record.architecture);
    package.source_name = std::move(record.origin);
    package.source_version = package.version;
    package.manager = "OS";
    package.vendor = std::move(record.maintainer);
    package.license = std::move(record.license);
    package.locations.push_back({path, record.line});
    package.package_url =
        package_link("apk", context.os, package.name, package.version,
                     {{"arch", package.architecture}, {"upstream", upstream_of(package)}});
    context.packages.push_back(std::move(package));
  }
}

void files(const tree::View& view, std::span<const model::Package> packages,
           const FileVisitor& visit) {
  // The packages of one database lie together, in its order.
  for (std::size_t first = 0; first < packages.size();) {
    const model::Package& package = packages[first];
    if (!package.package_url.starts_with("pkg:apk/") || package.locations.empty()) {
      ++first;
      continue;
    }
    const std::string& path = package.locations.front().path;
    std::size_t count = 1;
    while (first + count < packages.size() && !packages[first + count].locations.empty() &&
           packages[first + count].locations.front().path == path) {
      ++count;
    }
    if (const auto text = view.read(path, kLimit)) {
      visit_files(*text, [&](std::size_t index, std::string_view file) {
        if (index < count) visit(first + index, file);
      });
    }
    first += count;
  }
}

constexpr Pattern kPatterns[] = {at("/lib/apk/db/installed"), at("/usr/lib/apk/db/installed")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "apk", "Alpine packages (apk)", kPatterns, catalog, files, Needs::Tree, {}, nullptr, kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::apk
