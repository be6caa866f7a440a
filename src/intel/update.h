// Brings a snapshot up to date from files: what is unchanged is not read again, what cannot be read
// keeps its earlier content, and the new snapshot takes the old one's place in one rename.
//
// Beside the snapshot `X` stand `X.segments/` (what was read from each file) and `X.lock`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intel/snapshot.h"

namespace vigil::intel {

struct UpdateProgress {
  std::size_t files_done = 0;
  std::size_t files = 0;
  std::string file;  ///< being worked on; empty while the snapshot is compiled
};

/// A file that does not lie in the directory.
struct ExtraFile {
  std::string label;
  std::string path;
  std::string origin;
};

struct UpdateOptions {
  std::string snapshot;              ///< the file to build
  std::string directory;             ///< every file below it is looked at
  std::string origin = "directory";  ///< what Source::origin becomes
  std::vector<ExtraFile> more_files;
  /// Only these feeds are refreshed; what the snapshot holds of others stays. Empty: all.
  std::vector<std::string> feeds;
  std::function<void(const UpdateProgress&)> progress;
  std::int64_t now = 0;
};

struct UpdateReport {
  bool unchanged = false;  ///< nothing differed: the snapshot was left alone
  std::string stamp;
  std::size_t files_read = 0;     ///< read anew
  std::size_t files_reused = 0;   ///< unchanged since an earlier update, or equal to another file
  std::size_t files_strange = 0;  ///< recognised by no feed
  std::vector<Source> failed;     ///< could not be read; `kept` says whether earlier content serves
  std::size_t vulnerabilities = 0;
  std::size_t packages = 0;
  std::vector<PackageKey> changed;  ///< against the snapshot before; all of them the first time
};

/// `Busy` if another update of the same snapshot runs; `NotFound` if no file holds intelligence.
/// On any error the old snapshot is untouched.
Result<UpdateReport> update(const UpdateOptions& options);

}  // namespace vigil::intel
