// Numbers and texts at fixed places of a structure on a disk. What lies past the end reads as zero,
// so that a structure cut short is a wrong one and never a crash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigil::tree::disk {

class Fields {
 public:
  explicit constexpr Fields(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] constexpr std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] constexpr std::uint8_t u8(std::size_t at) const {
    return at < bytes_.size() ? static_cast<std::uint8_t>(bytes_[at]) : std::uint8_t{0};
  }
  [[nodiscard]] constexpr std::uint16_t le16(std::size_t at) const {
    return static_cast<std::uint16_t>(little(at, 2));
  }
  [[nodiscard]] constexpr std::uint32_t le32(std::size_t at) const {
    return static_cast<std::uint32_t>(little(at, 4));
  }
  [[nodiscard]] constexpr std::uint64_t le64(std::size_t at) const { return little(at, 8); }
  [[nodiscard]] constexpr std::uint16_t be16(std::size_t at) const {
    return static_cast<std::uint16_t>(big(at, 2));
  }
  [[nodiscard]] constexpr std::uint32_t be32(std::size_t at) const {
    return static_cast<std::uint32_t>(big(at, 4));
  }
  [[nodiscard]] constexpr std::uint64_t be64(std::size_t at) const { return big(at, 8); }

  /// Up to `count` bytes; fewer at the end.
  [[nodiscard]] constexpr std::string_view bytes(std::size_t at, std::size_t count) const {
    return at < bytes_.size() ? bytes_.substr(at, count) : std::string_view{};
  }
  /// The same up to the first zero byte.
  [[nodiscard]] constexpr std::string_view text(std::size_t at, std::size_t count) const {
    const std::string_view field = bytes(at, count);
    return field.substr(0, field.find('\0'));
  }
  [[nodiscard]] constexpr Fields from(std::size_t at) const {
    return Fields(at < bytes_.size() ? bytes_.substr(at) : std::string_view{});
  }

 private:
  [[nodiscard]] constexpr std::uint64_t little(std::size_t at, std::size_t count) const {
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;) value = (value << 8) | u8(at + i);
    return value;
  }
  [[nodiscard]] constexpr std::uint64_t big(std::size_t at, std::size_t count) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = (value << 8) | u8(at + i);
    return value;
  }

  std::string_view bytes_;
};

/// "0fc63daf-8483-4772-8e79-3d69d8477de4" of 16 bytes in their order (RFC 9562), as file systems
/// keep it.
std::string uuid_text(std::string_view bytes);
/// The same of a GUID whose first three fields are little-endian: GPT, VHDX.
std::string guid_text(std::string_view bytes);
/// "0x1f".
std::string hex_number(std::uint64_t number);
/// UTF-16LE up to the first zero; what is no character becomes U+FFFD.
std::string utf16_text(std::string_view bytes);

}  // namespace vigil::tree::disk
