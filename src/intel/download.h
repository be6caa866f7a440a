// Fetches the feeds' upstream files into a directory, each only if it has changed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/result.h"

namespace vigil::intel {

struct DownloadProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::string file;
  std::uint64_t bytes = 0;
};

struct DownloadReport {
  std::size_t files = 0;              ///< asked for
  std::size_t fetched = 0;            ///< new content
  std::size_t unchanged = 0;          ///< the copy at hand is current
  std::vector<std::string> failures;  ///< "name: why"
  bool unreachable = false;           ///< gave up: not one of the first servers answered
};

struct DownloadFile {
  std::string url;
  std::string name;  ///< to keep it under
};

/// Every endpoint of the feeds named; of all if none is.
std::vector<DownloadFile> upstream_files(const std::vector<std::string>& feeds);

/// A file keeps its validators (ETag, Last-Modified) beside it as `<name>.validators`. What cannot
/// be fetched keeps its earlier copy.
DownloadReport download_files(const std::string& directory, const std::vector<DownloadFile>& files,
                              base::HttpOptions http,
                              const std::function<void(const DownloadProgress&)>& progress);

}  // namespace vigil::intel
