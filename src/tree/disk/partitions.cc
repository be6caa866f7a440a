#include "tree/disk/partitions.h"

#include <algorithm>
#include <optional>
#include <set>

#include "tree/disk/crc.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kSectorSizes[] = {512, 4096};
constexpr std::size_t kMaximumEntries = 4096;
constexpr std::size_t kMaximumLogical = 128;

/// A structure of sectors, as seen with sectors of a size.
struct Gpt {
  std::uint64_t sector = 512;
  std::string entries;
  std::uint32_t count = 0;
  std::uint32_t entry_size = 0;
};

Result<Gpt> read_gpt(const Bytes& disk, std::uint64_t sector, std::uint64_t at) {
  VIGIL_TRY(std::string header, disk.take(at, sector));
  const Fields fields(header);
  if (!header.starts_with("EFI PART")) return fail("no GPT", {}, {}, ErrorCode::NotFound);
  const std::uint32_t size = fields.le32(12);
  if (size < 92 || size > sector) return fail("the GPT's header has a wrong size");
  const std::uint32_t sum = fields.le32(16);
  std::string summed = header.substr(0, size);
  std::fill_n(summed.begin() + 16, 4, '\0');
  if (crc32(summed) != sum) return fail("the GPT's header has a wrong checksum");
  Gpt gpt;
  gpt.sector = sector;
  gpt.count = fields.le32(80);
  gpt.entry_size = fields.le32(84);
  const std::uint64_t first = fields.le64(72);
  if (gpt.entry_size < 128 || gpt.entry_size > 4096 || gpt.count > kMaximumEntries ||
      first > disk.size() / sector) {
    return fail("the GPT has too many or too large entries");
  }
  VIGIL_TRY(gpt.entries, disk.take(first * sector, std::uint64_t{gpt.count} * gpt.entry_size));
  if (crc32(gpt.entries) != fields.le32(88)) {
    return fail("the GPT's entries have a wrong checksum");
  }
  return gpt;
}

std::optional<Gpt> find_gpt(const Bytes& disk, Problems& problems) {
  for (const std::uint64_t sector : kSectorSizes) {
    auto gpt = read_gpt(disk, sector, sector);
    if (gpt) return std::move(*gpt);
    if (gpt.error().code == ErrorCode::NotFound) continue;
    problems.push_back({"partition table", gpt.error().what + ": its copy is read"});
  }
  for (const std::uint64_t sector : kSectorSizes) {
    if (disk.size() < sector * 2) continue;
    auto gpt = read_gpt(disk, sector, disk.size() / sector * sector - sector);
    if (gpt) return std::move(*gpt);
    if (gpt.error().code == ErrorCode::NotFound) continue;
    problems.push_back({"copy of the partition table", gpt.error().what});
  }
  return std::nullopt;
}

std::vector<Partition> partitions_of(const SharedBytes& disk, const Gpt& gpt) {
  std::vector<Partition> partitions;
  for (std::uint32_t i = 0; i < gpt.count; ++i) {
    const Fields entry = Fields(gpt.entries).from(std::size_t{i} * gpt.entry_size);
    const std::string type = guid_text(entry.bytes(0, 16));
    const std::uint64_t first = entry.le64(32);
    const std::uint64_t last = entry.le64(40);
    if (type == "00000000-0000-0000-0000-000000000000" || last < first ||
        last >= disk->size() / gpt.sector) {
      continue;
    }
    partitions.push_back({i + 1, type, guid_text(entry.bytes(16, 16)),
                          utf16_text(entry.bytes(56, 72)),
                          part_of(disk, first * gpt.sector, (last - first + 1) * gpt.sector)});
  }
  return partitions;
}

struct MbrEntry {
  std::uint8_t status = 0;
  std::uint8_t type = 0;
  std::uint64_t first = 0;  ///< sectors
  std::uint64_t count = 0;

  [[nodiscard]] bool is_extended() const { return type == 0x05 || type == 0x0f || type == 0x85; }
};

MbrEntry mbr_entry(std::string_view sector, std::size_t index) {
  const Fields fields = Fields(sector).from(446 + index * 16);
  return {fields.u8(0), fields.u8(4), fields.le32(8), fields.le32(12)};
}

class Mbr {
 public:
  Mbr(const SharedBytes& disk, const std::string& first, Problems& problems)
      : disk_(disk), problems_(problems) {
    identity_ = hex_number(Fields(first).le32(440)).substr(2);
    identity_.insert(0, 8 - identity_.size(), '0');
  }

  std::vector<Partition> read(const std::string& first) {
    for (std::size_t i = 0; i < 4; ++i) {
      const MbrEntry entry = mbr_entry(first, i);
      if (entry.type == 0 || entry.count == 0) continue;
      if (entry.is_extended()) {
        logical(entry.first);
      } else {
        add(static_cast<std::uint32_t>(i + 1), entry.type, entry.first, entry.count);
      }
    }
    std::sort(partitions_.begin(), partitions_.end(),
              [](const Partition& a, const Partition& b) { return a.number < b.number; });
    return std::move(partitions_);
  }

 private:
  void add(std::uint32_t number, std::uint8_t type, std::uint64_t first, std::uint64_t count) {
    std::string suffix = hex_number(number).substr(2);
    suffix.insert(0, suffix.size() < 2 ? 2 - suffix.size() : 0, '0');
    partitions_.push_back({number,
                           hex_number(type),
                           identity_ + "-" + suffix,
                           {},
                           part_of(disk_, first * 512, count * 512)});
  }

  /// A chain of sectors, each with one partition, relative to that sector, and the next one,
  /// relative to the first.
  void logical(std::uint64_t start) {
    std::set<std::uint64_t> seen;
    std::uint64_t at = start;
    while (seen.size() < kMaximumLogical && seen.insert(at).second) {
      const auto sector = disk_->take(at * 512, 512);
      if (!sector || Fields(*sector).le16(510) != 0xaa55) {
        problems_.push_back({"partition table", "the chain of logical partitions is damaged"});
        return;
      }
      const MbrEntry entry = mbr_entry(*sector, 0);
      if (entry.type != 0 && entry.count != 0)
        add(next_++, entry.type, at + entry.first, entry.count);
      const MbrEntry more = mbr_entry(*sector, 1);
      if (!more.is_extended() || more.count == 0) return;
      at = start + more.first;
    }
    problems_.push_back({"partition table", "the chain of logical partitions goes in circles"});
  }

  const SharedBytes& disk_;
  Problems& problems_;
  std::string identity_;
  std::vector<Partition> partitions_;
  std::uint32_t next_ = 5;
};

}  // namespace

bool has_gpt(const Bytes& disk) {
  for (const std::uint64_t sector : kSectorSizes) {
    const auto front = peek(disk, sector, 8);
    if (front && *front == "EFI PART") return true;
  }
  // Lost at the front: an MBR that protects one, and the copy at the end.
  const auto first = peek(disk, 0, 512);
  if (!first || Fields(*first).le16(510) != 0xaa55 || mbr_entry(*first, 0).type != 0xee) {
    return false;
  }
  return std::any_of(std::begin(kSectorSizes), std::end(kSectorSizes), [&](std::uint64_t sector) {
    if (disk.size() < sector * 2) return false;
    const auto back = peek(disk, disk.size() / sector * sector - sector, 8);
    return back && *back == "EFI PART";
  });
}

bool has_mbr(const Bytes& disk) {
  const auto first = peek(disk, 0, 512);
  if (!first || Fields(*first).le16(510) != 0xaa55) return false;
  bool any = false;
  for (std::size_t i = 0; i < 4; ++i) {
    const MbrEntry entry = mbr_entry(*first, i);
    if (entry.status != 0 && entry.status != 0x80) return false;
    if (entry.type == 0) continue;
    if (entry.first == 0 || entry.count == 0) return false;
    any = true;
  }
  return any;
}

std::vector<Partition> read_partitions(const SharedBytes& disk, Problems& problems) {
  if (has_gpt(*disk)) {
    if (const auto gpt = find_gpt(*disk, problems)) return partitions_of(disk, *gpt);
  }
  const auto first = peek(*disk, 0, 512);
  if (!first || !has_mbr(*disk)) return {};
  return Mbr(disk, *first, problems).read(*first);
}

}  // namespace vigil::tree::disk
