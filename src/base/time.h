// Points in time as seconds since 1970-01-01T00:00:00Z, and the texts feeds write them in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigil::base {

/// The wall clock, or what SOURCE_DATE_EPOCH says (reproducible-builds.org), so that a report can be made
/// again byte for byte. Functions that decide something take the time as an argument instead.
std::int64_t now();

/// RFC 3339 with any number of fraction digits, `Z`, an offset or nothing (UTC), or a plain date
/// YYYY-MM-DD. Nothing on any other text and on years outside 1900..2200 (feeds write 0001-01-01
/// for "unknown").
std::optional<std::int64_t> parse_time(std::string_view text);

/// "2026-11-23T04:45:17Z"
std::string format_time(std::int64_t seconds);
/// "2026-11-23"
std::string format_date(std::int64_t seconds);
/// A length of time in the largest unit that says enough: "3 minutes", "2 days", "5 months".
std::string format_duration(std::int64_t seconds);

}  // namespace vigil::base
