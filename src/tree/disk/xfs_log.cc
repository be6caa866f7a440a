// References: the kernel's fs/xfs/xfs_log_recover.c, xlog_find_head and xlog_check_unmount_rec.
// Traps: the log is a ring of sectors. The first word of each is the number of the turn around the
//   ring it was written in, but for the first sector of a record, where it comes second.
#include "tree/disk/xfs_log.h"

#include <algorithm>
#include <string>

#include "tree/disk/fields.h"

namespace vigil::tree::disk::xfs {
namespace {

constexpr std::uint64_t kSector = 512;  // of the log's numbering, whatever the disk's
constexpr std::uint32_t kRecord = 0xFEEDBABE;
/// A record is 256 KiB at most, its header 8 sectors.
constexpr std::uint64_t kLongestRecord = 256 * 1024 / kSector + 8;
constexpr std::uint8_t kUnmount = 0x20;

class Log {
 public:
  Log(const Bytes& volume, std::uint64_t at, std::uint64_t sectors)
      : volume_(volume), at_(at), sectors_(sectors) {}

  Result<bool> is_clean() const {
    VIGIL_TRY(const std::uint64_t head, find_head());
    // The record before the head, perhaps from behind the end of the ring.
    const std::uint64_t furthest = std::min(kLongestRecord, sectors_);
    for (std::uint64_t back = 1; back <= furthest; ++back) {
      const std::uint64_t number = (head + sectors_ - back) % sectors_;
      VIGIL_TRY(const std::string sector, read(number));
      const Fields header(sector);
      if (header.be32(0) != kRecord) continue;
      if (header.be32(40) != 1) return false;  // operations in the record
      const bool second_version = (header.be32(8) & 2) != 0;
      const std::uint64_t size = second_version ? header.be32(320) : 0;
      const std::uint64_t headers = std::max<std::uint64_t>(1, (size + 32767) / 32768);
      VIGIL_TRY(const std::string data, read((number + headers) % sectors_));
      return (Fields(data).u8(9) & kUnmount) != 0;
    }
    return false;
  }

 private:
  [[nodiscard]] Result<std::string> read(std::uint64_t sector) const {
    return volume_.take(at_ + sector * kSector, kSector);
  }

  [[nodiscard]] Result<std::uint32_t> turn(std::uint64_t sector) const {
    VIGIL_TRY(const std::string bytes, read(sector));
    const Fields fields(bytes);
    return fields.be32(0) == kRecord ? fields.be32(4) : fields.be32(0);
  }

  /// The first sector of an earlier turn than the first one's; 0 if there is none.
  [[nodiscard]] Result<std::uint64_t> find_head() const {
    VIGIL_TRY(const std::uint32_t first, turn(0));
    std::uint64_t low = 0;
    std::uint64_t high = sectors_;
    while (high - low > 1) {
      const std::uint64_t middle = low + (high - low) / 2;
      VIGIL_TRY(const std::uint32_t here, turn(middle));
      (here == first ? low : high) = middle;
    }
    return high % sectors_;
  }

  const Bytes& volume_;
  std::uint64_t at_;
  std::uint64_t sectors_;
};

}  // namespace

Result<bool> log_is_clean(const Bytes& volume, const Geometry& geometry) {
  if (geometry.log_start == 0 || geometry.log_blocks == 0) {
    return fail("the log is on another device", {}, {}, ErrorCode::Unsupported);
  }
  VIGIL_TRY(const std::uint64_t at, geometry.byte_of_block(geometry.log_start));
  return Log(volume, at, geometry.log_blocks * geometry.block / kSector).is_clean();
}

}  // namespace vigil::tree::disk::xfs
