#include "intel/segment.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/text.h"
#include "intel/codec.h"
#include "intel/record.h"
#include "model/ecosystem.h"
#include "model/package_name.h"
#include "version/scheme.h"

namespace vigil::intel {
namespace {

constexpr std::string_view kMagic = "VIGILSEG";
constexpr std::uint64_t kFormat = 2;
constexpr std::size_t kProblemExamples = 20;
/// A pass over a segment holds about so much of it in memory.
constexpr std::size_t kPieceBytes = std::size_t{4} << 20;

/// The kinds of item in a segment's body.
enum Item : std::uint8_t { kFeedChange = 1, kStatement = 2, kFacts = 3, kEpss = 4 };

constexpr double kEpssUnit = 1e5;

bool is_from_beginning(std::string_view introduced) {
  return introduced.empty() || introduced == "0";
}

const std::string& end_of(const Range& range) {
  if (!range.fixed.empty()) return range.fixed;
  return range.last_affected.empty() ? range.below : range.last_affected;
}

/// UTF-8 without control characters: names and ids are printed and compared everywhere.
bool is_clean(std::string_view text) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
  return plain || base::printable(text) == text;
}

/// Facts that say nothing but an EPSS score go into the compact table.
bool is_epss_only(const Facts& facts) {
  const model::Vulnerability& details = facts.details;
  return details.epss && details.description.empty() && details.cvss.empty() &&
         details.aliases.empty() && !details.known_exploited && details.exploits.empty() &&
         !facts.withdrawn;
}

}  // namespace

std::string encode_qualifier(const Qualifier& qualifier) {
  if (qualifier.empty()) return {};
  Encoder out;
  out.texts(qualifier.architectures).texts(qualifier.symbols).text(qualifier.module);
  out.texts(qualifier.platforms);
  return out.take();
}

Qualifier decode_qualifier(std::string_view bytes) {
  Qualifier qualifier;
  if (bytes.empty()) return qualifier;
  Decoder in(bytes);
  qualifier.architectures = in.texts();
  qualifier.symbols = in.texts();
  qualifier.module = in.text();
  qualifier.platforms = in.texts();
  return qualifier;
}

void encode_feed_count(Encoder& out, const FeedCount& count) {
  out.text(count.feed)
      .number(count.documents)
      .number(count.facts)
      .number(count.statements)
      .number(count.epss)
      .number(count.problems)
      .signed_number(count.dated)
      .texts(count.problem_examples);
}

FeedCount decode_feed_count(Decoder& in) {
  FeedCount count;
  count.feed = in.text();
  count.documents = in.number();
  count.facts = in.number();
  count.statements = in.number();
  count.epss = in.number();
  count.problems = in.number();
  count.dated = in.signed_number();
  count.problem_examples = in.texts();
  return count;
}

void SegmentWriter::begin_document(const Feed& feed) {
  if (feed.name != current_) {
    const auto known = std::find_if(feeds_.begin(), feeds_.end(),
                                    [&](const StoredFeed& have) { return have.name == feed.name; });
    current_index_ = static_cast<std::uint64_t>(known - feeds_.begin());
    if (known == feeds_.end()) feeds_.push_back({std::string(feed.name), feed.authority});
    current_ = feed.name;
    Encoder out;
    out.number(kFeedChange).number(current_index_);
    body_ += out.bytes();
    count().feed = current_;
  }
  ++count().documents;
}

void SegmentWriter::statement(Statement statement) {
  if (!is_clean(statement.package) || !is_clean(statement.vulnerability)) {
    problem(base::printable(statement.vulnerability + " " + statement.package),
            "its name holds control characters or is not UTF-8");
    return;
  }
  const std::string ecosystem = model::normal_ecosystem(statement.ecosystem);
  const version::Scheme* scheme = version::scheme_of_ecosystem(ecosystem);
  if (scheme == nullptr) {
    const std::string family = ecosystem.substr(0, ecosystem.find(':'));
    if (std::find(strange_ecosystems_.begin(), strange_ecosystems_.end(), family) ==
        strange_ecosystems_.end()) {
      strange_ecosystems_.push_back(family);
      problem("ecosystem " + family, "no version scheme orders it: its statements are left out");
    }
    return;
  }

  struct Bounds {
    std::string low, high, fixed;
    bool inclusive;
  };
  std::vector<Bounds> bounds;
  const bool narrowed = !statement.ranges.empty() || !statement.versions.empty();
  const auto key_of = [&](std::string_view text) -> std::optional<std::string> {
    auto key = scheme->key(text);
    if (key) return std::move(*key);
    problem(statement.vulnerability + " " + statement.package, key.error().text());
    return std::nullopt;
  };
  for (const Range& range : statement.ranges) {
    Bounds bound{};
    if (!is_from_beginning(range.introduced)) {
      auto key = key_of(range.introduced);
      if (!key) continue;
      bound.low = std::move(*key);
    }
    if (bound.low.empty() && !range.after.empty()) {
      auto key = key_of(range.after);
      if (!key) continue;
      // No key lies between a key and the one with a zero byte behind it.
      bound.low = std::move(*key) + '\0';
    }
    if (const std::string& end = end_of(range); !end.empty()) {
      auto key = key_of(end);
      if (!key) continue;
      bound.high = std::move(*key);
      bound.inclusive = range.fixed.empty() && !range.last_affected.empty();
      bound.fixed = range.fixed;
    }
    bounds.push_back(std::move(bound));
  }
  for (const std::string& single : statement.versions) {
    auto key = key_of(single);
    if (key) bounds.push_back({*key, *key, {}, true});
  }
  // Nothing usable is left of what was said: without bounds it would match every version.
  if (narrowed && bounds.empty()) return;

  Encoder out;
  out.number(kStatement)
      .text(ecosystem)
      .text(model::normal_name(ecosystem, statement.package))
      .text(statement.vulnerability)
      .number(static_cast<std::uint64_t>(statement.state))
      .text(statement.vendor_severity)
      .text(statement.advisory)
      .text(statement.note)
      .text(encode_qualifier(
          {statement.architectures, statement.symbols, statement.module, statement.platforms}))
      .number(bounds.size());
  for (const Bounds& bound : bounds) {
    out.text(bound.low).text(bound.high).number(bound.inclusive ? 1 : 0).text(bound.fixed);
  }
  body_ += out.bytes();
  ++count().statements;
}

void SegmentWriter::facts(Facts facts) {
  if (!is_clean(facts.details.id)) {
    problem(base::printable(facts.details.id), "its id holds control characters or is not UTF-8");
    return;
  }
  Encoder out;
  if (is_epss_only(facts)) {
    const auto units = [](double share) {
      return static_cast<std::uint64_t>(std::lround(std::clamp(share, 0.0, 1.0) * kEpssUnit));
    };
    out.number(kEpss)
        .text(facts.details.id)
        .number(units(facts.details.epss->score))
        .number(units(facts.details.epss->percentile));
    ++count().epss;
  } else {
    out.number(kFacts)
        .text(facts.details.id)
        .texts(facts.details.aliases)
        .texts(facts.covers)
        .number(facts.withdrawn ? 1 : 0);
    Encoder record;
    encode_vulnerability(record, facts.details);
    out.text(record.bytes());
    ++count().facts;
  }
  body_ += out.bytes();
}

void SegmentWriter::problem(std::string record, std::string why) {
  FeedCount& feed = count();
  ++feed.problems;
  if (feed.problem_examples.size() < kProblemExamples) {
    feed.problem_examples.push_back(std::move(record) + ": " + std::move(why));
  }
}

void SegmentWriter::dated(std::int64_t seconds) {
  count().dated = std::max(count().dated, seconds);
}

std::string SegmentWriter::take() {
  Encoder front;
  front.text(identity_).number(feeds_.size());
  for (const StoredFeed& feed : feeds_) front.text(feed.name).signed_number(feed.authority);
  front.number(counts_.size());
  for (const auto& [name, feed] : counts_) encode_feed_count(front, feed);
  base::Xxh3 hash;
  hash.update(front.bytes());
  hash.update(body_);
  Encoder header;
  header.raw(kMagic).number(kFormat).text(base::hex(hash.digest())).raw(front.bytes());
  // In place: the body may be large, and every copy of it counts.
  body_.insert(0, header.bytes());
  return std::move(body_);
}

Result<Segment> Segment::open(const std::string& path) {
  VIGIL_TRY(base::MappedFile file, base::MappedFile::open(path));
  Segment segment(std::move(file));
  const std::string_view bytes = segment.file_.bytes();
  Decoder header(bytes);
  if (header.raw(kMagic.size()) != kMagic) return fail("not a segment of intelligence", path);
  if (header.number() != kFormat) return fail("a segment of another format version", path);
  const std::string_view checksum = header.text();
  if (header.failed()) return fail("the segment is cut short", path);
  const auto start = static_cast<std::size_t>(checksum.data() + checksum.size() - bytes.data());
  const std::string_view content = bytes.substr(start);
  if (base::hex(segment.checksum(start)) != checksum) return fail("the segment is damaged", path);

  Decoder in(content);
  segment.identity_ = in.text();
  segment.feeds_.resize(in.count(2));
  for (StoredFeed& feed : segment.feeds_) {
    feed.name = in.text();
    feed.authority = static_cast<int>(in.signed_number());
  }
  segment.counts_.resize(in.count(8));
  for (FeedCount& feed : segment.counts_) feed = decode_feed_count(in);
  if (in.failed()) return fail("the segment is damaged", path);
  segment.body_ = in.rest();
  return segment;
}

/// Piece by piece, so that the pages of a large segment do not pile up.
base::Hash128 Segment::checksum(std::size_t start) const {
  base::Xxh3 hash;
  const std::string_view bytes = file_.bytes();
  for (std::size_t at = start; at < bytes.size(); at += kPieceBytes) {
    hash.update(bytes.substr(at, kPieceBytes));
    file_.forget(at, kPieceBytes);
  }
  return hash.digest();
}

Result<void> Segment::visit(const Visitor& visitor) const {
  Decoder in(body_);
  std::string_view feed;
  int authority = 0;
  StoredStatement statement;
  std::string_view behind = body_;  // of this the memory is still held
  while (!in.at_end()) {
    if (behind.size() - in.rest().size() > kPieceBytes) {
      const auto from = static_cast<std::size_t>(behind.data() - file_.bytes().data());
      file_.forget(from, behind.size() - in.rest().size());
      behind = in.rest();
    }
    const std::uint64_t item = in.number();
    if (item == kFeedChange) {
      const std::uint64_t index = in.number();
      if (index >= feeds_.size()) return fail("the segment names an unknown feed");
      feed = feeds_[index].name;
      authority = feeds_[index].authority;
    } else if (item == kStatement) {
      statement.feed = feed;
      statement.authority = authority;
      statement.ecosystem = in.text();
      statement.package = in.text();
      statement.vulnerability = in.text();
      statement.state = static_cast<model::FixState>(std::min<std::uint64_t>(in.number(), 6));
      statement.vendor_severity = in.text();
      statement.advisory = in.text();
      statement.note = in.text();
      statement.qualifier = in.text();
      statement.ranges.resize(in.count(4));
      for (KeyRange& range : statement.ranges) {
        range.low = in.text();
        range.high = in.text();
        range.high_inclusive = in.number() != 0;
        range.fixed_version = in.text();
      }
      if (!in.failed() && visitor.statement) visitor.statement(statement);
    } else if (item == kFacts) {
      StoredFacts facts;
      facts.feed = feed;
      facts.id = in.text();
      facts.aliases = in.text_views();
      facts.covers = in.text_views();
      facts.withdrawn = in.number() != 0;
      facts.record = in.text();
      if (!in.failed() && visitor.facts) visitor.facts(facts);
    } else if (item == kEpss) {
      StoredEpss epss;
      epss.feed = feed;
      epss.id = in.text();
      epss.score = static_cast<std::uint32_t>(in.number());
      epss.percentile = static_cast<std::uint32_t>(in.number());
      if (!in.failed() && visitor.epss) visitor.epss(epss);
    } else {
      return fail("the segment holds an item of an unknown kind");
    }
    if (in.failed()) return fail("the segment is damaged");
  }
  return ok();
}

}  // namespace vigil::intel
