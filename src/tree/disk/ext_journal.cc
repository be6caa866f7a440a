// References: the kernel's fs/jbd2/recovery.c and include/linux/jbd2.h; Documentation/filesystems/
//   ext4/journal.rst.
// Traps: all numbers are big-endian. Only transactions with a commit block count. A revoked block is
//   not taken from the revoking transaction nor from earlier ones, but from later ones. A block that
//   begins with the journal's magic number is stored with zeros there ("escaped"). The log is a ring;
//   fast commits take its last blocks away.
#include "tree/disk/ext_journal.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint32_t kMagic = 0xC03B3998;
constexpr std::uint32_t kMaximumBlocks = 1U << 22;

enum BlockType : std::uint32_t {
  kDescriptor = 1,
  kCommit = 2,
  kVersion1 = 3,
  kVersion2 = 4,
  kRevoke = 5
};
enum Incompatible : std::uint32_t {
  kHasRevoke = 1,
  k64Bit = 2,
  kAsyncCommit = 4,
  kChecksum2 = 8,
  kChecksum3 = 16,
  kFastCommit = 32,
};
enum TagFlag : std::uint32_t { kEscaped = 1, kSameUuid = 2, kLastTag = 8 };

/// Where a block's new content lies.
struct Copy {
  std::uint64_t at = 0;  ///< byte of the journal
  std::uint32_t sequence = 0;
  bool escaped = false;
};

/// A volume of which some blocks are read from the journal.
class Replayed final : public Bytes {
 public:
  Replayed(SharedBytes volume, SharedBytes journal, std::uint32_t block_size,
           std::map<std::uint64_t, Copy> copies)
      : volume_(std::move(volume)),
        journal_(std::move(journal)),
        block_size_(block_size),
        copies_(std::move(copies)) {}

  [[nodiscard]] std::uint64_t size() const override { return volume_->size(); }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    while (!buffer.empty()) {
      const auto copy = copies_.lower_bound(offset / block_size_);
      const std::uint64_t next =
          copy == copies_.end() ? offset + buffer.size() : copy->first * block_size_;
      if (next > offset) {
        const auto count =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), next - offset));
        VIGIL_CHECK(volume_->read(offset, buffer.first(count)));
        offset += count;
        buffer = buffer.subspan(count);
        continue;
      }
      const std::uint64_t inside = offset - next;
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), block_size_ - inside));
      VIGIL_TRY(std::string block, journal_->take(copy->second.at, block_size_));
      if (copy->second.escaped) {
        for (std::size_t i = 0; i < 4; ++i) block[i] = static_cast<char>(kMagic >> (24 - 8 * i));
      }
      std::copy_n(block.begin() + static_cast<std::ptrdiff_t>(inside), count, buffer.begin());
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  SharedBytes volume_;
  SharedBytes journal_;
  std::uint32_t block_size_;
  std::map<std::uint64_t, Copy> copies_;
};

class Log {
 public:
  Log(const Bytes& journal, std::uint32_t block_size) : journal_(journal), size_(block_size) {}

  /// Finds what a replay would write; false if the journal is empty.
  Result<bool> scan() {
    VIGIL_TRY(const std::string head, journal_.take(0, 1024));
    const Fields fields(head);
    const std::uint32_t type = fields.be32(4);
    if (fields.be32(0) != kMagic || (type != kVersion1 && type != kVersion2)) {
      return fail("the journal has no superblock");
    }
    const std::uint32_t start = fields.be32(28);
    if (start == 0) return false;
    if (fields.be32(12) != size_) return fail("the journal's blocks have another size");
    first_ = fields.be32(20);
    end_ = fields.be32(16);
    if (type == kVersion2) incompatible_ = fields.be32(40);
    constexpr std::uint32_t kKnown =
        kHasRevoke | k64Bit | kAsyncCommit | kChecksum2 | kChecksum3 | kFastCommit;
    if ((incompatible_ & ~kKnown) != 0) {
      return fail("the journal has features this program does not know: bits " +
                      hex_number(incompatible_ & ~kKnown),
                  {}, {}, ErrorCode::Unsupported);
    }
    if ((incompatible_ & kFastCommit) != 0) {
      const std::uint32_t fast = fields.be32(84) == 0 ? 256 : fields.be32(84);
      end_ -= std::min(end_, fast);
    }
    if (end_ > kMaximumBlocks || std::uint64_t{end_} * size_ > journal_.size() || first_ == 0 ||
        first_ >= end_ || start < first_ || start >= end_) {
      return fail("the journal's superblock is damaged");
    }
    VIGIL_CHECK(read_transactions(start, fields.be32(24)));
    return true;
  }

  std::map<std::uint64_t, Copy> take_copies() {
    for (const auto& [block, sequence] : revoked_) {
      const auto copy = copies_.find(block);
      // Sequence numbers wrap around.
      if (copy != copies_.end() &&
          static_cast<std::int32_t>(copy->second.sequence - sequence) <= 0) {
        copies_.erase(copy);
      }
    }
    return std::move(copies_);
  }

 private:
  std::uint32_t advance(std::uint32_t block, std::uint32_t count = 1) const {
    for (; count > 0; --count) block = block + 1 >= end_ ? first_ : block + 1;
    return block;
  }

  Result<void> read_transactions(std::uint32_t block, std::uint32_t sequence) {
    std::vector<std::pair<std::uint64_t, Copy>> pending;
    std::vector<std::uint64_t> revoked;
    for (std::uint32_t seen = 0; seen < end_; ++seen) {
      VIGIL_TRY(const std::string bytes, journal_.take(std::uint64_t{block} * size_, size_));
      const Fields fields(bytes);
      if (fields.be32(0) != kMagic || fields.be32(8) != sequence) return ok();
      block = advance(block);
      switch (fields.be32(4)) {
        case kDescriptor: {
          const std::uint32_t before = static_cast<std::uint32_t>(pending.size());
          read_tags(fields, sequence, block, pending);
          const std::uint32_t count = static_cast<std::uint32_t>(pending.size()) - before;
          block = advance(block, count);
          seen += count;
          break;
        }
        case kRevoke:
          read_revoked(fields, revoked);
          break;
        case kCommit:
          for (const auto& [number, copy] : pending) copies_.insert_or_assign(number, copy);
          for (const std::uint64_t number : revoked) revoked_.insert_or_assign(number, sequence);
          pending.clear();
          revoked.clear();
          ++sequence;
          break;
        default:
          return ok();
      }
    }
    return ok();
  }

  void read_tags(const Fields& fields, std::uint32_t sequence, std::uint32_t block,
                 std::vector<std::pair<std::uint64_t, Copy>>& pending) const {
    const bool version3 = (incompatible_ & kChecksum3) != 0;
    const bool wide = (incompatible_ & k64Bit) != 0;
    const std::size_t tag_size =
        version3 ? 16 : 8 + ((incompatible_ & kChecksum2) != 0 ? 2U : 0U) + (wide ? 4U : 0U);
    const std::size_t tail = (incompatible_ & (kChecksum2 | kChecksum3)) != 0 ? 4 : 0;
    std::size_t at = 12;
    while (at + tag_size <= size_ - tail) {
      std::uint64_t number = fields.be32(at);
      const std::uint32_t flags = version3 ? fields.be32(at + 4) : fields.be16(at + 6);
      if (wide) number |= std::uint64_t{fields.be32(at + 8)} << 32;
      pending.push_back(
          {number, {std::uint64_t{block} * size_, sequence, (flags & kEscaped) != 0}});
      block = advance(block);
      at += tag_size + ((flags & kSameUuid) != 0 ? 0 : 16);
      if ((flags & kLastTag) != 0) return;
    }
  }

  void read_revoked(const Fields& fields, std::vector<std::uint64_t>& revoked) const {
    const std::size_t width = (incompatible_ & k64Bit) != 0 ? 8 : 4;
    const std::size_t end = std::min<std::size_t>(fields.be32(12), size_);
    for (std::size_t at = 16; at + width <= end; at += width) {
      revoked.push_back(width == 8 ? fields.be64(at) : fields.be32(at));
    }
  }

  const Bytes& journal_;
  std::uint32_t size_;
  std::uint32_t first_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t incompatible_ = 0;
  std::map<std::uint64_t, Copy> copies_;
  std::map<std::uint64_t, std::uint32_t> revoked_;
};

}  // namespace

Result<SharedBytes> replay_ext_journal(SharedBytes volume, SharedBytes journal,
                                       std::uint32_t block_size) {
  Log log(*journal, block_size);
  VIGIL_TRY(const bool has_changes, log.scan());
  if (!has_changes) return SharedBytes();
  return std::make_shared<Replayed>(std::move(volume), std::move(journal), block_size,
                                    log.take_copies());
}

}  // namespace vigil::tree::disk
