// A version scheme: how one family of ecosystems writes and orders its versions.
//
// The heart of Vigil's matching is `key`: it turns a version into bytes such that comparing two
// keys with memcmp orders them exactly as the ecosystem's own tool orders the texts, and equal keys
// are versions that tool holds equal. Advisory bounds and inventories carry keys, so that a match
// is a byte comparison and a database can answer "who runs something older than this?" with an
// index.
//
// One directory per scheme, `version/<name>/<name>.cc`, defines
//   namespace vigil::version::<name> { const Scheme& scheme(); }
// and opens with what the scheme is, the authoritative reference, the traps, what is not handled.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::version {

/// Order-preserving bytes. std::string compares as unsigned bytes, shorter first: as memcmp does.
using Key = std::string;

/// A longer version is refused by every scheme: no real one comes near.
inline constexpr std::size_t kMaximumLength = 512;

struct Scheme {
  std::string_view name;     ///< as the command line takes it: "deb"
  std::string_view summary;  ///< one line: what it orders and by which rules
  /// OSV ecosystem names (before the first colon) whose versions it orders: "Debian", "Ubuntu".
  std::span<const std::string_view> ecosystems;
  /// The key, or an error that says what is wrong with the text. Pure; thread-safe.
  Result<Key> (*key)(std::string_view text);
};

/// Every scheme, ordered by name.
std::span<const Scheme* const> all_schemes();
/// By name ("deb"); null if there is none.
const Scheme* find_scheme(std::string_view name);
/// By OSV ecosystem, with or without release ("Debian:12", "PyPI"); null if none orders it.
const Scheme* scheme_of_ecosystem(std::string_view ecosystem);

/// How the ecosystem's own tool orders a and b; the error of the first that is invalid.
Result<std::strong_ordering> compare(const Scheme& scheme, std::string_view a, std::string_view b);

}  // namespace vigil::version
