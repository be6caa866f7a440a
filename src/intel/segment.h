// A segment: what was read from one file of one or more feeds, in order, ready to be merged.
//
// Version bounds are already keys, names already normal: merging parses nothing. A segment belongs
// to the content of its file and to the readers' versions, so an unchanged file is never read
// twice. Layout: docs/formats/intelligence.md.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/result.h"
#include "intel/feed.h"

namespace vigil::intel {

/// One affected interval, as keys of the ecosystem's version scheme.
struct KeyRange {
  std::string_view low;   ///< first affected; empty: from the beginning
  std::string_view high;  ///< end; empty: no end
  bool high_inclusive = false;
  std::string_view fixed_version;  ///< the text behind `high`, where it is a fixed version
};

/// A Statement as a segment holds it: views into the mapped file.
struct StoredStatement {
  std::string_view feed;
  int authority = 0;  ///< Feed::authority
  std::string_view ecosystem;
  std::string_view package;
  std::string_view vulnerability;
  model::FixState state = model::FixState::Affected;
  std::vector<KeyRange> ranges;  ///< empty: every version
  std::string_view vendor_severity;
  std::string_view advisory;
  std::string_view note;
  /// Encoded architectures, symbols, module and platforms; empty if there are none (encode_qualifier).
  std::string_view qualifier;
};

struct StoredFacts {
  std::string_view feed;
  std::string_view id;
  std::vector<std::string_view> aliases;
  std::vector<std::string_view> covers;
  bool withdrawn = false;
  std::string_view record;  ///< encode_vulnerability
};

struct StoredEpss {
  std::string_view feed;
  std::string_view id;
  std::uint32_t score = 0;       ///< in units of 1e-5
  std::uint32_t percentile = 0;  ///< in units of 1e-5
};

/// A feed that a segment's items come from.
struct StoredFeed {
  std::string name;
  int authority = 0;
};

/// What became of one feed's documents in the file.
struct FeedCount {
  std::string feed;
  std::uint64_t documents = 0;
  std::uint64_t facts = 0;
  std::uint64_t statements = 0;
  std::uint64_t epss = 0;
  std::uint64_t problems = 0;
  std::int64_t dated = 0;                     ///< the data's own date; 0 if it has none
  std::vector<std::string> problem_examples;  ///< "record: why", the first ones
};

class Encoder;
class Decoder;
void encode_feed_count(Encoder& out, const FeedCount& count);
FeedCount decode_feed_count(Decoder& in);

/// Restrictions of a statement to part of a package.
struct Qualifier {
  std::vector<std::string> architectures;
  std::vector<std::string> symbols;
  std::string module;
  std::vector<std::string> platforms;

  [[nodiscard]] bool empty() const {
    return architectures.empty() && symbols.empty() && module.empty() && platforms.empty();
  }
};
std::string encode_qualifier(const Qualifier& qualifier);
Qualifier decode_qualifier(std::string_view bytes);

/// Collects what readers say and encodes it. The feed may change between documents.
class SegmentWriter final : public Sink {
 public:
  /// `identity` is kept in the segment: the content hash of the file and the readers' versions.
  explicit SegmentWriter(std::string identity) : identity_(std::move(identity)) {}

  /// Says of which feed the next document is.
  void begin_document(const Feed& feed);

  void statement(Statement statement) override;
  void facts(Facts facts) override;
  void problem(std::string record, std::string why) override;
  void dated(std::int64_t seconds) override;

  /// The whole segment.
  [[nodiscard]] std::string take();

 private:
  FeedCount& count() { return counts_[current_]; }

  std::string identity_;
  std::string body_;
  std::map<std::string, FeedCount> counts_;
  std::string current_;
  std::uint64_t current_index_ = 0;
  std::vector<StoredFeed> feeds_;
  std::vector<std::string> strange_ecosystems_;
};

/// A segment on disk, mapped.
class Segment {
 public:
  /// `Invalid` if it is damaged or of another format: then its file is read again.
  static Result<Segment> open(const std::string& path);

  [[nodiscard]] std::string_view identity() const { return identity_; }
  [[nodiscard]] const std::vector<FeedCount>& counts() const { return counts_; }

  [[nodiscard]] std::size_t size() const { return file_.bytes().size(); }

  struct Visitor {
    std::function<void(const StoredStatement&)> statement;
    std::function<void(const StoredFacts&)> facts;
    std::function<void(const StoredEpss&)> epss;
  };
  /// Everything in it, in order. Views stay valid as long as this object; those of earlier items
  /// are fetched from the file again when they are used.
  Result<void> visit(const Visitor& visitor) const;
  /// Lets go of the memory that views into the file have brought in; they stay valid.
  void forget() const { file_.forget(); }

 private:
  explicit Segment(base::MappedFile file) : file_(std::move(file)) {}
  [[nodiscard]] base::Hash128 checksum(std::size_t start) const;

  base::MappedFile file_;
  std::string_view identity_;
  std::string_view body_;
  std::vector<StoredFeed> feeds_;
  std::vector<FeedCount> counts_;
};

}  // namespace vigil::intel
