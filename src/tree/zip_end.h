// Where a zip's central directory lies: the record at the archive's end says it (APPNOTE.TXT 4.3.14
// to 4.3.16).
#pragma once

#include <cstdint>

#include "base/result.h"
#include "tree/bytes.h"

namespace vigil::tree {

struct ZipEnd {
  std::uint64_t directory = 0;  ///< where the central directory begins in the bytes
  std::uint64_t size = 0;       ///< its length
  std::uint64_t shift = 0;      ///< what to add to the offsets it speaks of: what stands before
};

/// An error if there is no such record, or it points out of the bytes.
Result<ZipEnd> find_zip_end(const Bytes& bytes);

}  // namespace vigil::tree
