// DEFLATE (RFC 1951) of data that is in memory, with or without zlib's frame (RFC 1950).
//
// The result's size is bounded by what the caller says, never by what the data says, and memory
// grows no faster than DEFLATE can: one byte gives 1,032 at most.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::tree {

enum class Deflated : std::uint8_t {
  Raw,   ///< as in zip
  Zlib,  ///< with two bytes before and an Adler-32 behind, which is checked
};

/// All of it; what lies behind its end does not matter. `TooLarge` if it is more than `limit` bytes,
/// `Invalid` if it is damaged or cut short.
Result<std::string> inflate(std::string_view data, Deflated form, std::uint64_t limit);

/// Its first bytes, `count` of them where it has so many before `data` ends.
Result<std::string> inflate_head(std::string_view data, Deflated form, std::size_t count);

}  // namespace vigil::tree
