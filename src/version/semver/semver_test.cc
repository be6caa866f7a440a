#include "base/text.h"
#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(SemverVersion, PrecedenceExampleOfTheSpecification) {
  expect_order("semver",
               "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < "
               "1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0 < 2.0.0 < 2.1.0 < 2.1.1");
}

TEST(SemverVersion, NumericIdentifiersSortByValueAndBelowLetters) {
  expect_order("semver",
               "1.0.0-2 < 1.0.0-10 < 1.0.0-10.a < 1.0.0--1 < 1.0.0-0a < 1.0.0-A < 1.0.0-a");
}

TEST(SemverVersion, BuildMetadataIsIgnored) {
  expect_order("semver", "1.0.0-rc+2 = 1.0.0-rc < 1.0.0 = 1.0.0+1 = 1.0.0+2.a-b");
}

TEST(SemverVersion, NumbersOfAnySizeCompareByValue) {
  expect_order("semver", "1.0.9 < 1.0.10 < 1.0.18446744073709551615 < 1.0.18446744073709551616");
}

TEST(SemverVersion, PrefixesAreNoPartOfTheVersion) {
  expect_order("semver", "v1.2.2 < 1.2.3 = v1.2.3 = =1.2.3 = =v1.2.3");
}

TEST(SemverVersion, MissingNumbersAreZero) {
  expect_order("semver", "0 = 0.0 < 0.1 = 0.1.0 < 0.2 < v4-beta < v4 = 4.0 = 4.0.0 < 4.0.1");
}

TEST(SemverVersion, LooseTextsOfRealFeeds) {
  expect_order("semver", "2020.04.23 = 2020.4.23 < 2021.01.30 < 2021.12.09");
  expect_order("semver", "1.0.0-beta1 = 1.0.0beta1 < 1.0.0rc1 < 1.0.0");
}

TEST(SemverVersion, RefusesWhatIsNone) {
  expect_invalid("semver", {"",
                            "v",
                            "latest",
                            "1.",
                            "1..0",
                            ".1",
                            "1.2.3.4",
                            "1.2.34.5",
                            "1.2.3-a..b",
                            "1.2.3-a.",
                            "1.2.3+",
                            "1.2.3+a..b",
                            "1.2.3-a_b",
                            "1.2.x",
                            "1.0beta",
                            "*",
                            "1.2.3 4",
                            "8f4b7f84864484a7bf31766abe9204da3cbe65b3",
                            "nightly.2026-03-10.0",
                            "-1.0.0",
                            std::string_view("1.2.3\0", 6)});
}

TEST(SemverVersion, OrdersTheRegistriesBuiltOnIt) {
  for (const char* ecosystem : {"npm", "crates.io", "Hex", "SwiftURL", "GitHub Actions"}) {
    const Scheme* scheme = scheme_of_ecosystem(ecosystem);
    ASSERT_NE(scheme, nullptr) << ecosystem;
    EXPECT_EQ(scheme->name, "semver");
  }
}

/// Where the rules differ from node-semver; see the essay in semver.cc. One or two numbers, four
/// numbers, and numbers beyond 2^53.
bool beyond_node(std::string_view version) {
  if (testing::longest_number(version) > 15) return true;
  const std::size_t start = version.find_first_not_of("v= ");
  if (start == std::string_view::npos) return false;
  const std::string_view main =
      version.substr(start, version.find_first_not_of("0123456789.", start) - start);
  return base::split(main, '.').size() != 3;
}

const testing::Specimens kSpecimens{
    .versions = {"1.0.0", "0.0.1", "1.2.3-beta.1", "v4.17.21", "2.0.0-rc.10", "1.0.0-alpha.beta",
                 "16.8.0-next.0", "0.0.0-20230101120000-abcdef", "7.0.0-canary.1+build.5",
                 "1.0.0-x.7.z.92", "1.0.0--", "3.0.0-0", "1.0.0beta2", "2020.04.23", "10.20.30",
                 "18.3.0-canary-a870b2d54-20240314", "5.0.0-beta.25+sha.5114f85"},
    .pieces = {".", "-", "+", "0", "00", "1", "a", "Z", "v", "=", "rc", ".0", "-0", "beta", ".10",
               "-rc.1", "+b", "_", ".."},
    .excluded = [](std::string_view a, std::string_view b) {
      return beyond_node(a) || beyond_node(b);
    }};

constexpr testing::Oracle kNode{
    .tool = "node-semver", .interpreter = "NODE_PATH=/usr/share/nodejs node", .script = R"(
let semver;
try { semver = require('semver'); } catch (absent) { process.exit(77); }
const lines = require('fs').readFileSync(0, 'utf8').split('\n');
lines.pop();
console.log(lines.map((line) => {
  const [a, b] = line.split('\t').map((text) => semver.parse(text, {loose: true}));
  if (a === null || b === null) return '?';
  const order = semver.compare(a, b, {loose: true});
  return order < 0 ? '<' : order > 0 ? '>' : '=';
}).join('\n'));
)"};

TEST(SemverVersion, AgreesWithNodeSemver) {
  expect_agreement("semver", kNode, kSpecimens);
}

}  // namespace
}  // namespace vigil::version
