#include "intel/feeds/intervals.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::intel::feeds {
namespace {

bool is_before(const std::optional<Cut>& low, const std::optional<Cut>& high) {
  return !low || !high || low->key < high->key;
}

/// As beginnings: none is before all.
bool begins_before(const Interval& a, const Interval& b) {
  if (!a.low || !b.low) return !a.low && b.low.has_value();
  return a.low->key < b.low->key;
}

/// As ends: none is behind all.
bool ends_before(const std::optional<Cut>& a, const std::optional<Cut>& b) {
  if (!a || !b) return a.has_value();
  return a->key < b->key;
}

}  // namespace

Result<Cut> cut_before(const version::Scheme& scheme, std::string_view version) {
  VIGIL_TRY(version::Key key, scheme.key(version));
  return Cut{std::string(version), false, std::move(key)};
}

Result<Cut> cut_after(const version::Scheme& scheme, std::string_view version) {
  VIGIL_TRY(version::Key key, scheme.key(version));
  return Cut{std::string(version), true, std::move(key) + '\0'};
}

std::optional<Interval> common(const Interval& a, const Interval& b) {
  Interval both;
  both.low = begins_before(a, b) ? b.low : a.low;
  both.high = ends_before(a.high, b.high) ? a.high : b.high;
  if (!is_before(both.low, both.high)) return std::nullopt;
  return both;
}

IntervalSet united(std::vector<Interval> list) {
  std::erase_if(list, [](const Interval& one) { return !is_before(one.low, one.high); });
  std::ranges::stable_sort(list, begins_before);
  IntervalSet set;
  for (Interval& next : list) {
    const bool apart =
        set.empty() || (set.back().high && next.low && set.back().high->key < next.low->key);
    if (apart) {
      set.push_back(std::move(next));
    } else if (ends_before(set.back().high, next.high)) {
      set.back().high = std::move(next.high);
      set.back().fixed = next.fixed;
    }
  }
  return set;
}

IntervalSet without(const IntervalSet& set, const IntervalSet& safe) {
  IntervalSet left;
  for (Interval rest : set) {
    bool any_left = true;
    for (const Interval& hole : safe) {
      if (!is_before(hole.low, rest.high)) break;
      if (!is_before(rest.low, hole.high)) continue;
      if (hole.low && is_before(rest.low, hole.low)) {
        left.push_back({rest.low, hole.low, hole.fixed});
      }
      any_left = hole.high && is_before(hole.high, rest.high);
      if (!any_left) break;
      rest.low = hole.high;
    }
    if (any_left) left.push_back(std::move(rest));
  }
  return left;
}

std::vector<Range> to_ranges(const IntervalSet& set) {
  std::vector<Range> ranges;
  for (const Interval& interval : set) {
    Range range;
    if (interval.low) {
      (interval.low->after ? range.after : range.introduced) = interval.low->version;
    }
    if (interval.high) {
      std::string& end = interval.high->after ? range.last_affected
                         : interval.fixed     ? range.fixed
                                              : range.below;
      end = interval.high->version;
    }
    ranges.push_back(std::move(range));
  }
  return ranges;
}

model::FixState state_of(const IntervalSet& set) {
  const bool fixed = std::ranges::any_of(set, &Interval::fixed);
  return fixed ? model::FixState::Fixed : model::FixState::Affected;
}

Result<std::optional<Interval>> conditions(const version::Scheme& scheme, std::string_view text) {
  const auto is_separator = [](char c) { return c == ',' || base::is_space(c); };
  const auto is_operator = [](char c) { return c == '<' || c == '>' || c == '=' || c == '!'; };
  std::optional<Interval> result = Interval{};
  std::size_t at = 0;
  std::size_t count = 0;
  while (true) {
    while (at < text.size() && is_separator(text[at])) ++at;
    if (at == text.size()) break;
    const std::size_t operator_start = at;
    while (at < text.size() && is_operator(text[at])) ++at;
    const std::string_view comparison = text.substr(operator_start, at - operator_start);
    while (at < text.size() && base::is_space(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_separator(text[at]) && !is_operator(text[at])) ++at;
    const std::string_view version = text.substr(start, at - start);
    VIGIL_TRY(Cut before, cut_before(scheme, version));
    VIGIL_TRY(Cut after, cut_after(scheme, version));
    Interval one;
    if (comparison == ">=") {
      one.low = std::move(before);
    } else if (comparison == ">") {
      one.low = std::move(after);
    } else if (comparison == "<") {
      one.high = std::move(before);
    } else if (comparison == "<=") {
      one.high = std::move(after);
    } else if (comparison == "=" || comparison == "==" || comparison.empty()) {
      one.low = std::move(before);
      one.high = std::move(after);
    } else {
      return fail("'" + base::printable(comparison) + "' is no comparison");
    }
    if (result) result = common(*result, one);
    ++count;
  }
  if (count == 0) return fail("no condition stands there");
  return result;
}

}  // namespace vigil::intel::feeds
