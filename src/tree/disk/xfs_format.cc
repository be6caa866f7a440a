#include "tree/disk/xfs_format.h"

#include <sys/stat.h>

#include <algorithm>

#include "tree/disk/crc.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk::xfs {
namespace {

enum Incompatible : std::uint32_t {
  kKinds = 1,
  kSparseInodes = 2,
  kMetaUuid = 4,
  kBigTime = 8,
  kNeedsRepair = 16,
  kLargeExtentCounts = 32,
  kExchangeRange = 64,
  kParentPointers = 128,
  kMetadataDirectory = 256,
};

/// Nodes of a tree of extents looked at for one read.
constexpr int kMaximumNodes = 100'000;
constexpr std::uint32_t kMaximumLevel = 9;  // XFS_BTREE_MAXLEVELS

tl::unexpected<Error> damaged(const std::string& what) {
  return fail("xfs: " + what);
}

Extent parse_extent(const Fields& record) {
  const std::uint64_t high = record.be64(0);
  const std::uint64_t low = record.be64(8);
  return {(high & 0x7fffffffffffffff) >> 9, (high & 0x1ff) << 43 | low >> 21, low & 0x1fffff,
          high >> 63 != 0};
}

/// Extents in the order of the tree, which is that of the file.
class Collector {
 public:
  Collector(const Bytes& volume, const Geometry& geometry, std::uint64_t first, std::uint64_t end,
            std::size_t limit)
      : volume_(volume), geometry_(geometry), first_(first), end_(end), limit_(limit) {}

  /// False when no more are wanted.
  Result<bool> records(const Fields& records, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const Extent extent = parse_extent(records.from(static_cast<std::size_t>(i * 16)));
      if (extent.count == 0 || extent.logical < least_) {
        return damaged("extents are out of order");
      }
      least_ = extent.logical + extent.count;
      if (least_ <= first_) continue;
      if (extent.logical >= end_ || extents_.size() >= limit_) return false;
      extents_.push_back(extent);
    }
    return true;
  }

  /// Children of a node: their first blocks, then where they lie.
  Result<bool> children(const Fields& keys, const Fields& pointers, std::uint64_t count,
                        std::uint32_t level) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto at = static_cast<std::size_t>(i * 8);
      if (i + 1 < count && keys.be64(at + 8) <= first_) continue;
      if (keys.be64(at) >= end_) return false;
      VIGIL_TRY(const bool more, node(pointers.be64(at), level - 1));
      if (!more) return false;
    }
    return true;
  }

  std::vector<Extent> take() { return std::move(extents_); }

 private:
  Result<bool> node(std::uint64_t number, std::uint32_t level) {
    if (++nodes_ > kMaximumNodes) return damaged("a tree of extents has too many nodes");
    VIGIL_TRY(const std::uint64_t at, geometry_.byte_of_block(number));
    VIGIL_TRY(const std::string block, volume_.take(at, geometry_.block));
    const Fields fields(block);
    const std::size_t header = geometry_.version5 ? 72 : 24;
    if (fields.bytes(0, 4) != (geometry_.version5 ? "BMA3" : "BMAP") || fields.be16(4) != level) {
      return damaged("a node of a tree of extents is damaged");
    }
    if (geometry_.version5 && !checksum_holds(block, 64)) {
      return damaged("a node of a tree of extents has a wrong checksum");
    }
    const std::uint64_t room = (geometry_.block - header) / 16;
    const std::uint64_t count = fields.be16(6);
    if (count > room) return damaged("a node of a tree of extents is damaged");
    if (level == 0) return records(fields.from(header), count);
    return children(fields.from(header), fields.from(header + static_cast<std::size_t>(room * 8)),
                    count, level);
  }

  const Bytes& volume_;
  const Geometry& geometry_;
  std::uint64_t first_;
  std::uint64_t end_;
  std::size_t limit_;
  std::uint64_t least_ = 0;
  int nodes_ = 0;
  std::vector<Extent> extents_;
};

}  // namespace

Result<std::uint64_t> Geometry::byte_of_block(std::uint64_t number) const {
  const std::uint64_t group = number >> group_bits;
  const std::uint64_t inside = number & ((std::uint64_t{1} << group_bits) - 1);
  if (group >= groups || inside >= group_blocks) return damaged("a block lies outside the disk");
  return (group * group_blocks + inside) * block;
}

Result<std::uint64_t> Geometry::byte_of_inode(std::uint64_t number) const {
  VIGIL_TRY(const std::uint64_t at, byte_of_block(number >> inode_bits));
  return at + (number & ((std::uint64_t{1} << inode_bits) - 1)) * inode;
}

bool checksum_holds(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4) return false;
  std::uint32_t sum = crc32c(0xffffffff, bytes.substr(0, at));
  sum = crc32c(sum, std::string_view("\0\0\0\0", 4));
  sum = crc32c(sum, bytes.substr(at + 4));
  return ~sum == Fields(bytes).le32(at);
}

Result<Geometry> parse_superblock(std::string_view bytes) {
  const Fields fields(bytes);
  if (fields.bytes(0, 4) != "XFSB") return damaged("no superblock");
  Geometry geometry;
  const std::uint16_t version = fields.be16(100);
  geometry.version5 = (version & 15) == 5;
  if (!geometry.version5 && (version & 15) != 4) {
    return fail("xfs: version " + std::to_string(version & 15) + " is not read", {}, {},
                ErrorCode::Unsupported);
  }
  geometry.block = fields.be32(4);
  geometry.group_blocks = fields.be32(84);
  geometry.groups = fields.be32(88);
  geometry.sector = fields.be16(102);
  geometry.inode = fields.be16(104);
  geometry.group_bits = fields.u8(124);
  geometry.inode_bits = fields.u8(123);
  geometry.root = fields.be64(56);
  geometry.log_start = fields.be64(48);
  geometry.log_blocks = fields.be32(96);
  const std::uint32_t directory_bits = fields.u8(192);
  const auto is_power = [](std::uint64_t n) { return n != 0 && (n & (n - 1)) == 0; };
  if (!is_power(geometry.block) || geometry.block < 512 || geometry.block > 65536 ||
      !is_power(geometry.inode) || geometry.inode < 256 || geometry.inode > 2048 ||
      !is_power(geometry.sector) || geometry.sector < 512 || geometry.sector > 32768 ||
      geometry.sector > geometry.block || geometry.group_blocks == 0 || geometry.groups == 0 ||
      geometry.group_bits > 31 || (geometry.group_blocks - 1) >> geometry.group_bits != 0 ||
      std::uint64_t{geometry.inode} << geometry.inode_bits != geometry.block ||
      directory_bits > 7 || geometry.block << directory_bits > 65536) {
    return damaged("the superblock is damaged");
  }
  geometry.directory_block = geometry.block << directory_bits;
  if (!geometry.version5) {
    if ((version & 0x2000) == 0) {
      return fail("xfs: directories of version 1 are not read", {}, {}, ErrorCode::Unsupported);
    }
    geometry.has_kinds = (version & 0x8000) != 0 && (fields.be32(200) & 0x200) != 0;
    return geometry;
  }
  if (!checksum_holds(bytes.substr(0, geometry.sector), 224)) {
    return damaged("the superblock has a wrong checksum");
  }
  const std::uint32_t incompatible = fields.be32(216);
  constexpr std::uint32_t kKnown = kKinds | kSparseInodes | kMetaUuid | kBigTime | kNeedsRepair |
                                   kLargeExtentCounts | kExchangeRange | kParentPointers |
                                   kMetadataDirectory;
  if ((incompatible & ~kKnown) != 0) {
    return fail(
        "xfs: features this program does not know: bits " + hex_number(incompatible & ~kKnown), {},
        {}, ErrorCode::Unsupported);
  }
  geometry.has_kinds = (incompatible & kKinds) != 0;
  geometry.needs_repair = (incompatible & kNeedsRepair) != 0;
  return geometry;
}

Kind Inode::kind() const {
  return S_ISREG(mode)   ? Kind::File
         : S_ISDIR(mode) ? Kind::Directory
         : S_ISLNK(mode) ? Kind::Link
                         : Kind::Other;
}

Result<Inode> parse_inode(std::string_view bytes, std::uint64_t number, const Geometry& geometry) {
  const Fields fields(bytes);
  if (fields.bytes(0, 2) != "IN") return damaged("there is no such inode");
  const bool version3 = fields.u8(4) == 3;
  if (version3 != geometry.version5 || (version3 && fields.be64(152) != number)) {
    return damaged("an inode is damaged");
  }
  if (version3 && !checksum_holds(bytes, 100)) return damaged("an inode has a wrong checksum");
  Inode inode;
  inode.number = number;
  inode.mode = fields.be16(2);
  if (fields.u8(5) > 3) return damaged("an inode's format is unknown");
  inode.format = static_cast<Format>(fields.u8(5));
  inode.size = fields.be64(56);
  inode.extents = fields.be32(76);
  inode.realtime = (fields.be16(90) & 1) != 0;
  if (version3 && (fields.be64(120) & 16) != 0) inode.extents = fields.be64(24);
  const std::size_t core = version3 ? 176 : 100;
  const std::size_t attributes = std::size_t{fields.u8(82)} * 8;
  const std::size_t room = geometry.inode - core;
  if (attributes > room) return damaged("an inode is damaged");
  inode.fork = fields.bytes(core, attributes == 0 ? room : attributes);
  if (inode.size >> 63 != 0) return damaged("an inode's size is damaged");
  return inode;
}

Result<std::vector<Extent>> find_extents(const Bytes& volume, const Geometry& geometry,
                                         const Inode& inode, std::uint64_t first, std::uint64_t end,
                                         std::size_t limit) {
  Collector collector(volume, geometry, first, end, limit);
  const Fields fork(inode.fork);
  if (inode.format == Format::Extents) {
    if (inode.extents > fork.size() / 16) return damaged("an inode has too many extents");
    VIGIL_CHECK(collector.records(fork, inode.extents));
  } else if (inode.format == Format::Tree) {
    const std::uint32_t level = fork.be16(0);
    const std::uint64_t room = (fork.size() - std::min<std::size_t>(fork.size(), 4)) / 16;
    const std::uint64_t count = fork.be16(2);
    if (level == 0 || level > kMaximumLevel || count > room) {
      return damaged("the root of a tree of extents is damaged");
    }
    VIGIL_CHECK(collector.children(fork.from(4), fork.from(4 + static_cast<std::size_t>(room * 8)),
                                   count, level));
  }
  return collector.take();
}

}  // namespace vigil::tree::disk::xfs
