#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(ComposerVersion, StabilitiesInOrder) {
  expect_order("composer",
               "1.0-dev < 1.0-alpha < 1.0-alpha1 < 1.0-beta1-dev < 1.0-beta1 < 1.0-beta2 "
               "< 1.0-RC1 < 1.0 = 1.0-stable < 1.0-patch1 = 1.0-p1 = 1.0pl1 < 1.0.0.1");
}

TEST(ComposerVersion, MissingNumbersAreZero) {
  expect_order("composer", "1 = 1.0 = v1.0.0 = 1.0.0.0 = 1.0. = 01.0 < 1.0.1 < 1.10");
}

TEST(ComposerVersion, SpellingsOfStabilities) {
  expect_order("composer",
               "1.0a2 = 1.0-alpha2 = 1.0.ALPHA.2 = 1.0_alpha-2 < 1.0b = 1.0-BETA < 1.0b1");
  expect_order("composer", "1.0-beta.1.2 = 1.0-beta1-2 < 1.0-beta1.3 < 1.0-beta2");
}

TEST(ComposerVersion, NumberedBranchesAreAboveTheirVersions) {
  expect_order("composer",
               "1.9.99 < 1.x-dev = 1.9999999.*-dev = 1.X.dev < 2.0.99 < 2.0.x-dev < 2.1 < "
               "2.x-dev");
}

TEST(ComposerVersion, DatesAreVersions) {
  expect_order("composer", "20100102 < 20100102.0 < 20100102.203040 < 20100103-beta < 20100103");
  expect_order("composer", "2010-01-02 = 2010:01:02 < 2010-01-02.5 < 2010-01-02-10-20-30.5");
}

TEST(ComposerVersion, MetadataFlagsAndAliasesAreCutOff) {
  expect_order("composer", "1.0 = 1.0+build.5 = 1.0@dev = 1.0@RC < 1.1");
  const Scheme* scheme = find_scheme("composer");
  EXPECT_EQ(*compare(*scheme, "1.0 as 2.0", "1.0"), std::strong_ordering::equal);
}

TEST(ComposerVersion, OnlyLowerCaseStableIsStable) {
  expect_order("composer", "1.0-STABLE < 1.0-dev < 1.0-stable2-dev = 1.0");
}

TEST(ComposerVersion, NumbersEndAt63Bits) {
  expect_order("composer", "1.9223372036854775806 < 1.9223372036854775807 = 1.9223372036854775808");
}

TEST(ComposerVersion, BranchesWithoutNumbersHaveNoOrder) {
  for (const std::string_view branch :
       {"dev-master", "dev-main", "DEV-2.x", "master", "trunk", "default", "dev-master as 1.0"}) {
    const Result<Key> key = find_scheme("composer")->key(branch);
    ASSERT_FALSE(key) << branch;
    EXPECT_EQ(key.error().code, ErrorCode::Unsupported) << branch;
  }
}

TEST(ComposerVersion, RefusesWhatComposerRefuses) {
  expect_invalid("composer", {"", "a", "1.0.0.0.0", "1.0.0-meh", "1.0.0-beta.", "1.0-foo-dev",
                              "1000000000000000000000", "1.0 .2", "feature-dev", "201001-1-02",
                              "20100102030405060708", "1.0.0+foo bar", "~1", "^1", "1.*",
                              "1.0-pre1", "1.2.3.x.x-dev"});
}

TEST(ComposerVersion, RefusesOverlongText) {
  expect_valid("composer", {"1." + std::string(kMaximumLength - 2, '1')});
  expect_invalid("composer", {"1." + std::string(kMaximumLength - 1, '1')});
}

TEST(ComposerVersion, OrdersPackagist) {
  EXPECT_EQ(scheme_of_ecosystem("Packagist")->name, "composer");
}

// A branch has no order in Composer; the scheme refuses it.
constexpr testing::Oracle kSemver{
    .tool = "Composer\\Semver (php-composer-semver)", .interpreter = "php", .script = R"(<?php
if (!@include '/usr/share/php/Composer/Semver/autoload.php') exit(77);
$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
  try {
    list($a, $b) = array_map([$parser, 'normalize'], explode("\t", rtrim($line, "\n")));
  } catch (UnexpectedValueException $invalid) {
    echo "?\n";
    continue;
  }
  if (strpos($a, 'dev-') === 0 || strpos($b, 'dev-') === 0) { echo "?\n"; continue; }
  echo Composer\Semver\Comparator::lessThan($a, $b) ? "<\n"
    : (Composer\Semver\Comparator::greaterThan($a, $b) ? ">\n" : "=\n");
}
)"};

TEST(ComposerVersion, AgreesWithComposer) {
  expect_agreement(
      "composer", kSemver,
      {.versions =
           {"1.0",        "1.0.0",       "v2.3.4",          "5.4.0-BETA1",  "1.0.0-alpha.3",
            "2.0.0-RC2",  "1.2.3.4",     "1.0-p1",          "2.x-dev",      "2.1.x-dev",
            "1.0-dev",    "20100102",    "20100102.203040", "2010-01-02",   "2010-01-02-10-20-30.5",
            "dev-master", "1.0.0+build", "1.0@stable",      "4.2.0-patch2", "1.0.0-beta1-dev",
            "7.x-1.0",    "8.9.20",      "1.0 as 2.0",      "3.4.5.*-dev",  "201001"},
       .pieces = {".",
                  "-",
                  "_",
                  "0",
                  "00",
                  ".0",
                  "-dev",
                  ".x-dev",
                  "dev",
                  "beta",
                  "b",
                  "a",
                  "RC",
                  "rc",
                  "p",
                  "pl",
                  "patch",
                  "stable",
                  "-stable",
                  "STABLE",
                  "@dev",
                  "+x",
                  "v",
                  ".x",
                  ".*",
                  ":",
                  "10",
                  "2010",
                  "99999999999999999999",
                  " as ",
                  "dev-"}});
}

}  // namespace
}  // namespace vigil::version
