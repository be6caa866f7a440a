// Versions of Dart and Flutter packages, as pub_semver orders them.
//
// Reference: https://pub.dev/packages/pub_semver (Version.compareTo),
// https://dart.dev/tools/pub/versioning.
//
// The order is Semantic Versioning's with one difference that matters: build metadata takes part. A
// build sorts above the same version without one, builds compare like prereleases: "1.0.0" <
// "1.0.0+1" < "1.0.0+2". Dart had no post-releases when this was chosen, and old packages rely on
// it.
//
// Traps.
// - Exactly three numbers, no "v" in front. Leading zeros are read by value.
// - An identifier is a number if Dart's int.tryParse takes it: that includes a sign and
// hexadecimal,
//   so "-5" is -5 and "0x1F" is 31, and beyond 64 bits it is a text.
//
// Key: three numbers, 1 or (0, identifiers) for the prerelease, 0 or (1, identifiers) for the
// build; a number among identifiers is eight bytes of two's complement with the sign bit turned
// over.
#include <charconv>
#include <optional>

#include "base/text.h"
#include "version/scheme.h"
#include "version/semantic.h"

namespace vigil::version::pub {
namespace {

constexpr SemanticRules kRules{.leading_zeros = true};

enum Rank : std::uint8_t { End, Number, Text };

/// int.tryParse of the Dart virtual machine, for the characters an identifier may hold.
std::optional<std::uint64_t> parse_dart_int(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (hexadecimal) text.remove_prefix(2);
  std::uint64_t magnitude = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, magnitude, hexadecimal ? 16 : 10);
  if (error != std::errc{} || stop != end) return std::nullopt;
  constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
  if (!hexadecimal && magnitude > (negative ? kSignBit : kSignBit - 1)) return std::nullopt;
  return negative ? 0 - magnitude : magnitude;
}

void write_signed(KeyWriter& key, std::uint64_t twos_complement) {
  const std::uint64_t ordered = twos_complement ^ (std::uint64_t{1} << 63);
  for (int shift = 56; shift >= 0; shift -= 8) {
    key.rank(static_cast<std::uint8_t>(ordered >> static_cast<unsigned>(shift)));
  }
}

void write_dart_identifiers(KeyWriter& key, std::string_view list) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t dot = std::min(list.find('.', at), list.size());
    const std::string_view identifier = list.substr(at, dot - at);
    if (const std::optional<std::uint64_t> number = parse_dart_int(identifier)) {
      write_signed(key.rank(Number), *number);
    } else {
      key.rank(Text).text(identifier);
    }
    at = dot + 1;
  }
  key.rank(End);
}

Result<Key> key(std::string_view text) {
  VIGIL_TRY(const SemanticVersion version, parse_semantic(text, kRules));
  KeyWriter key(text.size());
  for (const std::string_view number : version.numbers) {
    if (!parse_dart_int(number)) return fail("a number beyond 63 bits", std::string(text));
  }
  write_numbers(key, version);
  key.rank(version.prerelease.empty() ? 1 : 0);
  if (!version.prerelease.empty()) write_dart_identifiers(key, version.prerelease);
  key.rank(version.build.empty() ? 0 : 1);
  if (!version.build.empty()) write_dart_identifiers(key, version.build);
  return key.take();
}

constexpr std::string_view kEcosystems[] = {"Pub"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{
      .name = "pub",
      .summary = "Dart and Flutter package versions: semantic, builds take part in the order",
      .ecosystems = kEcosystems,
      .key = key};
  return kScheme;
}

}  // namespace vigil::version::pub
