// Compiled intelligence: an immutable, memory-mapped file that is read without parsing.
//
//   VIGIL_TRY(Snapshot intel, Snapshot::open(path));
//   for (const Advisory advisory : intel.advisories("Debian:12", "openssl")) {
//     if (advisory.affects(key)) report(intel.vulnerability(advisory.vulnerability()));
//   }
//
// Every offset is checked when it is used: a damaged file gives wrong or missing answers at worst,
// never a crash; `open` refuses it by its checksum in the first place. All members are const and
// thread-safe. Views stay valid as long as the Snapshot.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "intel/layout.h"
#include "intel/segment.h"
#include "model/fix_state.h"
#include "model/vulnerability.h"

namespace vigil::intel {

class Snapshot;

/// What is known of one file that went into the snapshot.
struct Source {
  std::string label;      ///< the file, relative to its directory, or the endpoint's name
  std::string identity;   ///< of its segment
  std::string origin;     ///< "directory", "upstream", "archive"
  std::int64_t read = 0;  ///< when it was read
  bool kept = false;      ///< could not be read this time: the earlier content was kept
  std::string failure;    ///< why, if so
  std::vector<FeedCount> feeds;
};

/// One row of advice about a package: a view into the snapshot.
class Advisory {
 public:
  /// Is the version with this key inside the affected interval?
  [[nodiscard]] bool affects(std::string_view key) const;
  /// Does the interval end below this version? Then so do those of all later rows of the package.
  [[nodiscard]] bool ends_below(std::string_view key) const;

  [[nodiscard]] std::uint32_t vulnerability() const { return row_->vulnerability; }
  [[nodiscard]] model::FixState state() const;
  [[nodiscard]] std::string_view low_key() const;
  [[nodiscard]] std::string_view high_key() const;
  [[nodiscard]] bool high_inclusive() const { return (row_->flags & layout::kHighInclusive) != 0; }
  [[nodiscard]] std::string_view fixed_version() const;
  [[nodiscard]] std::string_view vendor_severity() const;
  [[nodiscard]] std::string_view advisory() const;
  [[nodiscard]] std::string_view note() const;
  [[nodiscard]] std::string_view feed() const;
  [[nodiscard]] Qualifier qualifier() const;
  [[nodiscard]] bool qualified() const { return row_->qualifier != 0; }

 private:
  friend class Advisories;
  Advisory(const Snapshot& snapshot, const layout::Row& row) : snapshot_(&snapshot), row_(&row) {}
  const Snapshot* snapshot_;
  const layout::Row* row_;
};

/// The rows of one package: a range.
class Advisories {
 public:
  Advisories() = default;
  Advisories(const Snapshot& snapshot, std::span<const layout::Row> rows)
      : snapshot_(&snapshot), rows_(rows) {}

  class Iterator {
   public:
    Iterator(const Snapshot* snapshot, const layout::Row* row) : snapshot_(snapshot), row_(row) {}
    Advisory operator*() const { return {*snapshot_, *row_}; }
    Iterator& operator++() {
      ++row_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return row_ == other.row_; }

   private:
    const Snapshot* snapshot_;
    const layout::Row* row_;
  };
  [[nodiscard]] Iterator begin() const { return {snapshot_, rows_.data()}; }
  [[nodiscard]] Iterator end() const { return {snapshot_, rows_.data() + rows_.size()}; }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  /// visit(Advisory) for every row that affects the version with this key: the same rows for which
  /// Advisory::affects is true. Rows are sorted by their end, so it stops at the first that ends
  /// below the version; and rows that share a bound are compared with it once.
  template <typename Visit>
  void for_each_affecting(std::string_view key, Visit visit) const;

 private:
  const Snapshot* snapshot_ = nullptr;
  std::span<const layout::Row> rows_;
};

class Snapshot {
 public:
  /// Maps and checks the file: `NotFound`; `Invalid` if damaged; `Unsupported` for a file of
  /// another format version.
  static Result<Snapshot> open(const std::string& path);

  /// The rows about a package, by normal name (model::normal_name); empty if nothing is known.
  [[nodiscard]] Advisories advisories(std::string_view ecosystem, std::string_view package) const;
  /// Is anything known about this ecosystem ("Debian:12")?
  [[nodiscard]] bool covers(std::string_view ecosystem) const;

  [[nodiscard]] std::size_t vulnerability_count() const { return vulnerabilities_.size(); }
  [[nodiscard]] std::string_view vulnerability_id(std::uint32_t index) const;
  /// Decodes a record, with its EPSS score.
  [[nodiscard]] Result<model::Vulnerability> vulnerability(std::uint32_t index) const;
  /// Indexes of what is known under an id, an alias or an advisory's id, in any case.
  [[nodiscard]] std::vector<std::uint32_t> find(std::string_view id) const;
  [[nodiscard]] std::optional<model::Epss> epss(std::string_view cve) const;

  struct EcosystemCount {
    std::string_view name;
    std::uint32_t packages;
    std::uint32_t rows;
  };
  [[nodiscard]] std::vector<EcosystemCount> ecosystems() const;
  struct PackageEntry {
    std::string_view ecosystem;
    std::string_view name;
    std::uint64_t content;  ///< changes whenever a match or a score of this package may change
    Advisories advisories;
  };
  [[nodiscard]] std::size_t package_count() const { return packages_.size(); }
  [[nodiscard]] PackageEntry package(std::size_t index) const;

  [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }
  [[nodiscard]] std::int64_t created() const { return header_.created; }
  [[nodiscard]] std::uint64_t content_id() const { return header_.content_id; }
  /// Time of making and content in one short text: "2026-11-23T05:00:00Z-0123456789abcdef".
  [[nodiscard]] std::string stamp() const;
  [[nodiscard]] std::size_t file_size() const { return file_.bytes().size(); }
  /// The pages that were read are not needed for now; they are read again from the file when they
  /// are. A server that idles stays small by it.
  void release_memory() const { file_.forget(); }
  [[nodiscard]] std::size_t epss_count() const { return epss_.size(); }

 private:
  friend class Advisory;
  friend class Advisories;
  explicit Snapshot(base::MappedFile file) : file_(std::move(file)) {}
  /// Nearly all texts are shorter than 128 bytes, whose length is one byte.
  [[nodiscard]] std::string_view text(std::uint32_t offset) const {
    if (offset >= texts_.size()) return {};
    const auto length = static_cast<unsigned char>(texts_[offset]);
    const std::size_t left = texts_.size() - offset - 1;
    return length < 0x80 && length <= left ? std::string_view(texts_.data() + offset + 1, length)
                                           : long_text(offset);
  }
  [[nodiscard]] std::string_view long_text(std::uint32_t offset) const;
  [[nodiscard]] std::span<const layout::Row> rows_of(const layout::Package& package) const;
  [[nodiscard]] std::string_view ecosystem_name(std::uint32_t index) const;

  base::MappedFile file_;
  layout::Header header_{};
  std::string_view texts_;
  std::string_view records_;
  std::span<const layout::Ecosystem> ecosystems_;
  std::span<const layout::Package> packages_;
  std::span<const std::uint32_t> package_hash_;
  std::span<const layout::Row> rows_;
  std::span<const layout::Vulnerability> vulnerabilities_;
  std::span<const layout::Alias> aliases_;
  std::span<const layout::Epss> epss_;
  std::vector<Source> sources_;
  std::vector<std::string> feeds_;
  std::string epss_date_;
};

template <typename Visit>
void Advisories::for_each_affecting(std::string_view key, Visit visit) const {
  // The same bound is the same text, which stands once in the snapshot: offsets tell them apart.
  std::uint32_t low_bound = 0;
  std::uint32_t high_bound = 0;
  bool begun = true;
  int past_end = -1;
  for (const layout::Row& row : rows_) {
    if (row.high_key != high_bound) {
      high_bound = row.high_key;
      past_end = high_bound == 0 ? -1 : key.compare(snapshot_->text(high_bound));
    }
    const bool inclusive = (row.flags & layout::kHighInclusive) != 0;
    if (past_end > 0 || (past_end == 0 && !inclusive)) return;
    if (row.low_key != low_bound) {
      low_bound = row.low_key;
      begun = low_bound == 0 || key >= snapshot_->text(low_bound);
    }
    if (begun) visit(Advisory(*snapshot_, row));
  }
}

/// The (ecosystem, package) keys whose matches or scores may differ between two snapshots: a merge
/// join over the sorted packages.
struct PackageKey {
  std::string ecosystem;
  std::string name;
};
std::vector<PackageKey> changed_packages(const Snapshot& before, const Snapshot& after);

/// year * 2^40 + number; nothing for ids that are no CVE.
std::optional<std::uint64_t> cve_number(std::string_view id);

}  // namespace vigil::intel
