#include "source/debian_archive/changelog.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "source/debian_archive/cve_ids.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::size_t kLongestWord = 512;

bool is_source_name(std::string_view word) {
  return word.size() >= 2 && word.size() <= kLongestWord && base::is_alnum(word.front()) &&
         std::ranges::all_of(
             word, [](char c) { return base::is_alnum(c) || c == '+' || c == '-' || c == '.'; });
}

std::string urgency_of(std::string_view metadata) {
  for (const std::string_view part : base::split(metadata, ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    if (!base::equals_ignoring_case(base::trim(part.substr(0, equals)), "urgency")) continue;
    const auto words = base::words(part.substr(equals + 1));
    return words.empty() ? std::string() : base::lower(words[0].substr(0, 32));
  }
  return {};
}

/// "source (version) distribution...; key=value..."
std::optional<Upload> header(std::string_view line) {
  if (line.empty() || !base::is_alnum(line.front())) return std::nullopt;
  const std::size_t open = line.find('(');
  const std::size_t close = line.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  const std::string_view source = base::trim(line.substr(0, open));
  const std::string_view version = base::trim(line.substr(open + 1, close - open - 1));
  if (!is_source_name(source) || version.empty() || version.size() > kLongestWord ||
      base::words(version).size() != 1) {
    return std::nullopt;
  }
  const std::string_view behind = line.substr(close + 1);
  const std::size_t semicolon = behind.find(';');
  if (semicolon == std::string_view::npos) return std::nullopt;
  Upload upload;
  upload.source = source;
  upload.version = version;
  for (const std::string_view word : base::words(behind.substr(0, semicolon))) {
    if (upload.distribution.size() + word.size() > kLongestWord) break;
    if (!upload.distribution.empty()) upload.distribution += ' ';
    upload.distribution += word;
  }
  upload.urgency = urgency_of(behind.substr(semicolon + 1));
  return upload;
}

/// " -- Name <address>  date"
std::optional<std::string_view> trailer_date(std::string_view line) {
  if (!line.starts_with(" --")) return std::nullopt;
  const std::size_t address = line.rfind('>');
  return address == std::string_view::npos ? std::string_view() : line.substr(address + 1);
}

std::optional<int> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (base::equals_ignoring_case(name.substr(0, 3), kMonths[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

std::string two_digits(std::uint64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::int64_t parse_mail_date(std::string_view text) {
  auto words = base::words(text.substr(0, 128));
  if (!words.empty() && words[0].ends_with(',')) words.erase(words.begin());
  if (words.size() < 4) return 0;
  const auto day = base::parse_unsigned(words[0]);
  const auto month = month_of(words[1]);
  if (!day || *day > 31 || !month || words[2].size() != 4) return 0;
  std::string clock(words[3]);
  if (clock.find(':') == 1) clock.insert(0, "0");
  std::string zone = "Z";
  if (words.size() > 4 && words[4].size() == 5 && (words[4][0] == '+' || words[4][0] == '-')) {
    zone = std::string(words[4].substr(0, 3)) + ":" + std::string(words[4].substr(3));
  }
  const std::string iso = std::string(words[2]) + "-" +
                          two_digits(static_cast<std::uint64_t>(*month)) + "-" + two_digits(*day) +
                          "T" + clock + zone;
  return base::parse_time(iso).value_or(0);
}

std::vector<Upload> parse_changelog(std::string_view text, std::size_t most) {
  std::vector<Upload> uploads;
  std::optional<Upload> open;
  const char* changes = nullptr;
  const auto finish = [&](const char* end) {
    if (!open) return;
    open->cves = find_cves({changes, static_cast<std::size_t>(end - changes)});
    uploads.push_back(std::move(*open));
    open.reset();
  };
  std::string_view rest = text;
  while (uploads.size() < most) {
    const char* begin = rest.data();
    const auto line = base::next_line(rest);
    if (!line) break;
    if (auto next = header(*line)) {
      finish(begin);  // the entry before had no trailer
      if (uploads.size() == most) return uploads;
      open = std::move(next);
      changes = rest.data();
    } else if (const auto date = trailer_date(*line); date && open) {
      open->date = parse_mail_date(*date);
      finish(begin);
    }
  }
  if (open && uploads.size() < most) finish(text.data() + text.size());
  return uploads;
}

}  // namespace vigil::source::debian_archive
