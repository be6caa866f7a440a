// Haskell package versions: numbers separated by dots, as Cabal orders them.
//
// Reference: Distribution.Types.Version of Cabal (its parser and its Ord instance); the Haskell
// Package Versioning Policy, which gives the numbers their meaning but not their order.
//
// The order. That of the lists of numbers: 1.0 < 1.0.0 < 1.0.1. There are no pre-releases.
//
// Traps.
// - Trailing zeros count.
// - A number has at most nine digits and no leading zeros; Cabal refuses others.
// - Tags ("1.0-alpha") of former times are read, with a warning, and do not count: 1.0-alpha = 1.0.
//
// Key: parts, end.
#include "version/cursor.h"
#include "version/key_writer.h"
#include "version/scheme.h"

namespace vigil::version::hackage {
namespace {

constexpr std::size_t kMostDigits = 9;

Result<Key> key(std::string_view text) {
  VIGIL_CHECK(check_readable(text));
  Cursor in(text);
  KeyWriter key;
  do {
    const std::string_view number = in.digits();
    if (number.empty()) return fail("not numbers separated by dots", std::string(text));
    if (number.size() > kMostDigits) return fail("more than nine digits", std::string(text));
    if (number.size() > 1 && number.front() == '0') return fail("leading zero", std::string(text));
    key.part(number);
  } while (in.skip('.'));
  while (in.skip('-')) {
    if (in.letters_and_digits().empty()) return fail("empty tag after '-'", std::string(text));
  }
  if (!in.done()) return fail("not numbers separated by dots", std::string(text));
  return key.rank(0).take();
}

constexpr std::string_view kEcosystems[] = {"Hackage", "GHC"};

}  // namespace

const Scheme& scheme() {
  static constexpr Scheme kScheme{.name = "hackage",
                                  .summary = "Haskell package versions, as Cabal does",
                                  .ecosystems = kEcosystems,
                                  .key = key};
  return kScheme;
}

}  // namespace vigil::version::hackage
