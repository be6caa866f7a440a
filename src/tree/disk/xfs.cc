// What: XFS, versions 4 and 5, with large extent counters (nrext64), times after 2038 (bigtime),
//   parent pointers; all forms of directories, extents in the inode and in trees, short and long
//   links.
// References: "XFS Algorithms & Data Structures", 3rd edition; the kernel's fs/xfs/libxfs/.
// Traps: with nrext64 (the default of newer mkfs.xfs) the number of extents lies elsewhere in the
//   inode: a reader that does not know it sees empty files and no error. A directory's names lie
//   below 32 GiB of its data fork, its indexes above: names are read, indexes are not needed. A
//   directory's block may be several blocks of the file system. A remote link has a header in each
//   extent in version 5. Reading past 8 EiB wraps numbers around: sizes are checked first.
// Not handled, refused by name: unknown incompatible features, files of the realtime device. A log
//   that was not emptied (a copy of a running machine's disk) is a problem that says so: what is read
//   is the state the disk's metadata is in, and its latest changes may be missing.
#include <algorithm>
#include <utility>
#include <vector>

#include "tree/disk/fields.h"
#include "tree/disk/file_system.h"
#include "tree/disk/xfs_format.h"
#include "tree/disk/xfs_log.h"

namespace vigil::tree::disk {
namespace {

using xfs::Extent;
using xfs::Format;
using xfs::Geometry;
using xfs::Inode;

/// Where the indexes of a directory begin in its data fork, bytes (XFS_DIR2_LEAF_OFFSET).
constexpr std::uint64_t kEndOfNames = std::uint64_t{32} << 30;
constexpr std::uint64_t kMaximumTarget = 1024;
/// A gigabyte in single blocks of 4 KiB has 262,144.
constexpr std::size_t kMaximumExtents = 500'000;

tl::unexpected<Error> damaged(const std::string& what) {
  return fail("xfs: " + what);
}

std::optional<Kind> kind_of_entry(std::uint8_t type) {
  switch (type) {
    case 0:
      return std::nullopt;
    case 1:
      return Kind::File;
    case 2:
      return Kind::Directory;
    case 7:
      return Kind::Link;
    default:
      return Kind::Other;
  }
}

class Xfs final : public Nodes {
 public:
  Xfs(SharedBytes volume, const Geometry& geometry)
      : volume_(std::move(volume)), geometry_(geometry) {}

  [[nodiscard]] NodeId root() const override { return {0, geometry_.root}; }
  [[nodiscard]] std::uint64_t count() const override { return volume_->size() / geometry_.inode; }

  [[nodiscard]] Result<Node> node(NodeId id) const override {
    VIGIL_TRY(const Inode inode, read_inode(id));
    return Node{inode.kind(), inode.size, inode.mode & 07777U};
  }

  /// The cursor is a byte of the data fork.
  [[nodiscard]] Result<std::optional<std::uint64_t>> names(
      NodeId directory, std::uint64_t cursor, std::vector<NodeName>& out) const override {
    VIGIL_TRY(const Inode inode, read_inode(directory));
    if (inode.kind() != Kind::Directory) return damaged("not a directory");
    if (inode.format == Format::Local) {
      VIGIL_CHECK(short_names(inode, out));
      return std::nullopt;
    }
    VIGIL_TRY(const auto next, find_extents(*volume_, geometry_, inode, cursor / geometry_.block,
                                            kEndOfNames / geometry_.block, 1));
    if (next.empty()) return std::nullopt;
    std::uint64_t at = std::max(cursor, next[0].logical * geometry_.block);
    at -= at % geometry_.directory_block;
    VIGIL_TRY(const std::string block, read_range(inode, at, geometry_.directory_block));
    VIGIL_CHECK(block_names(block, out));
    return at + geometry_.directory_block;
  }

  [[nodiscard]] Result<std::string> content(NodeId file, std::uint64_t offset,
                                            std::uint64_t count) const override {
    VIGIL_TRY(const Inode inode, read_inode(file));
    if (inode.realtime) {
      return fail("xfs: the file lies on the realtime device", {}, {}, ErrorCode::Unsupported);
    }
    if (offset >= inode.size) return std::string();
    return read_range(inode, offset, std::min(count, inode.size - offset));
  }

  [[nodiscard]] Result<std::string> target(NodeId link) const override {
    VIGIL_TRY(const Inode inode, read_inode(link));
    if (inode.kind() != Kind::Link || inode.size > kMaximumTarget) {
      return damaged("a link is damaged");
    }
    const auto size = static_cast<std::size_t>(inode.size);
    if (inode.format == Format::Local) return inode.fork.substr(0, size);
    if (!geometry_.version5) return read_range(inode, 0, size);
    VIGIL_TRY(const auto extents, find_extents(*volume_, geometry_, inode, 0,
                                               kMaximumTarget * 2 / geometry_.block + 2, 16));
    std::string text;
    for (const Extent& extent : extents) {
      VIGIL_TRY(const std::uint64_t at, geometry_.byte_of_block(extent.physical));
      VIGIL_TRY(const std::string bytes,
                volume_->take(at, extent.count * geometry_.block, 1 << 17));
      const Fields fields(bytes);
      if (fields.bytes(0, 4) != "XSLM" || !xfs::checksum_holds(bytes, 12)) {
        return damaged("a link is damaged");
      }
      text += fields.bytes(56, std::min<std::size_t>(fields.be32(8), size - text.size()));
    }
    if (text.size() != size) return damaged("a link is damaged");
    return text;
  }

 private:
  [[nodiscard]] Result<Inode> read_inode(NodeId id) const {
    VIGIL_TRY(const std::uint64_t at, geometry_.byte_of_inode(id.number));
    VIGIL_TRY(const std::string bytes, volume_->take(at, geometry_.inode));
    return xfs::parse_inode(bytes, id.number, geometry_);
  }

  [[nodiscard]] Result<std::string> read_range(const Inode& inode, std::uint64_t offset,
                                               std::uint64_t count) const {
    const std::uint64_t block = geometry_.block;
    VIGIL_TRY(const auto extents, find_extents(*volume_, geometry_, inode, offset / block,
                                               (offset + count - 1) / block + 1, kMaximumExtents));
    if (extents.size() == kMaximumExtents) {
      return fail("xfs: too many extents", {}, {}, ErrorCode::TooLarge);
    }
    std::string out(static_cast<std::size_t>(count), '\0');
    for (const Extent& extent : extents) {
      if (extent.unwritten) continue;
      const std::uint64_t begin = std::max(extent.logical * block, offset);
      const std::uint64_t end = std::min((extent.logical + extent.count) * block, offset + count);
      if (begin >= end) continue;
      VIGIL_TRY(const std::uint64_t first, geometry_.byte_of_block(extent.physical));
      VIGIL_CHECK(volume_->read(first + (begin - extent.logical * block),
                                std::span(out).subspan(static_cast<std::size_t>(begin - offset),
                                                       static_cast<std::size_t>(end - begin))));
    }
    return out;
  }

  /// Names in the inode: how many, how many of them need 8 bytes for an inode's number, the parent.
  Result<void> short_names(const Inode& inode, std::vector<NodeName>& out) const {
    const Fields fork(inode.fork);
    const std::size_t width = fork.u8(1) != 0 ? 8 : 4;
    const std::size_t count = width == 8 ? std::max(fork.u8(0), fork.u8(1)) : fork.u8(0);
    const std::size_t end =
        static_cast<std::size_t>(std::min<std::uint64_t>(inode.size, fork.size()));
    std::size_t at = 2 + width;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t length = fork.u8(at);
      const std::size_t after = at + 3 + length + (geometry_.has_kinds ? 1 : 0) + width;
      if (length == 0 || after > end) return damaged("a directory is damaged");
      const std::string_view name = fork.bytes(at + 3, length);
      const std::uint64_t number = width == 8 ? fork.be64(after - 8) : fork.be32(after - 4);
      if (is_entry_name(name)) {
        out.push_back(
            {std::string(name),
             {0, number},
             geometry_.has_kinds ? kind_of_entry(fork.u8(at + 3 + length)) : std::nullopt});
      }
      at = after;
    }
    return ok();
  }

  Result<void> block_names(const std::string& block, std::vector<NodeName>& out) const {
    const Fields fields(block);
    const std::string_view magic = fields.bytes(0, 4);
    const bool alone = magic == (geometry_.version5 ? "XDB3" : "XD2B");
    if (!alone && magic != (geometry_.version5 ? "XDD3" : "XD2D")) {
      return damaged("a directory block is damaged");
    }
    if (geometry_.version5 && !xfs::checksum_holds(block, 4)) {
      return damaged("a directory block has a wrong checksum");
    }
    std::size_t end = block.size();
    if (alone) {
      // The index lies at the end of the only block: entries, their number, how many are stale.
      const std::uint64_t index = std::uint64_t{fields.be32(block.size() - 8)} * 8 + 8;
      if (index > block.size()) return damaged("a directory block is damaged");
      end -= static_cast<std::size_t>(index);
    }
    std::size_t at = geometry_.version5 ? 64 : 16;
    while (at + 8 <= end) {
      if (fields.be16(at) == 0xffff) {
        const std::size_t length = fields.be16(at + 2);
        if (length < 8 || length % 8 != 0) return damaged("a directory block is damaged");
        at += length;
        continue;
      }
      const std::size_t length = fields.u8(at + 8);
      const std::size_t used = 9 + length + (geometry_.has_kinds ? 1 : 0) + 2;
      const std::size_t after = at + (used + 7) / 8 * 8;
      if (length == 0 || after > end) return damaged("a directory block is damaged");
      const std::string_view name = fields.bytes(at + 9, length);
      if (is_entry_name(name)) {
        out.push_back(
            {std::string(name),
             {0, fields.be64(at)},
             geometry_.has_kinds ? kind_of_entry(fields.u8(at + 9 + length)) : std::nullopt});
      }
      at = after;
    }
    return ok();
  }

  SharedBytes volume_;
  Geometry geometry_;
};

}  // namespace

Result<FileSystem> open_xfs(const SharedBytes& volume) {
  VIGIL_TRY(const std::string super, peek(*volume, 0, 32768));
  VIGIL_TRY(const Geometry geometry, xfs::parse_superblock(super));
  FileSystem out{std::make_shared<Xfs>(volume, geometry), {}};
  VIGIL_TRY(const Node root, out.nodes->node(out.nodes->root()));
  if (root.kind != Kind::Directory) return damaged("the root is no directory");
  if (geometry.needs_repair) {
    out.problems.push_back({"superblock", "it asks for xfs_repair: what is read may be wrong"});
  }
  const auto clean = xfs::log_is_clean(*volume, geometry);
  if (!clean || !*clean) {
    out.problems.push_back(
        {"log", "the last changes may be missing: " +
                    (clean ? std::string("the file system was in use when it was copied")
                           : clean.error().what)});
  }
  return out;
}

}  // namespace vigil::tree::disk
