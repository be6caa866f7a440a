// What: disks of Hyper-V, Azure and Xen: fixed and dynamic VHD.
// References: Microsoft, Virtual Hard Disk Image Format Specification 1.0 (2006).
// Traps: all numbers are big-endian. The footer is the truth; a dynamic disk keeps a copy at its
//   front, which serves if the end is lost. A block begins with a bitmap of its sectors, a whole
//   number of sectors long; sectors without a bit read as zero.
// Not handled, refused by name: differencing disks.
#include <algorithm>
#include <utility>

#include "tree/disk/block_cache.h"
#include "tree/disk/container.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kMaximumSize = std::uint64_t{2040} << 30;  // of the specification
constexpr std::uint32_t kUnused = 0xffffffff;
constexpr std::size_t kBitmapsCached = std::size_t{1} << 20;

/// The ones' complement of the sum of all bytes but the sum's own.
bool checksum_holds(std::string_view bytes, std::size_t at) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i < at || i >= at + 4) sum += static_cast<unsigned char>(bytes[i]);
  }
  return ~sum == Fields(bytes).be32(at);
}

class Dynamic final : public Bytes {
 public:
  Dynamic(SharedBytes file, std::uint64_t size, std::uint64_t block, std::string table)
      : file_(std::move(file)), size_(size), block_(block), table_(std::move(table)) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    while (!buffer.empty()) {
      const std::uint64_t inside = offset % block_;
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), block_ - inside));
      VIGIL_CHECK(read_block(offset / block_, inside, buffer.first(count)));
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  Result<void> read_block(std::uint64_t block, std::uint64_t inside, std::span<char> buffer) const {
    const auto index = static_cast<std::size_t>(block * 4);
    const std::uint32_t sector = index < table_.size() ? Fields(table_).be32(index) : kUnused;
    std::fill(buffer.begin(), buffer.end(), '\0');
    if (sector == kUnused) return ok();
    const std::uint64_t bitmap_size = (block_ / kSector / 8 + kSector - 1) / kSector * kSector;
    VIGIL_TRY(const BlockCache::Block bitmap,
              bitmaps_.get(sector, [&] { return file_->take(sector * kSector, bitmap_size); }));
    const std::uint64_t data = sector * kSector + bitmap_size;
    // Runs of sectors that were written.
    while (!buffer.empty()) {
      const bool written = has_bit(*bitmap, inside / kSector);
      std::uint64_t end = inside - inside % kSector + kSector;
      while (end < inside + buffer.size() && has_bit(*bitmap, end / kSector) == written) {
        end += kSector;
      }
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end - inside));
      if (written) VIGIL_CHECK(file_->read(data + inside, buffer.first(count)));
      inside += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

  static bool has_bit(std::string_view bitmap, std::uint64_t sector) {
    return (Fields(bitmap).u8(static_cast<std::size_t>(sector / 8)) >> (7 - sector % 8) & 1) != 0;
  }

  SharedBytes file_;
  std::uint64_t size_;
  std::uint64_t block_;
  std::string table_;
  mutable BlockCache bitmaps_{kBitmapsCached};
};

}  // namespace

Result<SharedBytes> open_vhd(SharedBytes file) {
  if (file->size() < 512) return fail("vhd: the file is cut short");
  VIGIL_TRY(std::string footer, file->take(file->size() - 512, 512));
  if (!footer.starts_with("conectix") || !checksum_holds(footer, 64)) {
    VIGIL_TRY(footer, file->take(0, 512));
    if (!footer.starts_with("conectix") || !checksum_holds(footer, 64)) {
      return fail("vhd: the footer is damaged");
    }
  }
  const Fields fields(footer);
  const std::uint64_t size = fields.be64(48);
  if (size > kMaximumSize) return fail("vhd: the disk is too large");
  const std::uint32_t type = fields.be32(60);
  if (type == 2) return part_of(file, 0, std::min(size, file->size() - 512));
  if (type == 4) {
    return fail("the vhd disk is a difference to another one", {}, "merge it with its parent",
                ErrorCode::Unsupported);
  }
  if (type != 3) {
    return fail("vhd: disks of type " + std::to_string(type), {}, {}, ErrorCode::Unsupported);
  }
  VIGIL_TRY(const std::string header, file->take(fields.be64(16), 1024));
  if (!header.starts_with("cxsparse") || !checksum_holds(header, 36)) {
    return fail("vhd: the dynamic header is damaged");
  }
  const std::uint64_t block = Fields(header).be32(32);
  if (block < kSector || block > (std::uint64_t{1} << 28) || (block & (block - 1)) != 0) {
    return fail("vhd: the size of a block is wrong");
  }
  const std::uint64_t blocks =
      std::min<std::uint64_t>(Fields(header).be32(28), (size + block - 1) / block);
  VIGIL_TRY(std::string table, file->take(Fields(header).be64(16), blocks * 4));
  return std::make_shared<Dynamic>(std::move(file), size, block, std::move(table));
}

}  // namespace vigil::tree::disk
