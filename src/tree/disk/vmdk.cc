// What: disks of VMware: one sparse file (monolithicSparse), the compressed form of OVA files and
//   cloud uploads (streamOptimized), and a descriptor that names its extents (monolithicFlat,
//   twoGbMaxExtentSparse, twoGbMaxExtentFlat, vmfs).
// References: VMware, Virtual Disk Format 5.0.
// Traps: a streamOptimized file written as a stream has no grain directory in its header (its place
//   is all ones): the true header is the footer, 1024 bytes before the end. There a grain is preceded
//   by a marker with its length; the table points at the marker. Descriptors name files: only bare
//   names beside the descriptor are opened.
// Not handled, refused by name: differences to another disk (parentCID), COWD and SESPARSE extents of
//   ESX snapshots, raw devices.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "tree/disk/block_cache.h"
#include "tree/disk/container.h"
#include "tree/disk/expand.h"
#include "tree/disk/fields.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kAtTheEnd = 0xffffffffffffffff;
/// Of a sector; 2^41 sectors are a petabyte, and keep sums of products in 64 bits.
constexpr std::uint64_t kMaximumSectors = std::uint64_t{1} << 41;
constexpr std::size_t kMaximumDirectory = std::size_t{64} << 20;
constexpr std::size_t kMaximumDescriptor = std::size_t{1} << 20;
constexpr std::size_t kTablesCached = std::size_t{4} << 20;
constexpr std::size_t kGrainsCached = std::size_t{8} << 20;

enum : std::uint32_t { kZeroedGrains = 4, kCompressed = 0x10000, kMarkers = 0x20000 };

tl::unexpected<Error> damaged(const char* what) {
  return fail(std::string("vmdk: ") + what);
}

tl::unexpected<Error> unsupported(std::string what) {
  return fail(std::move(what), {}, "convert it: qemu-img convert -O qcow2", ErrorCode::Unsupported);
}

struct Header {
  std::uint32_t flags = 0;
  std::uint64_t capacity = 0;  ///< sectors, as all below
  std::uint64_t grain = 0;
  std::uint64_t descriptor = 0;
  std::uint64_t descriptor_length = 0;
  std::uint64_t entries = 0;  ///< of a grain table
  std::uint64_t directory = 0;
};

Result<Header> parse_header(std::string_view bytes) {
  const Fields fields(bytes);
  Header header;
  if (fields.bytes(0, 4) != "KDMV") return damaged("no header");
  if (const std::uint32_t version = fields.le32(4); version < 1 || version > 3) {
    return unsupported("vmdk version " + std::to_string(version) + " is not read");
  }
  header.flags = fields.le32(8);
  header.capacity = fields.le64(12);
  header.grain = fields.le64(20);
  header.descriptor = fields.le64(28);
  header.descriptor_length = fields.le64(36);
  header.entries = fields.le32(44);
  header.directory = fields.le64(56);
  if (header.capacity > kMaximumSectors) return damaged("the capacity is too large");
  if (header.grain < 1 || header.grain > 4096 || (header.grain & (header.grain - 1)) != 0) {
    return damaged("the size of a grain is wrong");
  }
  if (header.entries < 1 || header.entries > 65536) {
    return damaged("the size of a grain table is wrong");
  }
  return header;
}

class SparseExtent final : public Bytes {
 public:
  SparseExtent(SharedBytes file, const Header& header, std::string directory)
      : file_(std::move(file)), header_(header), directory_(std::move(directory)) {}

  [[nodiscard]] std::uint64_t size() const override { return header_.capacity * kSector; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    const std::uint64_t grain_size = header_.grain * kSector;
    while (!buffer.empty()) {
      const std::uint64_t inside = offset % grain_size;
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), grain_size - inside));
      VIGIL_CHECK(read_grain(offset / grain_size, inside, buffer.first(count)));
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  Result<void> read_grain(std::uint64_t grain, std::uint64_t inside, std::span<char> buffer) const {
    const std::uint64_t table =
        Fields(directory_).le32(static_cast<std::size_t>(grain / header_.entries * 4));
    std::uint64_t place = 0;
    if (table != 0) {
      VIGIL_TRY(const BlockCache::Block entries, tables_.get(table, [&] {
        return file_->take(table * kSector, header_.entries * 4);
      }));
      place = Fields(*entries).le32(static_cast<std::size_t>(grain % header_.entries * 4));
    }
    if (place == 0 || (place == 1 && (header_.flags & kZeroedGrains) != 0)) {
      std::fill(buffer.begin(), buffer.end(), '\0');
      return ok();
    }
    if ((header_.flags & kCompressed) == 0) return file_->read(place * kSector + inside, buffer);
    VIGIL_TRY(const BlockCache::Block expanded,
              grains_.get(place, [&] { return expand(place * kSector); }));
    std::copy_n(expanded->begin() + static_cast<std::ptrdiff_t>(inside), buffer.size(),
                buffer.begin());
    return ok();
  }

  /// A marker (sector number, length) and a zlib stream. The last grain of a disk may be short.
  [[nodiscard]] Result<std::string> expand(std::uint64_t at) const {
    const auto size = static_cast<std::size_t>(header_.grain * kSector);
    VIGIL_TRY(const std::string marker, file_->take(at, 12));
    const std::uint64_t sector = Fields(marker).le64(0);
    const std::uint32_t length = Fields(marker).le32(8);
    VIGIL_TRY(const std::string packed, file_->take(at + 12, length, size * 2 + 1024));
    std::size_t whole = size;
    if (sector < header_.capacity && header_.capacity - sector < header_.grain) {
      whole = static_cast<std::size_t>((header_.capacity - sector) * kSector);
    }
    auto expanded = expand_zlib(packed, size);
    if (!expanded && whole < size) expanded = expand_zlib(packed, whole);
    if (expanded) expanded->resize(size);
    return expanded;
  }

  SharedBytes file_;
  Header header_;
  std::string directory_;
  mutable BlockCache tables_{kTablesCached};
  mutable BlockCache grains_{kGrainsCached};
};

Result<SharedBytes> open_sparse(SharedBytes file, const Header& first) {
  Header header = first;
  if (header.directory == kAtTheEnd) {
    if (file->size() < 1024 + 512) return damaged("there is no footer");
    VIGIL_TRY(const std::string footer, file->take(file->size() - 1024, 512));
    VIGIL_TRY(header, parse_header(footer));
  }
  const std::uint64_t covered = header.grain * header.entries;
  const std::uint64_t tables = (header.capacity + covered - 1) / covered;
  if (tables * 4 > kMaximumDirectory) return damaged("the disk is too large");
  if (header.directory > kMaximumSectors) return damaged("the place of the grain directory");
  VIGIL_TRY(std::string directory, file->take(header.directory * kSector, tables * 4));
  return std::make_shared<SparseExtent>(std::move(file), header, std::move(directory));
}

/// "RW 4192256 FLAT "disk-flat.vmdk" 0"
struct ExtentLine {
  std::uint64_t sectors = 0;
  std::string type;
  std::string name;
  std::uint64_t offset = 0;  ///< sectors
};

struct Descriptor {
  std::string type;
  bool is_difference = false;
  std::vector<ExtentLine> extents;
};

std::string_view unquoted(std::string_view text) {
  text = base::trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

Result<Descriptor> parse_descriptor(std::string_view text) {
  Descriptor descriptor;
  text = text.substr(0, text.find('\0'));
  while (const auto line = base::next_line(text)) {
    const std::string_view trimmed = base::trim(*line);
    if (trimmed.starts_with("RW ") || trimmed.starts_with("RDONLY ") ||
        trimmed.starts_with("NOACCESS ")) {
      const std::size_t quote = trimmed.find('"');
      const std::size_t end = trimmed.rfind('"');
      const auto words = base::words(trimmed.substr(0, quote));
      if (words.size() < 3) return damaged("an extent's line is damaged");
      ExtentLine extent;
      const auto sectors = base::parse_unsigned(words[1]);
      if (!sectors || *sectors > kMaximumSectors) return damaged("an extent's length");
      extent.sectors = *sectors;
      extent.type = words[2];
      if (quote != std::string_view::npos && end > quote) {
        extent.name = trimmed.substr(quote + 1, end - quote - 1);
        const auto rest = base::words(trimmed.substr(end + 1));
        if (!rest.empty()) extent.offset = base::parse_unsigned(rest[0]).value_or(0);
      }
      if (extent.offset > kMaximumSectors) return damaged("an extent's place");
      descriptor.extents.push_back(std::move(extent));
      continue;
    }
    const std::size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos || trimmed.starts_with('#')) continue;
    const std::string_view key = base::trim(trimmed.substr(0, equals));
    const std::string_view value = unquoted(trimmed.substr(equals + 1));
    if (key == "createType") descriptor.type = value;
    if (key == "parentCID") {
      descriptor.is_difference = !base::equals_ignoring_case(value, "ffffffff");
    }
  }
  if (descriptor.is_difference) {
    return unsupported("the vmdk disk is a difference to another one (a snapshot)");
  }
  return descriptor;
}

Result<SharedBytes> open_extent(const ExtentLine& line, const Siblings& siblings) {
  if (line.type == "ZERO")
    return std::make_shared<JoinedBytes>(0, std::vector<JoinedBytes::Piece>{});
  if (line.type != "SPARSE" && line.type != "FLAT" && line.type != "VMFS") {
    return unsupported("vmdk extents of type " + base::printable(line.type) + " are not read");
  }
  if (!siblings || line.name.empty() || line.name.find('/') != std::string::npos ||
      line.name.find('\0') != std::string::npos) {
    return unsupported("the vmdk disk lies in \"" + base::printable(line.name) +
                       "\", which is not opened");
  }
  auto file = siblings(line.name);
  if (!file) {
    return fail(
        "the vmdk disk lies in \"" + base::printable(line.name) + "\": " + file.error().what, {},
        "put it beside the descriptor", file.error().code);
  }
  if (line.type != "SPARSE") return *file;
  VIGIL_TRY(const std::string head, peek(**file, 0, 512));
  VIGIL_TRY(const Header header, parse_header(head));
  return open_sparse(std::move(*file), header);
}

Result<SharedBytes> open_described(std::string_view text, const Siblings& siblings) {
  VIGIL_TRY(const Descriptor descriptor, parse_descriptor(text));
  if (descriptor.extents.empty()) return damaged("the descriptor names no extent");
  if (descriptor.extents.size() > 4096) return damaged("too many extents");
  std::vector<JoinedBytes::Piece> pieces;
  std::uint64_t at = 0;
  for (const ExtentLine& line : descriptor.extents) {
    const std::uint64_t length = line.sectors * kSector;
    VIGIL_TRY(SharedBytes source, open_extent(line, siblings));
    if (line.type != "ZERO")
      pieces.push_back({at, length, std::move(source), line.offset * kSector});
    at += length;
  }
  return std::make_shared<JoinedBytes>(at, std::move(pieces));
}

}  // namespace

Result<SharedBytes> open_vmdk(SharedBytes file, const Siblings& siblings) {
  VIGIL_TRY(const std::string head, peek(*file, 0, 512));
  if (head.starts_with("COWD")) return unsupported("vmdk extents of type COWD are not read");
  if (!head.starts_with("KDMV")) {
    VIGIL_TRY(const std::string text, file->take(0, file->size(), kMaximumDescriptor));
    return open_described(text, siblings);
  }
  VIGIL_TRY(const Header header, parse_header(head));
  if (header.descriptor != 0 && header.descriptor_length != 0) {
    if (header.descriptor > kMaximumSectors || header.descriptor_length > kMaximumSectors) {
      return damaged("the place of the descriptor");
    }
    VIGIL_TRY(const std::string text,
              file->take(header.descriptor * kSector, header.descriptor_length * kSector,
                         kMaximumDescriptor));
    VIGIL_CHECK(parse_descriptor(text));
  }
  return open_sparse(std::move(file), header);
}

}  // namespace vigil::tree::disk
