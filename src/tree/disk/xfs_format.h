// Where XFS keeps what: the superblock, inodes, lists and trees of extents.
// Source: "XFS Algorithms & Data Structures" 3rd edition; the kernel's fs/xfs/libxfs/xfs_format.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tree/disk/shared_bytes.h"
#include "tree/view.h"

namespace vigil::tree::disk::xfs {

struct Geometry {
  bool version5 = false;   ///< metadata has checksums
  bool has_kinds = false;  ///< directories tell the kinds of their entries
  bool needs_repair = false;
  std::uint64_t block = 0;            ///< bytes
  std::uint64_t directory_block = 0;  ///< bytes
  std::uint32_t inode = 0;            ///< bytes
  std::uint32_t sector = 0;           ///< bytes
  std::uint64_t group_blocks = 0;     ///< of an allocation group
  std::uint64_t groups = 0;
  std::uint32_t group_bits = 0;  ///< of a block's number within its group
  std::uint32_t inode_bits = 0;  ///< of an inode's number within its block
  std::uint64_t root = 0;
  std::uint64_t log_start = 0;  ///< block number; 0: the log is on another device
  std::uint64_t log_blocks = 0;

  /// Byte of the volume; an error if there is no such block.
  [[nodiscard]] Result<std::uint64_t> byte_of_block(std::uint64_t number) const;
  [[nodiscard]] Result<std::uint64_t> byte_of_inode(std::uint64_t number) const;
};

/// Refuses unknown incompatible features by their bits.
Result<Geometry> parse_superblock(std::string_view sector);

/// CRC-32C of a structure whose sum, little-endian, lies at `at` and counts as zero.
bool checksum_holds(std::string_view bytes, std::size_t at);

/// How a fork is kept.
enum class Format : std::uint8_t { Device = 0, Local = 1, Extents = 2, Tree = 3 };

struct Inode {
  std::uint64_t number = 0;
  std::uint16_t mode = 0;
  Format format = Format::Device;
  std::uint64_t size = 0;     ///< bytes
  std::uint64_t extents = 0;  ///< of the data fork
  bool realtime = false;
  std::string fork;  ///< the data fork inside the inode

  [[nodiscard]] Kind kind() const;
};

Result<Inode> parse_inode(std::string_view bytes, std::uint64_t number, const Geometry& geometry);

/// Blocks one after the other, in the file and on the disk.
struct Extent {
  std::uint64_t logical = 0;   ///< block of the file
  std::uint64_t physical = 0;  ///< number of the block, with its group
  std::uint64_t count = 0;     ///< blocks
  bool unwritten = false;      ///< reads as zero
};

/// The extents of the data fork that touch the blocks [first, end), in order, at most `limit` of
/// them. A fork without extents (Local) has none.
Result<std::vector<Extent>> find_extents(const Bytes& volume, const Geometry& geometry,
                                         const Inode& inode, std::uint64_t first, std::uint64_t end,
                                         std::size_t limit);

}  // namespace vigil::tree::disk::xfs
