// The check sums disks use.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigil::tree::disk {

/// CRC-32C (Castagnoli; RFC 3720) with `seed` as the register's first value and without the last
/// inversion, so that it can go on with the next bytes: VHDX, XFS and ext4 begin with ~0.
std::uint32_t crc32c(std::uint32_t seed, std::string_view bytes);

/// CRC-32 (ISO 3309), the plain one: GPT.
std::uint32_t crc32(std::string_view bytes);

/// CRC-32's polynomial with `seed` as the register's first value and no inversion: LVM2.
std::uint32_t crc32_seeded(std::uint32_t seed, std::string_view bytes);

}  // namespace vigil::tree::disk
