#include "intel/feeds/npm_range.h"

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "base/text.h"

namespace vigil::intel::feeds {
namespace {

/// A version of which numbers may be left open: "1.x", "1", "*", "1.2.3-rc.1".
struct Partial {
  std::array<std::uint64_t, 3> numbers{};
  std::size_t known = 0;  ///< numbers that are given
  std::string tail;       ///< "-rc.1", with its hyphen; only of a whole version

  [[nodiscard]] std::string text() const {
    return std::to_string(numbers[0]) + "." + std::to_string(numbers[1]) + "." +
           std::to_string(numbers[2]) + tail;
  }
  /// The lowest version above all whose first `count` numbers are these.
  [[nodiscard]] std::string next(std::size_t count) const {
    Partial above;
    for (std::size_t i = 0; i < count; ++i) above.numbers[i] = numbers[i];
    ++above.numbers[count - 1];
    above.tail = "-0";
    return above.text();
  }
};

bool is_open(std::string_view number) {
  return number == "x" || number == "X" || number == "*" || number.empty();
}

Result<Partial> parse_partial(std::string_view text) {
  while (!text.empty() && (text.front() == 'v' || text.front() == '=')) text.remove_prefix(1);
  text = text.substr(0, text.find('+'));
  Partial partial;
  const std::size_t hyphen = text.find('-');
  const auto numbers = base::split(text.substr(0, hyphen), '.');
  if (numbers.size() > partial.numbers.size()) return fail("more than three numbers");
  for (const std::string_view number : numbers) {
    if (is_open(number)) break;
    const auto value = base::parse_unsigned(number);
    if (!value || *value >= UINT32_MAX)
      return fail("'" + base::printable(number) + "' is no number");
    partial.numbers[partial.known++] = *value;
  }
  if (hyphen != std::string_view::npos && partial.known == 3) partial.tail = text.substr(hyphen);
  return partial;
}

class Reader {
 public:
  explicit Reader(const version::Scheme& scheme) : scheme_(scheme) {}

  Result<Interval> between(std::string_view low, std::string_view high) const {
    Interval interval;
    if (!low.empty()) {
      VIGIL_TRY(interval.low, cut_before(scheme_, low));
    }
    if (!high.empty()) {
      VIGIL_TRY(interval.high, cut_before(scheme_, high));
    }
    return interval;
  }

  /// "^1.2.3", "~1.2", ">=1", "1.x".
  Result<Interval> comparator(std::string_view text) const {
    const std::size_t end = text.find_first_not_of("<>=~^");
    const std::string_view comparison = text.substr(0, std::min(end, text.size()));
    VIGIL_TRY(const Partial version, parse_partial(text.substr(comparison.size())));
    const std::size_t known = version.known;
    if (comparison == "^") {
      std::size_t significant = 0;
      while (significant < known && version.numbers[significant] == 0) ++significant;
      if (known == 0) return Interval{};
      return between(version.text(), version.next(std::min(significant + 1, known)));
    }
    if (comparison == "~" || comparison == "~>") {
      if (known == 0) return Interval{};
      return between(version.text(), version.next(std::min<std::size_t>(known, 2)));
    }
    if (known == 0) {
      // Nothing is below or above every version.
      if (comparison == "<" || comparison == ">") return between("0.0.0-0", "0.0.0-0");
      return Interval{};
    }
    if (comparison == ">=") return between(version.text(), {});
    if (comparison == "<") return between({}, version.text());
    if (comparison == ">") {
      if (known < 3) return between(version.next(known), {});
      Interval interval;
      VIGIL_TRY(interval.low, cut_after(scheme_, version.text()));
      return interval;
    }
    const bool from_version = comparison.empty() || comparison == "=" || comparison == "==";
    if (!from_version && comparison != "<=") {
      return fail("'" + base::printable(comparison) + "' is no comparison");
    }
    const std::string low = from_version ? version.text() : std::string();
    if (known < 3) return between(low, version.next(known));
    VIGIL_TRY(Interval interval, between(low, {}));
    VIGIL_TRY(interval.high, cut_after(scheme_, version.text()));
    return interval;
  }

  Result<std::optional<Interval>> alternative(std::string_view text) const {
    constexpr std::string_view kHyphen = " - ";
    if (const std::size_t at = text.find(kHyphen); at != std::string_view::npos) {
      VIGIL_TRY(const Interval low, comparator(">=" + std::string(base::trim(text.substr(0, at)))));
      VIGIL_TRY(const Interval high,
                comparator("<=" + std::string(base::trim(text.substr(at + kHyphen.size())))));
      return common(low, high);
    }
    std::optional<Interval> result = Interval{};
    for (const std::string& one : comparators(text)) {
      VIGIL_TRY(const Interval interval, comparator(one));
      if (result) result = common(*result, interval);
    }
    return result;
  }

 private:
  /// Blanks separate, but not an operator from its version: ">= 1.0 <2" is two.
  static std::vector<std::string> comparators(std::string_view text) {
    const auto is_operator = [](char c) {
      return std::string_view("<>=~^").find(c) != std::string_view::npos;
    };
    std::vector<std::string> list;
    std::string one;
    const auto is_whole = [&] { return !one.empty() && !is_operator(one.back()); };
    const auto finish = [&] { list.push_back(std::exchange(one, {})); };
    for (const char c : text) {
      const bool separates = base::is_space(c) || c == ',';
      if (is_whole() && (separates || is_operator(c))) finish();
      if (!separates) one += c;
    }
    if (!one.empty()) finish();
    return list;
  }

  const version::Scheme& scheme_;
};

}  // namespace

Result<IntervalSet> npm_range(const version::Scheme& scheme, std::string_view text) {
  constexpr std::size_t kLongest = 4096;
  if (text.size() > kLongest) return fail("the range is too long");
  const Reader reader(scheme);
  std::vector<Interval> list;
  while (true) {
    const std::size_t bar = text.find("||");
    VIGIL_TRY(auto one, reader.alternative(base::trim(text.substr(0, bar))));
    if (one) list.push_back(std::move(*one));
    if (bar == std::string_view::npos) break;
    text.remove_prefix(bar + 2);
  }
  return united(std::move(list));
}

}  // namespace vigil::intel::feeds
