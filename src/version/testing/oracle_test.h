// Property tests of a scheme against the tool that defines it ("oracle"): thousands of mutated real
// versions per run, compared in both directions, and the laws of a total order.
//
//   constexpr Oracle kDpkg{.tool = "Dpkg::Version", .interpreter = "perl", .script = R"(...)"};
//   TEST(DebVersion, AgreesWithDpkg) {
//     expect_agreement("deb", kDpkg, {.versions = {"1.0-1", ...}, .pieces = {"~", "+b1", ...}});
//   }
//
// Environment: VIGIL_TEST_SEED repeats a run (every failure prints its seed);
// VIGIL_REQUIRE_ORACLES=1 makes a missing tool a failure instead of a skipped test.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigil::version::testing {

/// A program that reads lines "A<tab>B" from standard input and answers each with one line: `<`,
/// `=` or `>`, or `?` where the tool calls A or B invalid. It leaves with status 77 if the tool is
/// absent.
struct Oracle {
  std::string_view tool;         ///< what answers, for messages
  std::string_view interpreter;  ///< "perl", "node", "/usr/bin/python3"; runs the script as a file
  std::string_view script;
};

struct Specimens {
  std::vector<std::string_view> versions;  ///< real versions, a few dozen
  std::vector<std::string_view> pieces;    ///< what a mutation may insert: "~rc1", "0", "."
  /// True for pairs on which the tool is no total order, or otherwise known to differ. Each use
  /// says which those are and why.
  bool (*excluded)(std::string_view a, std::string_view b) = nullptr;
  std::size_t pairs = 4000;
};

using Pair = std::pair<std::string, std::string>;

/// Pairs of mutated specimens, near each other more often than not. Reproducible from the seed.
std::vector<Pair> mutated_pairs(const Specimens& specimens, std::uint64_t seed);

/// Digits in the longest run of digits: some oracles cannot count beyond 2^53 or 2^31.
std::size_t longest_number(std::string_view text);

/// Asserts, on mutated pairs, that the scheme refuses exactly what the oracle refuses, that keys
/// order as the oracle does in both directions, and that sorting by key gives a sequence whose
/// neighbours the oracle orders alike. Skips the test if the tool is absent.
void expect_agreement(std::string_view scheme, const Oracle& oracle, const Specimens& specimens);

}  // namespace vigil::version::testing
