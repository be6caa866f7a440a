#include "base/time.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/environment.h"
#include "base/text.h"

namespace vigil::base {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(at, count)) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// "Z", "+hh:mm", "-hhmm" or nothing -> offset in seconds.
std::optional<std::int64_t> parse_offset(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z") return 0;
  if (text.front() != '+' && text.front() != '-') return std::nullopt;
  const std::size_t minutes_at = text.size() == 6 && text[3] == ':' ? 4 : 3;
  if (text.size() != minutes_at + 2) return std::nullopt;
  const auto hours = digits(text, 1, 2);
  const auto minutes = digits(text, minutes_at, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(*hours * 3600 + *minutes * 60);
  return text.front() == '-' ? -seconds : seconds;
}

year_month_day civil(std::int64_t seconds) {
  const std::chrono::sys_seconds point{std::chrono::seconds(seconds)};
  return std::chrono::floor<std::chrono::days>(point);
}

}  // namespace

std::int64_t now() {
  if (const char* fixed = environment("SOURCE_DATE_EPOCH")) {
    if (const auto seconds = parse_unsigned(fixed)) return static_cast<std::int64_t>(*seconds);
  }
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  text = trim(text);
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                            std::chrono::day(*day)};
  if (!date.ok() || *year < 1900 || *year > 2200) return std::nullopt;
  std::int64_t seconds = sys_days(date).time_since_epoch().count() * std::int64_t{86400};
  if (text.size() == 10) return seconds;

  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59 || text[13] != ':') return std::nullopt;
  seconds += static_cast<std::int64_t>(*hour * 3600 + *minute * 60);
  std::size_t at = 16;
  if (at < text.size() && text[at] == ':') {
    const auto second = digits(text, 17, 2);
    if (!second || *second > 60) return std::nullopt;
    seconds += *second;
    at = 19;
    if (at < text.size() && text[at] == '.') {
      ++at;
      while (at < text.size() && is_digit(text[at])) ++at;
    }
  }
  const auto offset = parse_offset(text.substr(at));
  if (!offset) return std::nullopt;
  return seconds - *offset;
}

std::string format_date(std::int64_t seconds) {
  const year_month_day date = civil(seconds);
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer.data();
}

std::string format_time(std::int64_t seconds) {
  const std::int64_t of_day = ((seconds % 86400) + 86400) % 86400;
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02dZ", static_cast<int>(of_day / 3600),
                static_cast<int>(of_day / 60 % 60), static_cast<int>(of_day % 60));
  return format_date(seconds) + buffer.data();
}

std::string format_duration(std::int64_t seconds) {
  struct Unit {
    std::int64_t length;
    std::string_view name;
  };
  constexpr std::array kUnits = {Unit{365 * 86400, "year"}, Unit{30 * 86400, "month"},
                                 Unit{86400, "day"},        Unit{3600, "hour"},
                                 Unit{60, "minute"},        Unit{1, "second"}};
  if (seconds < 0) seconds = 0;
  for (const Unit& unit : kUnits) {
    // Two of a unit before it is used: "14 months" says more than "1 year".
    const std::int64_t least = unit.length > 1 && unit.length != 86400 ? 2 : 1;
    if (seconds >= unit.length * least || unit.length == 1) {
      const std::int64_t count = seconds / unit.length;
      return std::to_string(count) + " " + std::string(unit.name) + (count == 1 ? "" : "s");
    }
  }
  return {};
}

}  // namespace vigil::base
