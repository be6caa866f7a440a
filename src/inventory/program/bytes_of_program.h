// Numbers and parts of bytes that may not be there.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace vigil::inventory {

/// `width` bytes (1 to 8) at `offset`; nothing if they are not all there.
inline std::optional<std::uint64_t> number_at(std::string_view bytes, std::uint64_t offset,
                                              unsigned width, bool big_endian) {
  if (offset > bytes.size() || width > bytes.size() - offset) return std::nullopt;
  std::uint64_t value = 0;
  for (unsigned i = 0; i < width; ++i) {
    const std::uint64_t at = big_endian ? offset + i : offset + width - 1 - i;
    value = value << 8U | static_cast<unsigned char>(bytes[at]);
  }
  return value;
}

/// As much of `size` bytes at `offset` as there is.
inline std::string_view part_of(std::string_view bytes, std::uint64_t offset, std::uint64_t size) {
  if (offset >= bytes.size()) return {};
  return bytes.substr(offset, std::min<std::uint64_t>(size, bytes.size() - offset));
}

/// The text at `offset` up to a NUL; empty if there is none in `limit` bytes.
inline std::string_view text_at(std::string_view bytes, std::uint64_t offset,
                                std::uint64_t limit = 4096) {
  const std::string_view rest = part_of(bytes, offset, limit);
  const std::size_t end = rest.find('\0');
  return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

}  // namespace vigil::inventory
