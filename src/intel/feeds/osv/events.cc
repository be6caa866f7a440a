#include "intel/feeds/osv/events.h"

#include <algorithm>
#include <optional>

namespace vigil::intel::osv {
namespace {

struct Keyed {
  const Event* event;
  version::Key key;  ///< empty for "0", which sorts before everything
};

/// "0" is before every version, whatever the scheme says ("0" > "0~rc1" in some). RustSec writes
/// the smallest version of all instead.
bool is_beginning(std::string_view version) {
  return version == "0" || version == "0.0.0-0";
}

std::vector<Keyed> in_order(const std::vector<Event>& events, const version::Scheme* scheme,
                            std::string& bad_version) {
  std::vector<Keyed> keyed;
  keyed.reserve(events.size());
  for (const Event& event : events) {
    if (event.kind != Event::Kind::Limit) keyed.push_back({&event, {}});
  }
  if (scheme == nullptr || keyed.size() < 2) return keyed;
  const bool plain = keyed.size() == 2 && keyed[0].event->kind == Event::Kind::Introduced &&
                     is_beginning(keyed[0].event->version);
  if (plain) return keyed;
  for (Keyed& one : keyed) {
    if (is_beginning(one.event->version)) continue;
    Result<version::Key> key = scheme->key(one.event->version);
    if (!key) {
      bad_version = one.event->version;
      return keyed;
    }
    one.key = std::move(*key);
  }
  std::ranges::stable_sort(keyed, {}, &Keyed::key);
  return keyed;
}

/// The largest limit: a version below any of them is inside. Nothing: no limit.
std::optional<std::string_view> effective_limit(const std::vector<Event>& events,
                                                const version::Scheme* scheme) {
  std::optional<std::string_view> largest;
  version::Key largest_key;
  for (const Event& event : events) {
    if (event.kind != Event::Kind::Limit) continue;
    if (event.version == "*" || scheme == nullptr) return std::nullopt;
    Result<version::Key> key = scheme->key(event.version);
    if (!key) return std::nullopt;
    if (!largest || *key > largest_key) {
      largest = event.version;
      largest_key = std::move(*key);
    }
  }
  return largest;
}

/// Cuts the intervals off at the limit, which is no fix: nothing is said about what lies beyond.
void apply_limit(std::vector<Range>& ranges, std::string_view limit,
                 const version::Scheme& scheme) {
  const Result<version::Key> limit_key = scheme.key(limit);
  if (!limit_key) return;
  const auto key_of = [&](const std::string& version) {
    return version.empty() ? version::Key() : scheme.key(version).value_or(version::Key());
  };
  std::erase_if(ranges, [&](const Range& range) { return key_of(range.introduced) >= *limit_key; });
  for (Range& range : ranges) {
    const bool open = range.fixed.empty() && range.last_affected.empty();
    const std::string& end = range.fixed.empty() ? range.last_affected : range.fixed;
    if (!open && key_of(end) <= *limit_key) continue;
    range.fixed = limit;
    range.last_affected.clear();
  }
}

}  // namespace

Intervals evaluate(const std::vector<Event>& events, const version::Scheme* scheme) {
  Intervals result;
  const auto ordered = in_order(events, scheme, result.bad_version);
  std::optional<Range> open;
  for (const Keyed& keyed : ordered) {
    const Event& event = *keyed.event;
    if (event.kind == Event::Kind::Introduced) {
      if (!open) {
        open.emplace();
        if (!is_beginning(event.version)) open->introduced = event.version;
      }
      continue;
    }
    if (event.kind == Event::Kind::Fixed) result.has_fix = true;
    if (!open) continue;
    (event.kind == Event::Kind::Fixed ? open->fixed : open->last_affected) = event.version;
    result.ranges.push_back(std::move(*open));
    open.reset();
  }
  if (open) result.ranges.push_back(std::move(*open));
  if (const auto limit = effective_limit(events, scheme)) {
    apply_limit(result.ranges, *limit, *scheme);
  }
  return result;
}

namespace {

/// An interval in keys. An empty bound is none.
struct KeyInterval {
  version::Key introduced;
  version::Key end;
  bool open_end = false;  ///< no end
  bool includes_end = false;
};

std::optional<KeyInterval> to_keys(const Range& range, const version::Scheme& scheme) {
  KeyInterval interval;
  if (!range.introduced.empty()) {
    Result<version::Key> key = scheme.key(range.introduced);
    if (!key) return std::nullopt;
    interval.introduced = std::move(*key);
  }
  const std::string& end = range.fixed.empty() ? range.last_affected : range.fixed;
  interval.open_end = end.empty();
  interval.includes_end = range.fixed.empty();
  if (!interval.open_end) {
    Result<version::Key> key = scheme.key(end);
    if (!key) return std::nullopt;
    interval.end = std::move(*key);
  }
  return interval;
}

bool holds(const KeyInterval& interval, const version::Key& key) {
  if (key < interval.introduced) return false;
  if (interval.open_end || key < interval.end) return true;
  return interval.includes_end && key == interval.end;
}

}  // namespace

std::vector<std::string> outside(const std::vector<std::string_view>& versions,
                                 const std::vector<Range>& ranges, const version::Scheme* scheme) {
  std::vector<KeyInterval> intervals;
  if (scheme != nullptr) {
    for (const Range& range : ranges) {
      if (auto interval = to_keys(range, *scheme)) intervals.push_back(std::move(*interval));
    }
  }
  const bool everything = std::ranges::any_of(ranges, [](const Range& r) {
    return r.introduced.empty() && r.fixed.empty() && r.last_affected.empty();
  });
  std::vector<std::string> rest;
  if (everything) return rest;
  for (const std::string_view version : versions) {
    if (!intervals.empty()) {
      const Result<version::Key> key = scheme->key(version);
      if (key && std::ranges::any_of(intervals, [&](const auto& i) { return holds(i, *key); })) {
        continue;
      }
    }
    rest.emplace_back(version);
  }
  return rest;
}

}  // namespace vigil::intel::osv
