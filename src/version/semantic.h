// What the schemes descended from Semantic Versioning share:
// MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD].
//
// Reference: https://semver.org/spec/v2.0.0.html. Each scheme says in its rules which liberties its
// ecosystem's tool takes, and writes the key itself.
#pragma once

#include <array>
#include <string_view>

#include "base/result.h"
#include "version/key_writer.h"

namespace vigil::version {

/// Where a prerelease may stand without its hyphen, as in "1.0.0rc1".
enum class Unmarked {
  Never,
  AfterThreeNumbers,  ///< and "1.0.0-" has the identifier "-", as in node-semver's loose mode
  Always,
};

struct SemanticRules {
  int minimum_numbers = 3;         ///< how many of the three numbers must be there; others are 0
  bool leading_zeros = false;      ///< "01" is a number, of value 1, and a numeric identifier
  bool short_with_suffix = false;  ///< "1.0-rc1": prerelease and build after fewer than 3 numbers
  Unmarked unmarked = Unmarked::Never;
};

struct SemanticVersion {
  std::array<std::string_view, 3> numbers;  ///< digits; empty if left out
  std::string_view prerelease;              ///< dotted identifiers; empty if there is none
  std::string_view build;                   ///< dotted identifiers; empty if there is none
};

/// Takes the text apart; the views point into it. Refuses it where the rules do not allow it.
Result<SemanticVersion> parse_semantic(std::string_view text, const SemanticRules& rules);

/// The three numbers.
void write_numbers(KeyWriter& key, const SemanticVersion& version);

/// Section 11 of the specification: a prerelease sorts below its release; its identifiers compare
/// one by one, digits by value and below letters, letters by byte, fewer identifiers first.
void write_prerelease(KeyWriter& key, std::string_view prerelease);
/// The identifiers of a prerelease or build, one by one, and an end.
void write_identifiers(KeyWriter& key, std::string_view list);

/// A prerelease without identifiers, which sorts below every other.
void write_first_prerelease(KeyWriter& key);

}  // namespace vigil::version
