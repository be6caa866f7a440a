// The files below a directory that may hold intelligence.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace vigil::intel {

struct FeedFile {
  std::string label;  ///< relative to the directory
  std::string path;
  std::uintmax_t size = 0;
  std::string origin;  ///< Source::origin
};

/// Every regular file below the directory, ordered by name. Hidden files and what downloads keep
/// beside their files are left out. Links are followed; a directory is entered once, however many
/// links lead to it.
Result<std::vector<FeedFile>> list_feed_files(const std::string& directory,
                                              const std::string& origin);

}  // namespace vigil::intel
