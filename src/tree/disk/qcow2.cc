// What: disks of QEMU and KVM, versions 2 and 3, with compressed clusters (deflate, Zstandard),
//   extended L2 entries (subclusters), backing files that lie beside the disk.
// References: QEMU docs/interop/qcow2.txt.
// Traps: a backing file is named by untrusted bytes: an absolute path or one with a slash could name
//   any file of the machine that scans, so only a bare name beside the disk is opened. A backing file
//   without a stated format could be anything as well, and is told by its content like any disk. A
//   backing file may be shorter than the disk: the rest is zero. Internal snapshots have L1 tables of
//   their own; the active one is read.
// Not handled, refused by name: encryption (AES, LUKS), external data files. The "dirty" and
//   "corrupt" bits speak of reference counts, which a reader does not need.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "tree/disk/block_cache.h"
#include "tree/disk/container.h"
#include "tree/disk/expand.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr int kMaximumChain = 16;
/// As QEMU (QCOW_MAX_L1_SIZE).
constexpr std::uint64_t kMaximumL1Bytes = std::uint64_t{32} << 20;
constexpr std::size_t kTablesCached = std::size_t{4} << 20;
constexpr std::size_t kClustersCached = std::size_t{8} << 20;
constexpr std::uint64_t kOffsetMask = 0x00fffffffffffe00;

enum : std::uint64_t {
  kDirty = 1,
  kCorrupt = 2,
  kExternalData = 4,
  kCompressionType = 8,
  kExtendedL2 = 16,
};

struct Header {
  std::uint32_t cluster_bits = 0;
  std::uint64_t size = 0;
  std::uint64_t l1_offset = 0;
  std::uint64_t l1_entries = 0;
  bool zstd = false;
  bool extended = false;
  std::string backing_name;
};

Result<Header> read_header(const Bytes& file) {
  VIGIL_TRY(const std::string bytes, peek(file, 0, 512));
  const Fields fields(bytes);
  const std::uint32_t version = fields.be32(4);
  if (version != 2 && version != 3) {
    return fail("qcow version " + std::to_string(version) + " is not read", {},
                "convert it: qemu-img convert -O qcow2", ErrorCode::Unsupported);
  }
  Header header;
  header.cluster_bits = fields.be32(20);
  header.size = fields.be64(24);
  if (header.cluster_bits < 9 || header.cluster_bits > 21) {
    return fail("qcow2: clusters of 2^" + std::to_string(header.cluster_bits) + " bytes");
  }
  if (const std::uint32_t method = fields.be32(32); method != 0) {
    return fail(std::string("the qcow2 disk is encrypted (") +
                    (method == 1   ? "AES"
                     : method == 2 ? "LUKS"
                                   : "unknown method") +
                    ")",
                {}, "decrypt it: qemu-img convert with its secret", ErrorCode::Unsupported);
  }
  header.l1_entries = fields.be32(36);
  header.l1_offset = fields.be64(40);
  if (version == 3) {
    const std::uint64_t features = fields.be64(72);
    if ((features & kExternalData) != 0) {
      return fail("the qcow2 disk keeps its data in another file", {},
                  "convert it: qemu-img convert -O qcow2", ErrorCode::Unsupported);
    }
    constexpr std::uint64_t kKnown =
        kDirty | kCorrupt | kExternalData | kCompressionType | kExtendedL2;
    if ((features & ~kKnown) != 0) {
      return fail("the qcow2 disk has features this program does not know: bits " +
                      hex_number(features & ~kKnown),
                  {}, {}, ErrorCode::Unsupported);
    }
    header.extended = (features & kExtendedL2) != 0;
    if ((features & kCompressionType) != 0) {
      const std::uint8_t type = fields.u8(104);
      if (type > 1) {
        return fail("qcow2: compression type " + std::to_string(type), {}, {},
                    ErrorCode::Unsupported);
      }
      header.zstd = type == 1;
    }
  }
  if (header.extended && header.cluster_bits < 14) {
    return fail("qcow2: clusters too small for extended L2 entries");
  }
  if (const std::uint64_t at = fields.be64(8); at != 0) {
    const std::uint32_t length = fields.be32(16);
    if (length == 0 || length > 1023) return fail("qcow2: damaged name of a backing file");
    VIGIL_TRY(header.backing_name, file.take(at, length));
  }
  return header;
}

class Qcow2 final : public Bytes {
 public:
  Qcow2(SharedBytes file, Header header, std::string l1, SharedBytes backing)
      : file_(std::move(file)),
        header_(std::move(header)),
        l1_(std::move(l1)),
        backing_(std::move(backing)) {}

  [[nodiscard]] std::uint64_t size() const override { return header_.size; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    const std::uint64_t unit = header_.extended ? cluster_size() / 32 : cluster_size();
    while (!buffer.empty()) {
      const std::uint64_t inside = offset % unit;
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), unit - inside));
      VIGIL_CHECK(read_unit(offset, buffer.first(count)));
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  [[nodiscard]] std::uint64_t cluster_size() const {
    return std::uint64_t{1} << header_.cluster_bits;
  }

  /// Within one cluster, or one subcluster.
  Result<void> read_unit(std::uint64_t offset, std::span<char> buffer) const {
    const std::uint64_t entry_size = header_.extended ? 16 : 8;
    const std::uint64_t per_table = cluster_size() / entry_size;
    const std::uint64_t cluster = offset >> header_.cluster_bits;
    const std::uint64_t table =
        Fields(l1_).be64(static_cast<std::size_t>(cluster / per_table * 8)) & kOffsetMask;
    if (table == 0) return read_backing(offset, buffer);
    VIGIL_TRY(const BlockCache::Block entries,
              tables_.get(table, [&] { return file_->take(table, cluster_size()); }));
    const Fields fields(*entries);
    const auto at = static_cast<std::size_t>(cluster % per_table * entry_size);
    const std::uint64_t entry = fields.be64(at);
    const std::uint64_t inside = offset & (cluster_size() - 1);
    if ((entry >> 62 & 1) != 0) return read_compressed(entry, cluster, inside, buffer);
    if (header_.extended) {
      const std::uint64_t bitmap = fields.be64(at + 8);
      const std::uint64_t number = inside / (cluster_size() / 32);
      if ((bitmap >> (32 + number) & 1) != 0) return zeros(buffer);
      if ((bitmap >> number & 1) == 0) return read_backing(offset, buffer);
    } else {
      if ((entry & 1) != 0) return zeros(buffer);
      if ((entry & kOffsetMask) == 0) return read_backing(offset, buffer);
    }
    return read_host((entry & kOffsetMask) + inside, buffer);
  }

  /// The last cluster of the file need not be whole: QEMU reads zeros past its end.
  Result<void> read_host(std::uint64_t at, std::span<char> buffer) const {
    VIGIL_TRY(const std::string bytes, peek(*file_, at, buffer.size()));
    std::copy(bytes.begin(), bytes.end(), buffer.begin());
    return ok();
  }

  static Result<void> zeros(std::span<char> buffer) {
    std::fill(buffer.begin(), buffer.end(), '\0');
    return ok();
  }

  Result<void> read_backing(std::uint64_t offset, std::span<char> buffer) const {
    std::size_t there = 0;
    if (backing_ != nullptr && offset < backing_->size()) {
      there = static_cast<std::size_t>(
          std::min<std::uint64_t>(buffer.size(), backing_->size() - offset));
      VIGIL_CHECK(backing_->read(offset, buffer.first(there)));
    }
    return zeros(buffer.subspan(there));
  }

  Result<void> read_compressed(std::uint64_t entry, std::uint64_t cluster, std::uint64_t inside,
                               std::span<char> buffer) const {
    VIGIL_TRY(const BlockCache::Block expanded,
              clusters_.get(cluster, [&]() -> Result<std::string> {
                const std::uint32_t split = 62 - (header_.cluster_bits - 8);
                const std::uint64_t at = entry & ((std::uint64_t{1} << split) - 1);
                const std::uint64_t sectors = (entry & ((std::uint64_t{1} << 62) - 1)) >> split;
                const std::uint64_t end =
                    std::min((at & ~std::uint64_t{511}) + (sectors + 1) * 512, file_->size());
                VIGIL_CHECK(check_inside(*file_, at, 1));
                VIGIL_TRY(const std::string packed, file_->take(at, end - at));
                const auto size = static_cast<std::size_t>(cluster_size());
                return header_.zstd ? expand_zstd(packed, size) : expand_deflate(packed, size);
              }));
    std::copy_n(expanded->begin() + static_cast<std::ptrdiff_t>(inside), buffer.size(),
                buffer.begin());
    return ok();
  }

  SharedBytes file_;
  Header header_;
  std::string l1_;
  SharedBytes backing_;
  mutable BlockCache tables_{kTablesCached};
  mutable BlockCache clusters_{kClustersCached};
};

Result<SharedBytes> open_backing(const std::string& name, const Siblings& siblings, int depth) {
  if (depth >= kMaximumChain) {
    return fail("more than " + std::to_string(kMaximumChain) + " qcow2 disks in a chain", name, {},
                ErrorCode::TooLarge);
  }
  const char* const hint = "put it beside the disk, or make one disk: qemu-img convert -O qcow2";
  if (!siblings || name.find('/') != std::string::npos || name.find('\0') != std::string::npos ||
      name.starts_with("json:") || name.starts_with("nbd:")) {
    return fail(
        "the qcow2 disk is a difference to \"" + base::printable(name) + "\", which is not opened",
        {}, hint, ErrorCode::Unsupported);
  }
  auto file = siblings(name);
  if (!file) {
    return fail(
        "the qcow2 disk is a difference to \"" + base::printable(name) + "\": " + file.error().what,
        {}, hint, file.error().code);
  }
  VIGIL_TRY(Container container, open_container_at(std::move(*file), siblings, depth + 1));
  return container.disk;
}

}  // namespace

Result<SharedBytes> open_qcow2(SharedBytes file, const Siblings& siblings, int depth) {
  VIGIL_TRY(Header header, read_header(*file));
  const std::uint64_t per_table =
      (std::uint64_t{1} << header.cluster_bits) / (header.extended ? 16 : 8);
  const std::uint64_t clusters = (header.size >> header.cluster_bits) + 1;
  if (header.l1_entries * 8 > kMaximumL1Bytes || clusters / per_table * 8 > kMaximumL1Bytes) {
    return fail("qcow2: the disk is too large", {}, {}, ErrorCode::TooLarge);
  }
  // Entries that are missing read as zero, like clusters nobody wrote.
  VIGIL_TRY(std::string l1, file->take(header.l1_offset, header.l1_entries * 8));
  SharedBytes backing;
  if (!header.backing_name.empty()) {
    VIGIL_TRY(backing, open_backing(header.backing_name, siblings, depth));
  }
  return std::make_shared<Qcow2>(std::move(file), std::move(header), std::move(l1),
                                 std::move(backing));
}

}  // namespace vigil::tree::disk
