// RPM packages, as rpm keeps them: Red Hat, Fedora, SUSE, Amazon, Alma, Rocky, Oracle, Azure,
// Photon.
//
// What: a database of package headers. Since rpm 4.16 it is sqlite, rpmdb.sqlite, with a table
// Packages(hnum, blob); before it was a Berkeley DB hash, Packages (berkeley.h), and of SUSE it is
// Packages.db (ndb.h). It lies in /var/lib/rpm, on newer systems in /usr/lib/sysimage/rpm, on
// rpm-ostree in /usr/share/rpm; often one is a link to the other.
//
// References: rpm's docs/manual/format.md (header), lib/backend/sqlite.c (database),
// include/rpm/rpmtag.h (tags), rpm.org/user_doc/db_recovery.html.
//
// Traps:
//   - A database in WAL mode must not be opened in place: sqlite then writes beside it, and
//   removing
//     those files breaks a running rpm. It is read from memory (database.h).
//   - The epoch is a tag of its own; without it the epoch is 0. The source package's file name has
//     none at all.
//   - Keys of package signers are kept as packages named gpg-pubkey.
//   - One name may be installed in several versions (kernel) and architectures (multilib).
//   - Modular packages (RHEL 8 and 9) carry a label; advisories of one stream do not hold for
//   another.
//
// Not handled: Berkeley DB's logs, which rpm does not use; databases of rpm 3 and older.

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/rpm/berkeley.h"
#include "inventory/catalogers/rpm/database.h"
#include "inventory/catalogers/rpm/ndb.h"
#include "inventory/catalogers/rpm/package.h"

namespace vigil::inventory::rpm {
namespace {

/// 3,000 packages take 150 MB.
constexpr std::uint64_t kMaximumDatabase = 1024ULL * 1024 * 1024;

using HeaderVisitor = std::function<bool(std::string_view header)>;

Result<void> each_header_of_sqlite(const tree::View& view, const std::string& path,
                                   std::string content, const HeaderVisitor& visit) {
  std::string journal;
  // A missing journal is an empty one; one that cannot be read would hide the latest changes.
  if (auto found = view.read(path + "-wal", kMaximumDatabase)) {
    journal = std::move(*found);
  } else if (found.error().code != ErrorCode::NotFound) {
    return fail(std::move(found).error());
  }
  return read_sqlite(std::move(content), journal, visit);
}

/// The headers of the packages, in whatever form the file of that name is.
Result<void> each_header(const tree::View& view, const std::string& path, std::string_view content,
                         const HeaderVisitor& visit) {
  if (path.ends_with("/Packages.db")) return read_ndb(content, visit);
  if (path.ends_with("/Packages")) return read_berkeley(content, visit);
  return each_header_of_sqlite(view, path, std::string(content), visit);
}

/// A system that moved to a newer form may keep the older beside it.
bool is_outdated(const tree::View& view, const std::string& path) {
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  if (path.ends_with("/rpmdb.sqlite")) return false;
  if (view.stat(folder + "rpmdb.sqlite")) return true;
  return path.ends_with("/Packages") && view.stat(folder + "Packages.db");
}

void catalog(const File& file, Context& context) {
  const std::string& path = file.path;
  if (is_outdated(context.view, path)) return;
  const auto visit = [&](std::string_view bytes) {
    const Result<Header> header = Header::open(bytes);
    if (!header) {
      context.problems.push_back({path, header.error().what});
      return true;
    }
    Result<std::optional<model::Package>> package = package_of(*header, context.os);
    if (!package) {
      context.problems.push_back({path, package.error().what});
    } else if (*package) {
      (*package)->locations.push_back({path, 0});
      context.packages.push_back(std::move(**package));
    }
    return true;
  };
  const auto read = each_header(context.view, path, file.content, visit);
  if (!read) context.problems.push_back({path, read.error().what});
}

void files(const tree::View& view, std::span<const model::Package> packages,
           const FileVisitor& visit) {
  for (std::size_t i = 0; i < packages.size();) {
    const model::Package& package = packages[i];
    if (!package.package_url.starts_with("pkg:rpm/") || package.locations.empty()) {
      ++i;
      continue;
    }
    // The packages of one database lie together, in its order and without the headers that gave
    // none.
    const std::string& path = package.locations.front().path;
    const OperatingSystem nowhere;
    const auto visit_header = [&](std::string_view bytes) {
      const Result<Header> header = Header::open(bytes);
      if (!header) return true;
      const Result<std::optional<model::Package>> found = package_of(*header, nowhere);
      if (!found || !*found) return true;
      // The database may have changed meanwhile: what is no longer the same is not attributed.
      if (i >= packages.size() || packages[i].name != (*found)->name ||
          packages[i].version != (*found)->version) {
        return false;
      }
      header->each_file([&](std::string_view file) { visit(i, file); });
      ++i;
      return true;
    };
    if (auto content = view.read(path, kMaximumDatabase)) {
      (void)each_header(view, path, *content, visit_header);
    }
    while (i < packages.size() && !packages[i].locations.empty() &&
           packages[i].locations.front().path == path) {
      ++i;
    }
  }
}

constexpr Pattern kPatterns[] = {
    at("/var/lib/rpm/rpmdb.sqlite"),      at("/usr/lib/sysimage/rpm/rpmdb.sqlite"),
    at("/usr/share/rpm/rpmdb.sqlite"),    at("/var/lib/rpm/Packages"),
    at("/usr/lib/sysimage/rpm/Packages"), at("/usr/share/rpm/Packages"),
    at("/var/lib/rpm/Packages.db"),       at("/usr/lib/sysimage/rpm/Packages.db"),
    at("/usr/share/rpm/Packages.db"),
};
constexpr Pattern kCompanions[] = {
    at("/var/lib/rpm/rpmdb.sqlite-wal"),
    at("/usr/lib/sysimage/rpm/rpmdb.sqlite-wal"),
    at("/usr/share/rpm/rpmdb.sqlite-wal"),
};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"rpm",           "RPM packages (rpm)", kPatterns,   catalog,
                                       files,           Needs::Tree,          kCompanions, nullptr,
                                       kMaximumDatabase};
  return kCataloger;
}

}  // namespace vigil::inventory::rpm
