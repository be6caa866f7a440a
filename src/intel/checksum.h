// The checksum of a snapshot: over everything behind the header, then the header itself, in which
// the place of the checksum is zero.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "intel/layout.h"

namespace vigil::intel {

/// `behind` has been given everything behind the header.
inline std::uint64_t snapshot_checksum(base::Xxh3& behind, layout::Header header) {
  header.checksum = 0;
  behind.update(std::string_view(reinterpret_cast<const char*>(&header), sizeof header));
  return behind.digest().low;
}

}  // namespace vigil::intel
