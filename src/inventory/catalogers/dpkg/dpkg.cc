// Debian packages, as dpkg keeps them.
//
// What: /var/lib/dpkg/status holds one stanza of control data for each package that is installed or
// left something behind. While dpkg runs, changes go to numbered files in /var/lib/dpkg/updates
// first and are merged into status now and then. Images without a package manager (distroless)
// carry one control file a package in /var/lib/dpkg/status.d instead, with the list of files beside
// it as NAME.md5sums.
//
// References: deb822(5), deb-control(5), deb-src-control(5), dpkg(1) "Package states",
// dpkg-query(1); lib/dpkg/dbmodify.c in dpkg's sources for the journal.
//
// Traps:
//   - Advisories speak of source packages. `Source: name (version)` carries a version exactly where
//   it
//     differs from the binary's: after a binary-only rebuild ("1.2-3+b1" is built from 1.2-3), and
//     where one source gives its packages different versions (gcc-defaults, libldb2 of samba).
//   - "deinstall ok config-files" is not installed; "hold ok installed", "install reinstreq
//     half-configured" and "unpacked" are.
//   - The same package may be there for several architectures (Multi-Arch: same); its list of files
//   is
//     then info/NAME:ARCH.list.
//   - dpkg-divert renames files of other packages (/var/lib/dpkg/diversions).
//   - Descriptions and names of maintainers come in any encoding.
//
// Not handled: the file `available` (what could be installed; unused since 2014), and manifests of
// Ubuntu's chiselled images.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/dpkg/status.h"
#include "inventory/operating_system.h"
#include "inventory/package_link.h"

namespace vigil::inventory::dpkg {
namespace {

/// The status file of a machine with 5,000 packages has 8 MB.
constexpr std::uint64_t kMaximumStatus = 256 * 1024 * 1024;
constexpr std::uint64_t kMaximumControl = 4 * 1024 * 1024;
constexpr std::uint64_t kMaximumList = 64 * 1024 * 1024;

void add_package(Record record, const std::string& path, Context& context) {
  model::Package package;
  if (package_manager_of(context.os.ecosystem) == "dpkg") package.ecosystem = context.os.ecosystem;
  package.name = std::move(record.name);
  package.version = std::move(record.version);
  package.architecture = std::move(record.architecture);
  package.source_name = std::move(record.source_name);
  package.source_version = std::move(record.source_version);
  package.manager = "OS";
  package.vendor = std::move(record.vendor);
  package.locations.push_back({path, record.line});
  package.package_url =
      package_link("deb", context.os, package.name, package.version,
                   {{"arch", package.architecture}, {"upstream", upstream_of(package)}});
  context.packages.push_back(std::move(package));
}

/// dpkg numbers the journal's files and ignores all other names (tmp.i is one half-written).
std::vector<Record> with_journal(std::vector<Record> records, Context& context) {
  const auto updates = context.view.list("/var/lib/dpkg/updates");
  if (!updates) {
    if (updates.error().code != ErrorCode::NotFound) {
      context.problems.push_back({"/var/lib/dpkg/updates", updates.error().what});
    }
    return records;
  }
  for (const tree::Entry& entry : *updates) {
    const std::string_view name = std::string_view(entry.path).substr(entry.path.rfind('/') + 1);
    if (!std::all_of(name.begin(), name.end(), base::is_digit)) continue;
    const auto text = context.view.read(entry.path, kMaximumControl);
    if (!text) {
      context.problems.push_back({entry.path, text.error().what});
      continue;
    }
    apply_journal(records, parse_status(*text, Form::Status, entry.path, context.problems));
  }
  return records;
}

bool wants(std::string_view path) {
  return !path.ends_with(".md5sums");
}

void catalog(const File& file, Context& context) {
  const std::string& path = file.path;
  const bool whole = path.ends_with("/status");
  std::vector<Record> records =
      parse_status(file.content, whole ? Form::Status : Form::Control, path, context.problems);
  if (whole && records.empty() && context.view.stat("/var/lib/dpkg/info/dpkg.list")) {
    context.problems.push_back({path, "the file names no package though dpkg is installed"});
  }
  if (whole) records = with_journal(std::move(records), context);
  for (Record& record : records) {
    if (record.present) add_package(std::move(record), path, context);
  }
}

/// Where dpkg-divert moved files to: three lines each, the path, its new name, and the package
/// whose own file stays at the path (":" for the administrator).
struct Diversion {
  std::string to;
  std::string by;
};

std::map<std::string, Diversion, std::less<>> read_diversions(const tree::View& view) {
  std::map<std::string, Diversion, std::less<>> diversions;
  const auto text = view.read("/var/lib/dpkg/diversions", kMaximumControl);
  if (!text) return diversions;
  std::string_view rest = *text;
  for (;;) {
    const auto from = base::next_line(rest);
    const auto to = base::next_line(rest);
    const auto by = base::next_line(rest);
    if (!by) return diversions;
    diversions.insert_or_assign(std::string(*from), Diversion{std::string(*to), std::string(*by)});
  }
}

void visit_list(std::string_view list, const model::Package& package, std::size_t index,
                const std::map<std::string, Diversion, std::less<>>& diversions,
                const std::set<std::size_t>& diverted_lengths, const FileVisitor& visit) {
  while (const auto line = base::next_line(list)) {
    if (diverted_lengths.contains(line->size())) {
      const auto diversion = diversions.find(*line);
      if (diversion != diversions.end() && diversion->second.by != package.name) {
        visit(index, diversion->second.to);
        continue;
      }
    }
    visit(index, *line);
  }
}

/// "d41d8cd98f00b204e9800998ecf8427e  usr/bin/x", or with "./" before the path.
void visit_checksums(std::string_view list, std::size_t index, const FileVisitor& visit) {
  constexpr std::size_t kChecksum = 32;
  while (const auto line = base::next_line(list)) {
    if (line->size() <= kChecksum) continue;
    std::string_view path = base::trim(line->substr(kChecksum));
    if (path.starts_with("./")) path.remove_prefix(2);
    visit(index, "/" + std::string(path));
  }
}

/// info/NAME:ARCH.list of packages that may be there for several architectures, else info/NAME.list.
/// Those for every architecture ("all") mostly have the short name.
std::optional<std::string> read_list(const tree::View& view, const model::Package& package) {
  const std::string stem = "/var/lib/dpkg/info/" + package.name;
  std::string names[] = {stem + ":" + package.architecture + ".list", stem + ".list"};
  if (package.architecture == "all") std::swap(names[0], names[1]);
  for (const std::string& name : names) {
    if (auto list = view.read(name, kMaximumList)) return std::move(*list);
  }
  return std::nullopt;
}

void files(const tree::View& view, std::span<const model::Package> packages,
           const FileVisitor& visit) {
  const auto diversions = read_diversions(view);
  std::set<std::size_t> diverted_lengths;
  for (const auto& [path, diversion] : diversions) diverted_lengths.insert(path.size());
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const model::Package& package = packages[i];
    if (!package.package_url.starts_with("pkg:deb/") || package.locations.empty()) continue;
    const std::string& found_in = package.locations.front().path;
    if (!found_in.ends_with("/status")) {
      if (const auto list = view.read(found_in + ".md5sums", kMaximumList)) {
        visit_checksums(*list, i, visit);
      }
      continue;
    }
    if (const auto list = read_list(view, package)) {
      visit_list(*list, package, i, diversions, diverted_lengths, visit);
    }
  }
}

constexpr Pattern kPatterns[] = {at("/var/lib/dpkg/status"), inside("/var/lib/dpkg/status.d")};
constexpr Pattern kCompanions[] = {
    inside("/var/lib/dpkg/updates"), inside("/var/lib/dpkg/info", ".list"),
    inside("/var/lib/dpkg/status.d"), at("/var/lib/dpkg/diversions")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"dpkg",        "Debian packages (dpkg)",
                                       kPatterns,     catalog,
                                       files,         Needs::Tree,
                                       kCompanions,   wants,
                                       kMaximumStatus};
  return kCataloger;
}

}  // namespace vigil::inventory::dpkg
