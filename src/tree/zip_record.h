// The little-endian numbers of a zip's records.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigil::tree {

/// `width` bytes at `offset`, which must be there.
inline std::uint64_t zip_number(std::string_view record, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(record[offset + i]);
  }
  return value;
}

inline std::uint16_t zip_u16(std::string_view record, std::size_t offset) {
  return static_cast<std::uint16_t>(zip_number(record, offset, 2));
}

inline std::uint32_t zip_u32(std::string_view record, std::size_t offset) {
  return static_cast<std::uint32_t>(zip_number(record, offset, 4));
}

inline std::uint64_t zip_u64(std::string_view record, std::size_t offset) {
  return zip_number(record, offset, 8);
}

}  // namespace vigil::tree
