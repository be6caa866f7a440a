// Expanding one compressed block whose expanded size is known. Cut short or damaged is an error.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::tree::disk {

/// DEFLATE without a header (RFC 1951). What follows the end of the stream is not looked at.
Result<std::string> expand_deflate(std::string_view packed, std::size_t size);
/// The same in a zlib stream (RFC 1950).
Result<std::string> expand_zlib(std::string_view packed, std::size_t size);
/// One Zstandard frame (RFC 8878), what follows it likewise.
Result<std::string> expand_zstd(std::string_view packed, std::size_t size);

}  // namespace vigil::tree::disk
