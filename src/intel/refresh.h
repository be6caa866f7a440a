// Where intelligence comes from: a directory of feeds if there is one, else the upstreams. Whatever
// was used is said, so that nobody takes old data for new.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/result.h"
#include "intel/download.h"
#include "intel/update.h"

namespace vigil::intel {

struct RefreshProgress {
  std::string_view what;  ///< "Downloading", "Reading", "Compiling"
  std::size_t done = 0;
  std::size_t total = 0;
  std::string detail;
};

struct RefreshOptions {
  std::string snapshot;            ///< the file to build
  std::string directory;           ///< read feeds from here; empty: from their upstreams
  std::vector<std::string> feeds;  ///< only these; empty: all
  /// Documents from elsewhere (this host's package archive) to read as well.
  std::vector<ExtraFile> more_files;
  std::function<void(const RefreshProgress&)> progress;
  std::int64_t now = 0;
};

struct RefreshReport {
  std::string origin;  ///< for people: "feeds of ../shared/feeds", "12 of 58 upstream files"
  std::vector<std::string> notes;  ///< what could not be fetched, and why
  UpdateReport update;
};

/// An error if nothing at all could be loaded; the earlier snapshot then stays as it was.
Result<RefreshReport> refresh(const RefreshOptions& options);

/// The same from these files instead of the feeds' own endpoints.
Result<RefreshReport> refresh_from(const RefreshOptions& options,
                                   const std::vector<DownloadFile>& files, base::HttpOptions http);

}  // namespace vigil::intel
