// The records of a zip: how they begin, and their little-endian numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigil::tree {

constexpr std::string_view kZipCentral("PK\1\2", 4);  ///< an entry of the archive's directory
constexpr std::size_t kZipCentralSize = 46;
constexpr std::string_view kZipLocal("PK\3\4", 4);  ///< before a file's content
constexpr std::size_t kZipLocalSize = 30;

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
