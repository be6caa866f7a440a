// The Debian archive as a source of intelligence: which of this host's packages have a newer
// version in the archive, and which vulnerabilities that version fixes, read out of its changelog.
// It needs nothing but the package mirror the host already has.
//
//   ArchiveOptions options;
//   options.now = base::now();
//   VIGIL_TRY(ArchiveReport report, read_debian_archive(options, "/var/lib/vigil/x.json"));
//
// The document (docs/formats/debian-archive.md) is read by the feed `debian-archive`. It says what
// newer versions fix, so it knows nothing of vulnerabilities that have no fix, and only of this
// host's packages.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::source {

struct ArchiveProgress {
  std::string_view what;  ///< "Refreshing package lists", "Reading changelogs"
  std::size_t done = 0;
  std::size_t total = 0;
  std::string detail;
};

struct ArchiveOptions {
  std::string root;      ///< the system's files lie below it; empty: this system
  bool offline = false;  ///< only what lies on this disk
  std::int64_t now = 0;  ///< seconds since 1970
  /// Lists older than this are refreshed first: root of this system runs `apt-get update`, others
  /// fetch lists of their own, which leaves apt's as they are.
  std::chrono::hours fresh{24};
  std::string apt_get = "apt-get";      ///< empty: never run
  std::string keyring;                  ///< for lists of our own; empty: the distribution's
  std::size_t workers = 4;              ///< changelogs read at once
  std::chrono::minutes time_limit{15};  ///< for all of it; the rest is left for the next run
  std::size_t most_changelogs = 2000;   ///< the rest is left for the next run
  /// Called by one thread at a time.
  std::function<void(const ArchiveProgress&)> progress;
};

struct ArchiveReport {
  std::string ecosystem;            ///< "Debian:12"
  std::int64_t date = 0;            ///< of the archive's newest Release file
  std::int64_t fetched = 0;         ///< when its lists came to this host
  std::size_t sources = 0;          ///< installed source packages
  std::size_t newer = 0;            ///< of them with a newer version in the archive
  std::size_t security = 0;         ///< of those from a security suite
  std::size_t read = 0;             ///< changelogs read
  std::size_t cached = 0;           ///< of them from an earlier run
  std::size_t downloaded = 0;       ///< of them from the mirror
  std::uint64_t bytes = 0;          ///< downloaded
  std::size_t vulnerabilities = 0;  ///< (package, vulnerability) pairs that a newer version fixes
  std::vector<std::string> silent;  ///< sources whose security update names no vulnerability
  std::vector<std::string> unread;  ///< "openssl 3.0.15-1~deb12u1: the mirror cannot be reached"
  std::vector<std::string> notes;   ///< for people
};

/// Writes the document atomically; changelogs are kept in the directory of `document`, so that the
/// next run downloads only what is new.
///
/// Errors: Unsupported where the system takes no packages from Debian's or Ubuntu's archive,
/// NotFound where there are no lists of packages and none can be fetched. A changelog that cannot
/// be read is no error.
Result<ArchiveReport> read_debian_archive(const ArchiveOptions& options,
                                          const std::string& document);

}  // namespace vigil::source
