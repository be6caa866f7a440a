// Fetches the feeds' upstream files into a directory, each only if it has changed.
#pragma once

#include <functional>
#include <string>
#include <vector>

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

/// Every endpoint of the feeds named (all if none is). A file keeps its validators (ETag,
/// Last-Modified) beside it as `<name>.validators`. What cannot be fetched keeps its earlier copy.
DownloadReport download_feeds(const std::string& directory, const std::vector<std::string>& feeds,
                              const std::function<void(const DownloadProgress&)>& progress);

}  // namespace vigil::intel
