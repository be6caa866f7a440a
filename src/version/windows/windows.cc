// Windows builds and file versions: up to four numbers, "10.0.19045.3803".
//
// Reference: https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo and
// https://learn.microsoft.com/windows/release-health/release-information; the last number is the
// update build revision (UBR), which every cumulative update raises.
//
// The order: number by number, by value. Microsoft's advisories write "10.0.19045.3803" and
// "10.0.19045" alike; numbers left out are 0.
//
// Traps.
// - Builds of different releases (19045 and 22631) compare by number too, which says nothing about
//   which fixes they hold: a bound belongs to one release, and the matcher must pair them.
// - A file's version may hold more text, "10.0.19041.3636 (WinBuild.160101.0800)": the reader of
// the
//   file strips that; here it is refused. So is a fifth number, and one beyond 32 bits.
#include <limits>
#include <optional>

#include "base/text.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::windows {
namespace {

constexpr int kNumbers = 4;

Result<Key> key(std::string_view text) {
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  KeyWriter key(text.size());
  std::string_view rest = text;
  int count = 0;
  for (bool more = true; more; ++count) {
    if (count == kNumbers) return fail("more than four numbers", std::string(text));
    const std::size_t dot = rest.find('.');
    const std::string_view digits = rest.substr(0, dot);
    const std::optional<std::uint64_t> number = base::parse_unsigned(digits);
    if (!number || *number > std::numeric_limits<std::uint32_t>::max()) {
      return fail("not a number from 0 to 4294967295: '" + std::string(digits) + "'",
                  std::string(text));
    }
    key.number(digits);
    more = dot != std::string_view::npos;
    if (more) rest.remove_prefix(dot + 1);
  }
  for (; count < kNumbers; ++count) key.number(std::string_view{});
  return key.take();
}

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "windows",
                                  .summary = "Windows builds and file versions, up to four numbers",
                                  .ecosystems = {},
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::windows
