// Debian package versions: [epoch:]upstream[-revision], as dpkg orders them.
//
// Reference: deb-version(7); Debian Policy 5.6.12; and where they are silent, dpkg itself
// (lib/dpkg/version.c, lib/dpkg/parsehelp.c). Every distribution that installs with dpkg uses it.
//
// The order. Epochs compare as numbers, then upstream parts, then revisions. A part is read as
// alternating runs: a run without digits, then a number, then a run without digits ... Runs of
// non-digits compare byte by byte, where `~` is below the end of the run, the end below letters,
// letters below everything else; numbers compare by value. Both may be empty, so "1" and "1." and
// "1.0" differ only in what follows: "1." equals "1.0".
//
// Traps.
// - An absent epoch is 0, an absent revision equals "0": "1.0" = "0:1.0" = "1.0-0" = "1.0-".. but
// the
//   last is refused, a hyphen must be followed by something.
// - The revision begins at the *last* hyphen; the epoch ends at the *first* colon.
// - dpkg only warns about characters outside [A-Za-z0-9.+~:-] and about an upstream part that
// begins
//   with no digit, and then compares all the same; installed systems and feeds do hold such
//   versions, so they get a key here too. It reads bytes beyond ASCII as signed characters, which
//   puts them between the letters and the punctuation.
// - The epoch is read by strtol, so "+1:2" is epoch 1; it must not exceed 2^31-1.
//
// Key: number epoch, part upstream, part revision. A part is (run, number)* and an end; a run is
// one byte per character, its weight, closed by the weight of the end, which stands above `~` and
// below all others. Only the first run can be empty, therefore an end mark in place of a later run
// ends the part, and compares with a longer part as dpkg does: against the end of an empty run.
#include <limits>
#include <optional>

#include "base/text.h"
#include "version/dpkg_order.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::deb {
namespace {

/// What strtol would make of it, if dpkg accepts that.
std::optional<std::uint64_t> parse_epoch(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::optional<std::uint64_t> epoch = base::parse_unsigned(text);
  if (!epoch || *epoch > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  if (negative && *epoch != 0) return std::nullopt;
  return epoch;
}

Result<Key> key(std::string_view text) {
  const std::string_view version = base::trim(text);
  if (text.size() > kMaximumLength) return fail("version longer than 512 bytes");
  if (version.empty()) return fail("empty version");
  for (const char c : version) {
    if (base::is_space(c) || c == '\0')
      return fail("white space within the version", std::string(text));
  }

  KeyWriter key(text.size());
  std::string_view upstream = version;
  if (const std::size_t colon = version.find(':'); colon != std::string_view::npos) {
    const std::optional<std::uint64_t> epoch = parse_epoch(version.substr(0, colon));
    if (!epoch) return fail("the epoch is no number from 0 to 2147483647", std::string(text));
    upstream.remove_prefix(colon + 1);
    key.number(*epoch);
  } else {
    key.number(std::string_view{});
  }
  std::string_view revision;
  if (const std::size_t hyphen = upstream.rfind('-'); hyphen != std::string_view::npos) {
    revision = upstream.substr(hyphen + 1);
    if (revision.empty()) return fail("nothing after the last hyphen", std::string(text));
    upstream = upstream.substr(0, hyphen);
  }
  if (upstream.empty()) return fail("the upstream version is empty", std::string(text));
  write_dpkg_part(key, upstream);
  write_dpkg_part(key, revision);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Debian", "Ubuntu", "Echo"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "deb",
      .summary = "Debian package versions, [epoch:]upstream[-revision], as dpkg orders them",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::deb
