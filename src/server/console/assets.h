// The files of the web console as they are built into the program. cmake/Console.cmake generates the
// table from what web/ is built to; a program that was built without npm has none.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace vigil::server {

/// A stretch of console_bytes().
struct AssetPart {
  std::size_t begin = 0;
  std::size_t length = 0;
};

struct Asset {
  std::string_view path;  ///< "/assets/index-DB0RgDZU.css"
  std::string_view type;  ///< media type
  std::string_view etag;  ///< quoted, from the content
  std::size_t length = 0;
  AssetPart gzip;
  AssetPart brotli;
};

/// Ascending by path.
std::span<const Asset> console_assets();
std::string_view console_bytes();

}  // namespace vigil::server
