// What: ext2, ext3 and ext4 by libext2fs, which reads through the given bytes and never opens a file.
// References: the kernel's Documentation/filesystems/ext4/; ext2fs.h.
// Traps: a disk copied from a running machine has changes in its journal only: it is replayed in
//   memory. libext2fs is not for several threads: one lock. It follows whatever the metadata says, so
//   every loop over extents and indirect blocks is counted here. Extents that were preallocated and
//   not written read as zero. Names of an encrypted directory are noise.
// Not handled, refused by name: features libext2fs does not know, a journal on another device.
#include <ext2fs/ext2fs.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "base/text.h"
#include "tree/disk/ext_journal.h"
#include "tree/disk/fields.h"
#include "tree/disk/file_system.h"

namespace vigil::tree::disk {
namespace {

/// Extents or indirect blocks looked at for one read; a gigabyte in single blocks has 262,144.
constexpr std::uint64_t kMaximumSteps = 500'000;
constexpr std::uint64_t kBlocksOfNames = 4;
constexpr std::uint64_t kMaximumTarget = 65536;
constexpr std::uint64_t kMaximumInline = 65536;

// An io_manager of libext2fs. Its `name` is the address of the bytes in decimal.

const Bytes& bytes_of(io_channel channel) {
  return *static_cast<const Bytes*>(channel->private_data);
}

errcode_t open_channel(const char* name, int /*flags*/, io_channel* out);

errcode_t close_channel(io_channel channel) {
  if (--channel->refcount > 0) return 0;
  ext2fs_free_mem(&channel->name);
  ext2fs_free_mem(&channel);
  return 0;
}

errcode_t set_block_size(io_channel channel, int size) {
  channel->block_size = size;
  return 0;
}

/// A negative count is one of bytes.
errcode_t read_blocks(io_channel channel, unsigned long long block, int count, void* data) {
  const auto block_size = static_cast<std::uint64_t>(channel->block_size);
  const std::uint64_t length = count < 0 ? static_cast<std::uint64_t>(-std::int64_t{count})
                                         : static_cast<std::uint64_t>(count) * block_size;
  if (block_size == 0 || block > bytes_of(channel).size() / block_size) return EXT2_ET_SHORT_READ;
  const std::span<char> buffer(static_cast<char*>(data), static_cast<std::size_t>(length));
  return bytes_of(channel).read(block * block_size, buffer) ? 0 : EXT2_ET_SHORT_READ;
}

errcode_t read_blocks_32(io_channel channel, unsigned long block, int count, void* data) {
  return read_blocks(channel, block, count, data);
}

errcode_t refuse_to_write(io_channel, unsigned long, int, const void*) {
  return EXT2_ET_RO_FILSYS;
}

errcode_t refuse_to_write_64(io_channel, unsigned long long, int, const void*) {
  return EXT2_ET_RO_FILSYS;
}

errcode_t nothing_to_flush(io_channel) {
  return 0;
}

io_manager manager() {
  static struct_io_manager manager = [] {
    struct_io_manager made = {};
    made.magic = EXT2_ET_MAGIC_IO_MANAGER;
    made.name = "bytes";
    made.open = open_channel;
    made.close = close_channel;
    made.set_blksize = set_block_size;
    made.read_blk = read_blocks_32;
    made.read_blk64 = read_blocks;
    made.write_blk = refuse_to_write;
    made.write_blk64 = refuse_to_write_64;
    made.flush = nothing_to_flush;
    return made;
  }();
  return &manager;
}

errcode_t open_channel(const char* name, int /*flags*/, io_channel* out) {
  const auto address = base::parse_unsigned(name);
  if (!address) return EXT2_ET_BAD_DEVICE_NAME;
  io_channel channel = nullptr;
  if (const errcode_t error = ext2fs_get_memzero(sizeof *channel, &channel); error != 0) {
    return error;
  }
  channel->magic = EXT2_ET_MAGIC_IO_CHANNEL;
  channel->manager = manager();
  channel->block_size = 1024;
  channel->refcount = 1;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): libext2fs hands over a text and nothing else
  channel->private_data = reinterpret_cast<void*>(static_cast<std::uintptr_t>(*address));
  const std::size_t length = std::string_view(name).size() + 1;
  if (const errcode_t error = ext2fs_get_mem(length, &channel->name); error != 0) {
    ext2fs_free_mem(&channel);
    return error;
  }
  std::copy_n(name, length, channel->name);
  *out = channel;
  return 0;
}

/// The library's texts need a table of its own to be loaded; these are the ones a reader meets.
std::string reason(errcode_t error) {
  switch (error) {
    case EXT2_ET_SHORT_READ:
      return "a block lies outside the disk";
    case EXT2_ET_NO_MEMORY:
      return "not enough memory";
    case EXT2_ET_SB_CSUM_INVALID:
      return "the superblock has a wrong checksum";
    case EXT2_ET_INODE_CSUM_INVALID:
      return "an inode has a wrong checksum";
    case EXT2_ET_EXTENT_CSUM_INVALID:
      return "a node of extents has a wrong checksum";
    case EXT2_ET_CORRUPT_SUPERBLOCK:
      return "the superblock is damaged";
    case EXT2_ET_BAD_INODE_NUM:
      return "there is no such inode";
    case EXT2_ET_EXTENT_HEADER_BAD:
      return "a node of extents is damaged";
    default:
      return "the metadata is damaged (libext2fs error " + std::to_string(error) + ")";
  }
}

tl::unexpected<Error> failure(errcode_t error) {
  return fail("ext: " + reason(error));
}

/// Blocks of a file one after the other, on the disk too.
struct Run {
  std::uint64_t logical = 0;
  std::uint64_t physical = 0;
  std::uint64_t count = 0;
};

Kind kind_of_mode(std::uint16_t mode) {
  return LINUX_S_ISREG(mode)   ? Kind::File
         : LINUX_S_ISDIR(mode) ? Kind::Directory
         : LINUX_S_ISLNK(mode) ? Kind::Link
                               : Kind::Other;
}

std::optional<Kind> kind_of_entry(std::uint8_t type) {
  switch (type) {
    case EXT2_FT_REG_FILE:
      return Kind::File;
    case EXT2_FT_DIR:
      return Kind::Directory;
    case EXT2_FT_SYMLINK:
      return Kind::Link;
    case EXT2_FT_UNKNOWN:
      return std::nullopt;
    default:
      return Kind::Other;
  }
}

class Ext final : public Nodes {
 public:
  explicit Ext(SharedBytes volume) : volume_(std::move(volume)) {}
  ~Ext() override {
    if (fs_ != nullptr) ext2fs_close_free(&fs_);
  }

  Result<void> open() {
    const std::string name = std::to_string(reinterpret_cast<std::uintptr_t>(volume_.get()));
    const errcode_t error =
        ext2fs_open2(name.c_str(), nullptr, EXT2_FLAG_64BITS, 0, 0, manager(), &fs_);
    return error == 0 ? ok() : Result<void>(failure(error));
  }

  [[nodiscard]] NodeId root() const override { return {0, EXT2_ROOT_INO}; }
  [[nodiscard]] std::uint64_t count() const override { return fs_->super->s_inodes_count; }

  [[nodiscard]] Result<Node> node(NodeId id) const override {
    const std::lock_guard lock(mutex_);
    VIGIL_TRY(ext2_inode inode, read_inode(id));
    return Node{kind_of_mode(inode.i_mode), EXT2_I_SIZE(&inode), inode.i_mode & 07777U};
  }

  [[nodiscard]] Result<std::optional<std::uint64_t>> names(
      NodeId directory, std::uint64_t cursor, std::vector<NodeName>& out) const override {
    const std::lock_guard lock(mutex_);
    VIGIL_TRY(ext2_inode inode, read_inode(directory));
    if (!LINUX_S_ISDIR(inode.i_mode)) return fail("ext: not a directory");
    VIGIL_CHECK(check_not_encrypted(inode));
    if ((inode.i_flags & EXT4_INLINE_DATA_FL) != 0) {
      // The parent's number, entries in the rest of the inode's 60 bytes, entries after them.
      VIGIL_TRY(const std::string data, inline_data(directory, inode));
      const std::string_view view(data);
      VIGIL_CHECK(parse_names(view.substr(0, 60), 4, out));
      if (view.size() > 60) VIGIL_CHECK(parse_names(view.substr(60), 0, out));
      return std::nullopt;
    }
    const std::uint64_t size = EXT2_I_SIZE(&inode);
    const std::uint64_t at = cursor * fs_->blocksize;
    if (at >= size) return std::nullopt;
    VIGIL_TRY(const std::string data,
              read_range(directory, inode, at,
                         std::min<std::uint64_t>(kBlocksOfNames * fs_->blocksize, size - at)));
    for (std::size_t block = 0; block < data.size(); block += fs_->blocksize) {
      VIGIL_CHECK(parse_names(std::string_view(data).substr(block, fs_->blocksize), 0, out));
    }
    return cursor + kBlocksOfNames;
  }

  [[nodiscard]] Result<std::string> content(NodeId file, std::uint64_t offset,
                                            std::uint64_t count) const override {
    const std::lock_guard lock(mutex_);
    VIGIL_TRY(ext2_inode inode, read_inode(file));
    VIGIL_CHECK(check_not_encrypted(inode));
    const std::uint64_t size = EXT2_I_SIZE(&inode);
    if (offset >= size) return std::string();
    return read_range(file, inode, offset, std::min(count, size - offset));
  }

  [[nodiscard]] Result<std::string> target(NodeId link) const override {
    const std::lock_guard lock(mutex_);
    VIGIL_TRY(ext2_inode inode, read_inode(link));
    VIGIL_CHECK(check_not_encrypted(inode));
    const std::uint64_t size = EXT2_I_SIZE(&inode);
    if (size > kMaximumTarget) return fail("ext: a link is too long");
    if ((inode.i_flags & EXT4_INLINE_DATA_FL) == 0 && ext2fs_is_fast_symlink(&inode) != 0) {
      const std::string_view text(reinterpret_cast<const char*>(inode.i_block),
                                  sizeof inode.i_block);
      return std::string(text.substr(0, static_cast<std::size_t>(size)));
    }
    return read_range(link, inode, 0, size);
  }

  [[nodiscard]] const ext2_super_block& super() const { return *fs_->super; }
  [[nodiscard]] std::uint32_t block_size() const { return fs_->blocksize; }

  /// A file's bytes where they lie on the disk.
  [[nodiscard]] Result<SharedBytes> file_bytes(std::uint32_t number) const {
    const std::lock_guard lock(mutex_);
    VIGIL_TRY(ext2_inode inode, read_inode({0, number}));
    const std::uint64_t size = EXT2_I_SIZE(&inode);
    const std::uint64_t block = fs_->blocksize;
    VIGIL_TRY(const std::vector<Run> runs,
              find_runs({0, number}, inode, 0, (size + block - 1) / block));
    std::vector<JoinedBytes::Piece> pieces;
    for (const Run& run : runs) {
      pieces.push_back({run.logical * block, run.count * block, volume_, run.physical * block});
    }
    return std::make_shared<JoinedBytes>(size, std::move(pieces));
  }

 private:
  [[nodiscard]] Result<ext2_inode> read_inode(NodeId id) const {
    ext2_inode inode = {};
    if (id.number == 0 || id.number > 0xffffffff) return failure(EXT2_ET_BAD_INODE_NUM);
    const errcode_t error = ext2fs_read_inode(fs_, static_cast<ext2_ino_t>(id.number), &inode);
    if (error != 0) return failure(error);
    return inode;
  }

  static Result<void> check_not_encrypted(const ext2_inode& inode) {
    if ((inode.i_flags & EXT4_ENCRYPT_FL) == 0) return ok();
    return fail("encrypted (fscrypt)", {}, {}, ErrorCode::Unsupported);
  }

  [[nodiscard]] Result<std::string> inline_data(NodeId id, ext2_inode& inode) const {
    const auto number = static_cast<ext2_ino_t>(id.number);
    std::size_t size = 0;
    if (const errcode_t error = ext2fs_inline_data_size(fs_, number, &size); error != 0) {
      return failure(error);
    }
    if (size > kMaximumInline) return fail("ext: an inode's data is too long");
    // The library writes at least the inode's 60 bytes.
    std::string data(std::max<std::size_t>(size, sizeof inode.i_block), '\0');
    const errcode_t error = ext2fs_inline_data_get(fs_, number, &inode, data.data(), &size);
    if (error != 0) return failure(error);
    return data;
  }

  /// The runs that touch the blocks [first, end), in order.
  [[nodiscard]] Result<std::vector<Run>> find_runs(NodeId id, ext2_inode& inode,
                                                   std::uint64_t first, std::uint64_t end) const {
    return (inode.i_flags & EXT4_EXTENTS_FL) != 0 ? runs_of_extents(id, inode, first, end)
                                                  : runs_of_blocks(id, end);
  }

  [[nodiscard]] Result<std::vector<Run>> runs_of_extents(NodeId id, ext2_inode& inode,
                                                         std::uint64_t first,
                                                         std::uint64_t end) const {
    ext2_extent_handle_t handle = nullptr;
    errcode_t error = ext2fs_extent_open2(fs_, static_cast<ext2_ino_t>(id.number), &inode, &handle);
    if (error != 0) return failure(error);
    const std::unique_ptr<ext2_extent_handle, decltype(&ext2fs_extent_free)> owner(
        handle, &ext2fs_extent_free);
    std::vector<Run> runs;
    std::uint64_t least = 0;
    ext2fs_extent extent = {};
    error = ext2fs_extent_get(handle, EXT2_EXTENT_ROOT, &extent);
    for (std::uint64_t steps = 0; error == 0; ++steps) {
      if (steps > kMaximumSteps) return fail("ext: too many extents", {}, {}, ErrorCode::TooLarge);
      if ((extent.e_flags & EXT2_EXTENT_FLAGS_LEAF) != 0) {
        if (extent.e_lblk < least) return fail("ext: extents are out of order");
        if (extent.e_lblk >= end) break;
        least = extent.e_lblk + extent.e_len;
        if (least > first && (extent.e_flags & EXT2_EXTENT_FLAGS_UNINIT) == 0) {
          runs.push_back({extent.e_lblk, extent.e_pblk, extent.e_len});
        }
      }
      error = ext2fs_extent_get(handle, EXT2_EXTENT_NEXT, &extent);
    }
    if (error != 0 && error != EXT2_ET_EXTENT_NO_NEXT) return failure(error);
    return runs;
  }

  struct BlockWalk {
    std::vector<Run> runs;
    std::uint64_t end = 0;
    std::uint64_t steps = 0;
  };

  static int visit_block(ext2_filsys, blk64_t* block, e2_blkcnt_t number, blk64_t, int,
                         void* context) {
    auto& walk = *static_cast<BlockWalk*>(context);
    if (++walk.steps > kMaximumSteps) return BLOCK_ABORT;
    if (number < 0) return 0;  // a block of block numbers
    const auto logical = static_cast<std::uint64_t>(number);
    if (logical >= walk.end) return BLOCK_ABORT;
    if (!walk.runs.empty()) {
      Run& last = walk.runs.back();
      if (last.logical + last.count == logical && last.physical + last.count == *block) {
        ++last.count;
        return 0;
      }
    }
    walk.runs.push_back({logical, *block, 1});
    return 0;
  }

  [[nodiscard]] Result<std::vector<Run>> runs_of_blocks(NodeId id, std::uint64_t end) const {
    BlockWalk walk;
    walk.end = end;
    const errcode_t error =
        ext2fs_block_iterate3(fs_, static_cast<ext2_ino_t>(id.number), BLOCK_FLAG_READ_ONLY,
                              nullptr, &Ext::visit_block, &walk);
    if (error != 0) return failure(error);
    if (walk.steps > kMaximumSteps)
      return fail("ext: too many blocks", {}, {}, ErrorCode::TooLarge);
    return std::move(walk.runs);
  }

  /// `count` bytes that lie inside the file's size.
  [[nodiscard]] Result<std::string> read_range(NodeId id, ext2_inode& inode, std::uint64_t offset,
                                               std::uint64_t count) const {
    if ((inode.i_flags & EXT4_INLINE_DATA_FL) != 0) {
      VIGIL_TRY(std::string data, inline_data(id, inode));
      data.resize(
          static_cast<std::size_t>(std::min<std::uint64_t>(EXT2_I_SIZE(&inode), data.size())));
      return offset >= data.size()
                 ? std::string()
                 : data.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(count));
    }
    const std::uint64_t block = fs_->blocksize;
    VIGIL_TRY(const std::vector<Run> runs,
              find_runs(id, inode, offset / block, (offset + count + block - 1) / block));
    std::string out(static_cast<std::size_t>(count), '\0');
    for (const Run& run : runs) {
      const std::uint64_t begin = std::max(run.logical * block, offset);
      const std::uint64_t end = std::min((run.logical + run.count) * block, offset + count);
      if (begin >= end) continue;
      const std::uint64_t at = run.physical * block + (begin - run.logical * block);
      VIGIL_CHECK(volume_->read(at, std::span(out).subspan(static_cast<std::size_t>(begin - offset),
                                                           static_cast<std::size_t>(end - begin))));
    }
    return out;
  }

  /// Entries of one block: inode number, length of the entry, length of the name, kind, name.
  Result<void> parse_names(std::string_view block, std::size_t at,
                           std::vector<NodeName>& out) const {
    const bool has_kind = ext2fs_has_feature_filetype(fs_->super) != 0;
    const Fields fields(block);
    while (at + 8 <= block.size()) {
      const std::uint32_t number = fields.le32(at);
      std::size_t length = fields.le16(at + 4);
      // A length of 65536 does not fit.
      if (block.size() == 65536 && (length == 65535 || length == 0)) length = 65536 - at;
      if (length < 8 || length % 4 != 0 || length > block.size() - at) {
        return fail("ext: a directory block is damaged");
      }
      const std::size_t name_length = has_kind ? fields.u8(at + 6) : fields.le16(at + 6);
      if (number != 0) {
        if (name_length > length - 8) return fail("ext: a directory block is damaged");
        const std::string_view name = fields.bytes(at + 8, name_length);
        if (is_entry_name(name)) {
          out.push_back({std::string(name),
                         {0, number},
                         has_kind ? kind_of_entry(fields.u8(at + 7) & 7) : std::nullopt});
        }
      }
      at += length;
    }
    return ok();
  }

  SharedBytes volume_;
  ext2_filsys fs_ = nullptr;
  mutable std::mutex mutex_;
};

/// Features of ext2fs.h's EXT2_LIB_FEATURE_INCOMPAT_SUPP, and of those it leaves out the ones that a
/// reader need not care for.
Result<void> check_features(const Bytes& volume) {
  VIGIL_TRY(const std::string super, peek(volume, 1024, 1024));
  const std::uint32_t incompatible = Fields(super).le32(0x60);
  struct Named {
    std::uint32_t bit;
    const char* name;
  };
  constexpr Named kRefused[] = {
      {EXT2_FEATURE_INCOMPAT_COMPRESSION, "compression"},
      {EXT3_FEATURE_INCOMPAT_JOURNAL_DEV, "this is a journal of another file system"},
      {EXT4_FEATURE_INCOMPAT_DIRDATA, "dirdata"},
  };
  for (const Named& refused : kRefused) {
    if ((incompatible & refused.bit) != 0) {
      return fail(std::string("ext: not read: ") + refused.name, {}, {}, ErrorCode::Unsupported);
    }
  }
  const std::uint32_t unknown = incompatible & ~std::uint32_t{EXT2_LIB_FEATURE_INCOMPAT_SUPP};
  if (unknown == 0) return ok();
  return fail("ext: features this program does not know: bits " + hex_number(unknown), {}, {},
              ErrorCode::Unsupported);
}

}  // namespace

Result<FileSystem> open_ext(const SharedBytes& volume) {
  VIGIL_CHECK(check_features(*volume));
  auto ext = std::make_shared<Ext>(volume);
  VIGIL_CHECK(ext->open());
  FileSystem out{ext, {}};
  if (ext2fs_has_feature_journal_needs_recovery(const_cast<ext2_super_block*>(&ext->super())) ==
      0) {
    return out;
  }
  const auto not_replayed = [&](const std::string& why) {
    out.problems.push_back({"journal", "the last changes are missing: " + why});
    return out;
  };
  const std::uint32_t number = ext->super().s_journal_inum;
  if (number == 0) return not_replayed("the journal is on another device");
  auto journal = ext->file_bytes(number);
  if (!journal) return not_replayed(journal.error().what);
  auto replayed = replay_ext_journal(volume, std::move(*journal), ext->block_size());
  if (!replayed) return not_replayed(replayed.error().what);
  if (*replayed == nullptr) return out;
  ext = std::make_shared<Ext>(std::move(*replayed));
  if (const auto opened = ext->open(); !opened) return not_replayed(opened.error().what);
  out.nodes = std::move(ext);
  return out;
}

}  // namespace vigil::tree::disk
