#include "intel/snapshot.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "base/text.h"
#include "base/time.h"
#include "intel/checksum.h"
#include "intel/codec.h"
#include "intel/identity.h"
#include "intel/record.h"
#include "intel/source_list.h"
#include "intel/verified.h"

namespace vigil::intel {
namespace {

constexpr double kEpssUnit = 1e5;

/// The bytes of a section as an array; nothing if it lies outside the file or is not whole.
template <typename T>
std::optional<std::span<const T>> array_of(std::string_view file,
                                           const layout::SectionEntry& entry) {
  if (entry.offset > file.size() || entry.size > file.size() - entry.offset ||
      entry.offset % 8 != 0 || entry.size % sizeof(T) != 0) {
    return std::nullopt;
  }
  return std::span(reinterpret_cast<const T*>(file.data() + entry.offset), entry.size / sizeof(T));
}

template <typename T>
bool assign(std::span<const T>& target, std::string_view file, const layout::SectionEntry& entry) {
  const auto array = array_of<T>(file, entry);
  if (array) target = *array;
  return array.has_value();
}

/// What Header::checksum should be. Piece by piece, so that a scan's
/// memory stays that of its answers; and of the file that is mapped, not of its name, which may
/// already belong to a newer snapshot.
std::uint64_t checksum_of(const base::MappedFile& file, const layout::Header& header) {
  constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
  base::Xxh3 hash;
  const std::string_view bytes = file.bytes();
  for (std::size_t at = sizeof(layout::Header); at < bytes.size(); at += kPieceBytes) {
    hash.update(bytes.substr(at, kPieceBytes));
    file.forget(at, kPieceBytes);
  }
  return snapshot_checksum(hash, header);
}

}  // namespace

bool Advisory::affects(std::string_view key) const {
  if (row_->low_key != 0 && key < low_key()) return false;
  return !ends_below(key);
}

bool Advisory::ends_below(std::string_view key) const {
  if (row_->high_key == 0) return false;
  const int order = key.compare(high_key());
  return order > 0 || (order == 0 && !high_inclusive());
}

model::FixState Advisory::state() const {
  return static_cast<model::FixState>(row_->state % 7);
}
std::string_view Advisory::low_key() const {
  return snapshot_->text(row_->low_key);
}
std::string_view Advisory::high_key() const {
  return snapshot_->text(row_->high_key);
}
std::string_view Advisory::fixed_version() const {
  return snapshot_->text(row_->fixed_version);
}
std::string_view Advisory::vendor_severity() const {
  return snapshot_->text(row_->vendor_severity);
}
std::string_view Advisory::advisory() const {
  return snapshot_->text(row_->advisory);
}
std::string_view Advisory::note() const {
  return snapshot_->text(row_->note);
}
Qualifier Advisory::qualifier() const {
  return decode_qualifier(snapshot_->text(row_->qualifier));
}
std::string_view Advisory::feed() const {
  const std::size_t index = row_->source;
  return index < snapshot_->feeds_.size() ? std::string_view(snapshot_->feeds_[index])
                                          : std::string_view();
}

Result<Snapshot> Snapshot::open(const std::string& path) {
  VIGIL_TRY(base::MappedFile file, base::MappedFile::open(path));
  Snapshot snapshot(std::move(file));
  const std::string_view bytes = snapshot.file_.bytes();
  layout::Header& header = snapshot.header_;
  constexpr std::string_view kRebuild = "build it again with `vigil intel update`";
  // The format comes first in the header so that another version is recognised whatever follows.
  if (bytes.size() < 16 || std::memcmp(bytes.data(), layout::kMagic.data(), 8) != 0) {
    return fail("not a snapshot of vulnerability intelligence", path, std::string(kRebuild));
  }
  std::uint32_t format = 0;
  std::memcpy(&format, bytes.data() + 8, sizeof format);
  if (format != layout::kSnapshotFormat) {
    return fail("the snapshot has format " + std::to_string(format) +
                    ", this program reads format " + std::to_string(layout::kSnapshotFormat),
                path, std::string(kRebuild), ErrorCode::Unsupported);
  }
  if (bytes.size() < sizeof header)
    return fail("the snapshot is cut short", path, std::string(kRebuild));
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.file_size != bytes.size() || header.section_count != layout::kSectionCount) {
    return fail("the snapshot is cut short", path, std::string(kRebuild));
  }
  if (!is_known_good(path, header.checksum)) {
    if (checksum_of(snapshot.file_, header) != header.checksum) {
      return fail("the snapshot is damaged: its checksum does not fit", path,
                  std::string(kRebuild));
    }
    remember_good(path, header.checksum);
  }

  const auto& sections = header.sections;
  std::span<const char> texts;
  std::span<const char> records;
  std::span<const char> sources;
  const bool whole = assign(texts, bytes, sections[layout::kTexts]) &&
                     assign(snapshot.ecosystems_, bytes, sections[layout::kEcosystems]) &&
                     assign(snapshot.packages_, bytes, sections[layout::kPackages]) &&
                     assign(snapshot.package_hash_, bytes, sections[layout::kPackageHash]) &&
                     assign(snapshot.rows_, bytes, sections[layout::kRows]) &&
                     assign(snapshot.vulnerabilities_, bytes, sections[layout::kVulnerabilities]) &&
                     assign(snapshot.aliases_, bytes, sections[layout::kAliases]) &&
                     assign(records, bytes, sections[layout::kRecords]) &&
                     assign(snapshot.epss_, bytes, sections[layout::kEpss]) &&
                     assign(sources, bytes, sections[layout::kSources]);
  const std::size_t slots = snapshot.package_hash_.size();
  if (!whole || (slots & (slots - 1)) != 0) {
    return fail("the snapshot is damaged: a section lies outside the file", path,
                std::string(kRebuild));
  }
  snapshot.texts_ = {texts.data(), texts.size()};
  snapshot.records_ = {records.data(), records.size()};
  VIGIL_TRY(SourceList list, decode_source_list({sources.data(), sources.size()}));
  snapshot.sources_ = std::move(list.sources);
  snapshot.feeds_ = std::move(list.feeds);
  snapshot.epss_date_ = std::move(list.epss_date);
  return snapshot;
}

std::string_view Snapshot::long_text(std::uint32_t offset) const {
  Decoder in(texts_.substr(offset));
  return in.text();
}

std::string_view Snapshot::ecosystem_name(std::uint32_t index) const {
  return index < ecosystems_.size() ? text(ecosystems_[index].name) : std::string_view();
}

std::span<const layout::Row> Snapshot::rows_of(const layout::Package& package) const {
  if (package.first_row > rows_.size() || package.row_count > rows_.size() - package.first_row) {
    return {};
  }
  return rows_.subspan(package.first_row, package.row_count);
}

Advisories Snapshot::advisories(std::string_view ecosystem, std::string_view package) const {
  const std::size_t slots = package_hash_.size();
  if (slots == 0) return {};
  std::size_t slot = base::xxh3_64(package, base::xxh3_64(ecosystem)) & (slots - 1);
  for (std::size_t probes = 0; probes < slots; ++probes, slot = (slot + 1) & (slots - 1)) {
    const std::uint32_t entry = package_hash_[slot];
    if (entry == 0 || entry > packages_.size()) return {};
    const layout::Package& candidate = packages_[entry - 1];
    if (text(candidate.name) == package && ecosystem_name(candidate.ecosystem) == ecosystem) {
      return {*this, rows_of(candidate)};
    }
  }
  return {};
}

bool Snapshot::covers(std::string_view ecosystem) const {
  return std::any_of(ecosystems_.begin(), ecosystems_.end(),
                     [&](const layout::Ecosystem& known) { return text(known.name) == ecosystem; });
}

std::string_view Snapshot::vulnerability_id(std::uint32_t index) const {
  return index < vulnerabilities_.size() ? text(vulnerabilities_[index].id) : std::string_view();
}

Result<model::Vulnerability> Snapshot::vulnerability(std::uint32_t index) const {
  if (index >= vulnerabilities_.size()) {
    return fail("there is no vulnerability " + std::to_string(index), {}, {}, ErrorCode::NotFound);
  }
  const layout::Vulnerability& entry = vulnerabilities_[index];
  if (entry.record > records_.size()) return fail("the snapshot is damaged");
  Decoder in(records_.substr(entry.record, entry.record_size));
  VIGIL_TRY(model::Vulnerability vulnerability, decode_vulnerability(in));
  vulnerability.id = text(entry.id);
  vulnerability.epss = epss(vulnerability.id);
  return vulnerability;
}

std::vector<std::uint32_t> Snapshot::find(std::string_view id) const {
  std::vector<std::uint32_t> found;
  const auto look = [&](std::string_view wanted) {
    const auto at =
        std::lower_bound(vulnerabilities_.begin(), vulnerabilities_.end(), wanted,
                         [&](const layout::Vulnerability& entry, std::string_view value) {
                           return text(entry.id) < value;
                         });
    if (at != vulnerabilities_.end() && text(at->id) == wanted) {
      found.push_back(static_cast<std::uint32_t>(at - vulnerabilities_.begin()));
    }
    auto alias = std::lower_bound(aliases_.begin(), aliases_.end(), wanted,
                                  [&](const layout::Alias& entry, std::string_view value) {
                                    return text(entry.alias) < value;
                                  });
    for (; alias != aliases_.end() && text(alias->alias) == wanted; ++alias) {
      if (alias->vulnerability < vulnerabilities_.size()) found.push_back(alias->vulnerability);
    }
  };
  look(id);
  if (found.empty()) look(base::upper(id));
  if (found.empty() && base::equals_ignoring_case(id.substr(0, 5), "GHSA-")) {
    look("GHSA-" + base::lower(id.substr(5)));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<model::Epss> Snapshot::epss(std::string_view cve) const {
  const auto number = cve_number(cve);
  if (!number) return std::nullopt;
  const auto at = std::lower_bound(
      epss_.begin(), epss_.end(), *number,
      [](const layout::Epss& entry, std::uint64_t value) { return entry.cve < value; });
  if (at == epss_.end() || at->cve != *number) return std::nullopt;
  return model::Epss{at->score / kEpssUnit, at->percentile / kEpssUnit, epss_date_};
}

std::vector<Snapshot::EcosystemCount> Snapshot::ecosystems() const {
  std::vector<EcosystemCount> counts;
  counts.reserve(ecosystems_.size());
  for (const layout::Ecosystem& entry : ecosystems_) {
    counts.push_back({text(entry.name), entry.package_count, entry.row_count});
  }
  return counts;
}

Snapshot::PackageEntry Snapshot::package(std::size_t index) const {
  const layout::Package& entry = packages_[index];
  return {
      ecosystem_name(entry.ecosystem), text(entry.name), entry.content, {*this, rows_of(entry)}};
}

std::string Snapshot::stamp() const {
  std::string id(16, '0');
  std::uint64_t rest = header_.content_id;
  for (std::size_t at = id.size(); rest != 0; rest >>= 4U)
    id[--at] = "0123456789abcdef"[rest & 15U];
  return base::format_time(header_.created) + "-" + id;
}

std::vector<PackageKey> changed_packages(const Snapshot& before, const Snapshot& after) {
  std::vector<PackageKey> changed;
  std::size_t i = 0;
  std::size_t k = 0;
  while (i < before.package_count() || k < after.package_count()) {
    const auto key = [](const Snapshot::PackageEntry& entry) {
      return std::pair(entry.ecosystem, entry.name);
    };
    const bool old_left = i < before.package_count();
    const bool new_left = k < after.package_count();
    const Snapshot::PackageEntry old_entry =
        old_left ? before.package(i) : Snapshot::PackageEntry{};
    const Snapshot::PackageEntry new_entry = new_left ? after.package(k) : Snapshot::PackageEntry{};
    const bool take_old = old_left && (!new_left || key(old_entry) <= key(new_entry));
    const bool take_new = new_left && (!old_left || key(new_entry) <= key(old_entry));
    const bool same = take_old && take_new && old_entry.content == new_entry.content;
    if (!same) {
      const Snapshot::PackageEntry& entry = take_new ? new_entry : old_entry;
      changed.push_back({std::string(entry.ecosystem), std::string(entry.name)});
    }
    i += take_old ? 1 : 0;
    k += take_new ? 1 : 0;
  }
  return changed;
}

std::optional<std::uint64_t> cve_number(std::string_view id) {
  if (!is_cve(id)) return std::nullopt;
  const auto year = base::parse_unsigned(id.substr(4, 4));
  const auto number = base::parse_unsigned(id.substr(9));
  if (!year || !number || *number >= (std::uint64_t{1} << 40)) return std::nullopt;
  return (*year << 40) | *number;
}

}  // namespace vigil::intel
