// What: disks of newer Hyper-V: fixed and dynamic VHDX.
// References: Microsoft, [MS-VHDX] Virtual Hard Disk v2 File Format.
// Traps: two headers, of which the valid one with the higher sequence number counts; a log that was
//   not emptied means that the metadata on the disk may be old. The block allocation table has an
//   entry for a bitmap after each `chunk ratio` entries of blocks.
// Not handled, refused by name: differencing disks, a log that must be replayed.
#include <algorithm>
#include <optional>
#include <utility>

#include "tree/disk/container.h"
#include "tree/disk/crc.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kMaximumSize = std::uint64_t{64} << 40;  // of the specification
constexpr std::size_t kMaximumTable = std::size_t{256} << 20;

constexpr std::string_view kAllocationTable = "2dc27766-f623-4200-9d64-115e9bfd4a08";
constexpr std::string_view kMetadata = "8b7ca206-4790-4b9a-b8fe-575f050f886e";
constexpr std::string_view kFileParameters = "caa16737-fa36-4d43-b3b6-33f0aa44e76b";
constexpr std::string_view kDiskSize = "2fa54224-cd1b-4876-b211-5dbed83bf4b8";
constexpr std::string_view kLogicalSector = "8141bf1d-a96f-4709-ba47-f233a8faab5f";
constexpr std::string_view kKnownItems[] = {
    kFileParameters,
    kDiskSize,
    kLogicalSector,
    "beca12ab-b2e6-4523-93ef-c309e000c746",  // the disk's identity
    "cda348c7-445d-4471-9cc9-e9885251c556",  // physical sector size
    "a8d35f2d-b30b-454d-abf7-d3d84834ab0c",  // parent locator
};

/// CRC-32C with the sum's own four bytes taken as zero.
bool checksum_holds(std::string bytes) {
  const std::uint32_t stored = Fields(bytes).le32(4);
  std::fill_n(bytes.begin() + 4, 4, '\0');
  return ~crc32c(0xffffffff, bytes) == stored;
}

Result<void> check_log(const Bytes& file) {
  std::optional<std::string> current;
  for (const std::uint64_t at : {std::uint64_t{64} << 10, std::uint64_t{128} << 10}) {
    auto header = file.take(at, 4096);
    if (!header || !header->starts_with("head") || !checksum_holds(*header)) continue;
    if (!current || Fields(*header).le64(8) > Fields(*current).le64(8))
      current = std::move(*header);
  }
  if (!current) return fail("vhdx: both headers are damaged");
  const std::string_view log = Fields(*current).bytes(48, 16);
  if (std::any_of(log.begin(), log.end(), [](char c) { return c != 0; })) {
    return fail("the vhdx disk was not closed cleanly: its log must be replayed", {},
                "qemu-img check -r all, or attach it once", ErrorCode::Unsupported);
  }
  return ok();
}

struct Region {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

struct Regions {
  Region table;
  Region metadata;
};

Result<Regions> read_regions(const Bytes& file) {
  for (const std::uint64_t at : {std::uint64_t{192} << 10, std::uint64_t{256} << 10}) {
    const auto bytes = file.take(at, 65536);
    if (!bytes || !bytes->starts_with("regi") || !checksum_holds(*bytes)) continue;
    const Fields fields(*bytes);
    Regions regions;
    const std::uint32_t count = std::min<std::uint32_t>(fields.le32(8), 2047);
    for (std::uint32_t i = 0; i < count; ++i) {
      const Fields entry = fields.from(16 + std::size_t{i} * 32);
      const std::string id = guid_text(entry.bytes(0, 16));
      const Region region{entry.le64(16), entry.le32(24)};
      if (id == kAllocationTable) {
        regions.table = region;
      } else if (id == kMetadata) {
        regions.metadata = region;
      } else if ((entry.le32(28) & 1) != 0) {
        return fail("vhdx: the required region " + id + " is not known", {}, {},
                    ErrorCode::Unsupported);
      }
    }
    return regions;
  }
  return fail("vhdx: both region tables are damaged");
}

struct Parameters {
  std::uint64_t block = 0;
  std::uint64_t size = 0;
  std::uint64_t sector = 0;
};

Result<Parameters> read_parameters(const Bytes& file, const Region& region) {
  VIGIL_TRY(const std::string bytes, file.take(region.offset, 65536));
  if (!bytes.starts_with("metadata")) return fail("vhdx: the metadata is damaged");
  const Fields fields(bytes);
  Parameters parameters;
  const std::uint32_t count = std::min<std::uint32_t>(fields.le16(10), 2047);
  for (std::uint32_t i = 0; i < count; ++i) {
    const Fields entry = fields.from(32 + std::size_t{i} * 32);
    const std::string id = guid_text(entry.bytes(0, 16));
    const bool required = (entry.le32(24) & 4) != 0;
    if (required &&
        std::find(std::begin(kKnownItems), std::end(kKnownItems), id) == std::end(kKnownItems)) {
      return fail("vhdx: the required item " + id + " is not known", {}, {},
                  ErrorCode::Unsupported);
    }
    VIGIL_TRY(const std::string value, peek(file, region.offset + entry.le32(16), 8));
    if (id == kDiskSize) parameters.size = Fields(value).le64(0);
    if (id == kLogicalSector) parameters.sector = Fields(value).le32(0);
    if (id != kFileParameters) continue;
    parameters.block = Fields(value).le32(0);
    if ((Fields(value).le32(4) & 2) != 0) {
      return fail("the vhdx disk is a difference to another one", {}, "merge it with its parent",
                  ErrorCode::Unsupported);
    }
  }
  const std::uint64_t block = parameters.block;
  if (block < (1U << 20) || block > (1U << 28) || (block & (block - 1)) != 0 ||
      (parameters.sector != 512 && parameters.sector != 4096) || parameters.size > kMaximumSize) {
    return fail("vhdx: the disk's parameters are damaged");
  }
  return parameters;
}

class Vhdx final : public Bytes {
 public:
  Vhdx(SharedBytes file, const Parameters& parameters, std::string table)
      : file_(std::move(file)), parameters_(parameters), table_(std::move(table)) {}

  [[nodiscard]] std::uint64_t size() const override { return parameters_.size; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    while (!buffer.empty()) {
      const std::uint64_t inside = offset % parameters_.block;
      const auto count = static_cast<std::size_t>(
          std::min<std::uint64_t>(buffer.size(), parameters_.block - inside));
      VIGIL_CHECK(read_block(offset / parameters_.block, inside, buffer.first(count)));
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  Result<void> read_block(std::uint64_t block, std::uint64_t inside, std::span<char> buffer) const {
    const std::uint64_t ratio = (std::uint64_t{1} << 23) * parameters_.sector / parameters_.block;
    const std::uint64_t entry =
        Fields(table_).le64(static_cast<std::size_t>((block + block / ratio) * 8));
    switch (entry & 7) {
      case 0:  // not present
      case 1:  // undefined
      case 2:  // zero
      case 3:  // unmapped
        std::fill(buffer.begin(), buffer.end(), '\0');
        return ok();
      case 6:
        return file_->read((entry >> 20 << 20) + inside, buffer);
      default:
        return fail("vhdx: a block's state is " + std::to_string(entry & 7));
    }
  }

  SharedBytes file_;
  Parameters parameters_;
  std::string table_;
};

}  // namespace

Result<SharedBytes> open_vhdx(SharedBytes file) {
  VIGIL_CHECK(check_log(*file));
  VIGIL_TRY(const Regions regions, read_regions(*file));
  VIGIL_TRY(const Parameters parameters, read_parameters(*file, regions.metadata));
  const std::uint64_t ratio = (std::uint64_t{1} << 23) * parameters.sector / parameters.block;
  const std::uint64_t blocks = (parameters.size + parameters.block - 1) / parameters.block;
  const std::uint64_t entries = blocks == 0 ? 0 : blocks + (blocks - 1) / ratio;
  if (entries * 8 > regions.table.length) return fail("vhdx: the allocation table is too short");
  VIGIL_TRY(std::string table, file->take(regions.table.offset, entries * 8, kMaximumTable));
  return std::make_shared<Vhdx>(std::move(file), parameters, std::move(table));
}

}  // namespace vigil::tree::disk
