#include "tree/disk/crc.h"

#include <isa-l/crc.h>
#include <zlib.h>

#include <algorithm>

namespace vigil::tree::disk {

std::uint32_t crc32c(std::uint32_t seed, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t count = std::min<std::size_t>(bytes.size(), std::size_t{1} << 30);
    // ISA-L reads only, but takes a pointer to bytes that are not const.
    seed = crc32_iscsi(reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data())),
                       static_cast<int>(count), seed);
    bytes.remove_prefix(count);
  }
  return seed;
}

std::uint32_t crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint32_t crc32_seeded(std::uint32_t seed, std::string_view bytes) {
  return ~static_cast<std::uint32_t>(
      ::crc32_z(~seed, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace vigil::tree::disk
