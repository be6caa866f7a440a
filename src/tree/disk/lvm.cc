#include "tree/disk/lvm.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "tree/disk/crc.h"
#include "tree/disk/fields.h"
#include "tree/disk/lvm_text.h"

namespace vigil::tree::disk {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::size_t kMaximumMetadata = std::size_t{32} << 20;
constexpr std::uint64_t kMaximumSectors = std::uint64_t{1} << 50;
constexpr std::size_t kMaximumSegments = 100'000;
/// Of a group, counting a volume as often as others are made of it.
constexpr std::uint64_t kMaximumAllSegments = 2'000'000;
constexpr std::uint32_t kInitialSum = 0xf597a6cf;
/// Images of RAID volumes lie in volumes of their own, those of mirrored caches deeper.
constexpr int kMaximumNesting = 4;

/// The label lies in one of the first four sectors.
std::optional<std::string> find_label(const Bytes& bytes) {
  const auto head = peek(bytes, 0, 4 * kSector);
  if (!head) return std::nullopt;
  for (std::size_t at = 0; at < 4 * kSector; at += kSector) {
    const std::string_view sector = std::string_view(*head).substr(at, kSector);
    if (sector.starts_with("LABELONE") && Fields(sector).bytes(24, 8) == "LVM2 001") {
      return std::string(sector);
    }
  }
  return std::nullopt;
}

struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// What a label leads to.
struct PhysicalVolume {
  std::string id;  ///< 32 characters
  SharedBytes bytes;
  std::vector<Extent> metadata;
};

PhysicalVolume read_physical_volume(const SharedBytes& bytes, const std::string& label) {
  const Fields header = Fields(label).from(Fields(label).le32(20));
  PhysicalVolume volume{std::string(header.bytes(0, 32)), bytes, {}};
  // Two lists, each ended by an empty extent: the data areas, then the metadata areas.
  int list = 0;
  for (std::size_t at = 40; at + 16 <= header.size() && list < 2; at += 16) {
    const Extent extent{header.le64(at), header.le64(at + 8)};
    if (extent.offset == 0) {
      ++list;
    } else if (list == 1) {
      volume.metadata.push_back(extent);
    }
  }
  return volume;
}

/// The text in a metadata area, a ring behind its header of 512 bytes. Empty if there is none, as in
/// the areas of a volume that is in no group yet.
Result<std::string> read_metadata(const Bytes& bytes, const Extent& area) {
  VIGIL_TRY(const std::string header, bytes.take(area.offset, kSector));
  const Fields fields(header);
  if (fields.bytes(4, 16) != " LVM2 x[5A%r0N*>") {
    return fail("the metadata area has no header");
  }
  if (crc32_seeded(kInitialSum, std::string_view(header).substr(4)) != fields.le32(0)) {
    return fail("the metadata area's header has a wrong checksum");
  }
  const std::uint64_t start = fields.le64(24);
  const std::uint64_t ring = fields.le64(32);
  const std::uint64_t offset = fields.le64(40);
  const std::uint64_t length = fields.le64(48);
  if (offset == 0 || length == 0) return std::string();
  if (offset < kSector || offset >= ring || length > ring || length > kMaximumMetadata) {
    return fail("the metadata lies outside its area");
  }
  const std::uint64_t first = std::min(length, ring - offset);
  VIGIL_CHECK(check_inside(bytes, start, offset));
  VIGIL_TRY(std::string text, bytes.take(start + offset, first));
  VIGIL_TRY(const std::string rest, bytes.take(start + kSector, length - first));
  text += rest;
  if (crc32_seeded(kInitialSum, text) != fields.le32(56)) {
    return fail("the metadata has a wrong checksum");
  }
  return text;
}

/// Chunks of several sources in turn.
class StripedBytes final : public Bytes {
 public:
  struct Source {
    SharedBytes bytes;
    std::uint64_t offset = 0;
  };
  StripedBytes(std::uint64_t size, std::uint64_t chunk, std::vector<Source> sources)
      : size_(size), chunk_(chunk), sources_(std::move(sources)) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    while (!buffer.empty()) {
      const std::uint64_t number = offset / chunk_;
      const std::uint64_t inside = offset % chunk_;
      const auto count =
          static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), chunk_ - inside));
      const Source& source = sources_[static_cast<std::size_t>(number % sources_.size())];
      const std::uint64_t at = source.offset + number / sources_.size() * chunk_ + inside;
      VIGIL_CHECK(source.bytes->read(at, buffer.first(count)));
      offset += count;
      buffer = buffer.subspan(count);
    }
    return ok();
  }

 private:
  std::uint64_t size_;
  std::uint64_t chunk_;
  std::vector<Source> sources_;
};

class Group {
 public:
  Group(std::string name, const LvmSection& section,
        const std::map<std::string, SharedBytes>& physical, Problems& problems)
      : name_(std::move(name)),
        section_(section),
        physical_(physical),
        problems_(problems),
        extent_(section.number("extent_size").value_or(0)) {}

  void read(std::vector<LogicalVolume>& out) {
    if (extent_ == 0 || extent_ > (std::uint64_t{1} << 32)) {
      problems_.push_back({"volume group " + base::printable(name_), "its extents have no size"});
      return;
    }
    for (const auto& [name, volume] : section_.section("logical_volumes").sections) {
      // Parts of others (images of mirrors, data of pools) are no volumes anybody uses.
      const auto& status = volume.list("status");
      if (std::find(status.begin(), status.end(), "VISIBLE") == status.end()) continue;
      auto bytes = open(name, 0);
      if (bytes) {
        out.push_back({name_, name, std::move(*bytes)});
      } else {
        problems_.push_back(
            {"logical volume " + base::printable(name_ + "/" + name), bytes.error().what});
      }
    }
  }

 private:
  Result<SharedBytes> open(const std::string& name, int depth) {
    if (depth > kMaximumNesting) return fail("volumes lie too deep inside each other");
    const auto found = section_.section("logical_volumes").sections.find(name);
    if (found == section_.section("logical_volumes").sections.end()) {
      return fail("its part " + base::printable(name) + " is missing");
    }
    const LvmSection& volume = found->second;
    const std::uint64_t count = volume.number("segment_count").value_or(0);
    if (count == 0 || count > kMaximumSegments) return fail("the number of segments is wrong");
    std::vector<JoinedBytes::Piece> pieces;
    std::uint64_t end = 0;
    for (std::uint64_t i = 1; i <= count; ++i) {
      if (segments_left_ == 0) {
        return fail("there are too many segments", {}, {}, ErrorCode::TooLarge);
      }
      --segments_left_;
      const LvmSection& segment = volume.section("segment" + std::to_string(i));
      VIGIL_TRY(const std::uint64_t segment_end, add(segment, depth, pieces));
      end = std::max(end, segment_end);
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const auto& a, const auto& b) { return a.at < b.at; });
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      if (pieces[i - 1].at + pieces[i - 1].length > pieces[i].at) return fail("segments overlap");
    }
    return std::make_shared<JoinedBytes>(end, std::move(pieces));
  }

  /// Gives the byte after the segment.
  Result<std::uint64_t> add(const LvmSection& segment, int depth,
                            std::vector<JoinedBytes::Piece>& pieces) {
    const std::uint64_t first = segment.number("start_extent").value_or(0);
    const std::uint64_t count = segment.number("extent_count").value_or(0);
    if (first > kMaximumSectors / extent_ || count > kMaximumSectors / extent_) {
      return fail("a segment is too long");
    }
    const std::uint64_t at = first * extent_ * kSector;
    const std::uint64_t length = count * extent_ * kSector;
    const std::string_view type = segment.text("type");
    if (type == "striped" || type == "linear") {
      VIGIL_CHECK(add_stripes(segment, at, length, depth, pieces));
    } else if (type == "raid1" || type == "mirror") {
      // Pairs: of RAID the volume with its state and that with its data, of a mirror the volume and
      // its first extent. The first image serves.
      const auto& images = segment.list(type == "raid1" ? "raids" : "mirrors");
      const std::size_t index = type == "raid1" ? 1 : 0;
      if (images.size() <= index) return fail("a mirror without images");
      VIGIL_TRY(SharedBytes image, open(images[index], depth + 1));
      pieces.push_back({at, length, std::move(image), type == "raid1" ? at : 0});
    } else if (type == "zero" || type == "error") {
      // Nothing is there to read.
    } else {
      return fail("segments of type \"" + base::printable(type) + "\" are not read");
    }
    return at + length;
  }

  Result<void> add_stripes(const LvmSection& segment, std::uint64_t at, std::uint64_t length,
                           int depth, std::vector<JoinedBytes::Piece>& pieces) {
    const auto& stripes = segment.list("stripes");
    const std::uint64_t count = segment.number("stripe_count").value_or(1);
    if (count == 0 || stripes.size() != count * 2) return fail("a segment's stripes are damaged");
    const std::uint64_t chunk =
        count == 1 ? length : segment.number("stripe_size").value_or(0) * kSector;
    if (length == 0) return ok();
    if (chunk == 0) return fail("stripes have no size");
    std::vector<StripedBytes::Source> sources;
    for (std::size_t i = 0; i < stripes.size(); i += 2) {
      const auto extent = base::parse_unsigned(stripes[i + 1]);
      if (!extent || *extent > kMaximumSectors / extent_) return fail("a stripe's place is wrong");
      VIGIL_TRY(auto source, source_of(stripes[i], depth));
      sources.push_back({std::move(source.first), source.second + *extent * extent_ * kSector});
    }
    if (sources.size() == 1) {
      pieces.push_back({at, length, sources[0].bytes, sources[0].offset});
    } else {
      pieces.push_back(
          {at, length, std::make_shared<StripedBytes>(length, chunk, std::move(sources)), 0});
    }
    return ok();
  }

  /// A physical volume and where its first extent begins, or another logical volume.
  Result<std::pair<SharedBytes, std::uint64_t>> source_of(const std::string& name, int depth) {
    const auto& volumes = section_.section("physical_volumes").sections;
    const auto found = volumes.find(name);
    if (found == volumes.end()) {
      VIGIL_TRY(SharedBytes inner, open(name, depth + 1));
      return std::pair(std::move(inner), std::uint64_t{0});
    }
    const std::string id = base::replace_all(std::string(found->second.text("id")), "-", "");
    const auto bytes = physical_.find(id);
    if (bytes == physical_.end()) {
      return fail("the physical volume " + base::printable(found->second.text("id")) +
                  " is on none of the given disks");
    }
    const std::uint64_t start = found->second.number("pe_start").value_or(0);
    if (start > kMaximumSectors) return fail("a physical volume's first extent is wrong");
    return std::pair(bytes->second, start * kSector);
  }

  std::string name_;
  const LvmSection& section_;
  const std::map<std::string, SharedBytes>& physical_;
  Problems& problems_;
  std::uint64_t extent_;  ///< sectors
  std::uint64_t segments_left_ = kMaximumAllSegments;
};

struct Metadata {
  std::string name;
  std::uint64_t sequence = 0;
  LvmSection section;
};

}  // namespace

bool is_physical_volume(const Bytes& bytes) {
  return find_label(bytes).has_value();
}

std::vector<LogicalVolume> read_logical_volumes(const std::vector<SharedBytes>& places,
                                                Problems& problems) {
  std::map<std::string, SharedBytes> physical;
  std::map<std::string, Metadata> groups;  // by the group's id
  for (const SharedBytes& place : places) {
    const auto label = find_label(*place);
    if (!label) continue;
    const PhysicalVolume volume = read_physical_volume(place, *label);
    physical.emplace(volume.id, volume.bytes);
    for (const Extent& area : volume.metadata) {
      auto text = read_metadata(*place, area);
      auto parsed = text ? parse_lvm_text(*text) : fail(std::move(text).error());
      if (!parsed) {
        problems.push_back(
            {"LVM physical volume " + base::printable(volume.id), parsed.error().what});
        continue;
      }
      for (auto& [name, section] : parsed->sections) {
        if (section.text("id").empty()) continue;
        const std::uint64_t sequence = section.number("seqno").value_or(0);
        Metadata& known = groups[std::string(section.text("id"))];
        if (known.name.empty() || sequence > known.sequence) {
          known = {name, sequence, std::move(section)};
        }
      }
    }
  }
  std::vector<LogicalVolume> volumes;
  for (const auto& [id, group] : groups) {
    Group(group.name, group.section, physical, problems).read(volumes);
  }
  std::stable_sort(volumes.begin(), volumes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.group, a.name) < std::pair(b.group, b.name);
  });
  return volumes;
}

}  // namespace vigil::tree::disk
