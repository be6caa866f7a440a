#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(GemVersion, LettersMakeAPreRelease) {
  expect_order("gem",
               "1.0.a < 1.0.a.1 < 1.0.b < 1.0.rc1 < 1.0.rc2 < 1.0.rc10 < 1.0 < 1.0.1.a < 1.0.1");
}

TEST(GemVersion, ZerosBeforeTheEndAndBeforeLettersDoNotCount) {
  expect_order("gem",
               "0 = 0.0 < 1.a = 1.0.a = 1.0.0.a = 1.a.0 < 1.a.0.1 < 1 = 1.0 = 1.0.0 < 1.0.0.1");
}

TEST(GemVersion, ZeroBetweenLettersCountsByWhatFollows) {
  expect_order("gem", "1.a.b < 1.a.0.b < 1.a < 1.a.0.1 < 1.a.1");
}

TEST(GemVersion, HyphenMeansPre) {
  expect_order("gem", "1.0-x = 1.0.pre.x < 1.0-1 = 1.0.pre.1 < 1.0-2 < 1.0");
}

TEST(GemVersion, WordsCompareByBytes) {
  expect_order("gem", "1.RC < 1.a < 1.beta < 1.beta2 < 1.pre < 1.rc < 1");
}

TEST(GemVersion, RealReleasesInOrder) {
  expect_order("gem",
               "5.0.0.beta1.1 < 5.0.0.beta2 < 5.0.0.racecar1 < 5.0.0.rc1 < 5.0.0 < 5.2.4.3 < "
               "5.2.4.10 < 6.0.0");
}

TEST(GemVersion, EmptyTextIsZero) {
  const Scheme* scheme = find_scheme("gem");
  EXPECT_EQ(*compare(*scheme, "", "0"), std::strong_ordering::equal);
  EXPECT_EQ(*compare(*scheme, " 1.0\n", "1.0"), std::strong_ordering::equal);
}

TEST(GemVersion, RefusesWhatRubyGemsRefuses) {
  expect_invalid("gem", {"junk", "1.", "1..2", ".1", "1.0_1", "1a", "v1.0", "1.2 3.4", "1.0-",
                         "1.0-a.", "1.0+1", "1.15.4-x86_64-linux"});
  expect_valid("gem", {"1.2b3", "1--2", "1-2-3.4-", "1.2.3-x"});
}

TEST(GemVersion, RefusesOverlongText) {
  const std::string digits(kMaximumLength, '1');
  expect_valid("gem", {digits});
  expect_invalid("gem", {digits + "1"});
}

TEST(GemVersion, OrdersRubyGems) {
  EXPECT_EQ(scheme_of_ecosystem("RubyGems")->name, "gem");
}

constexpr testing::Oracle kGemVersion{
    .tool = "Gem::Version (ruby)", .interpreter = "ruby", .script = R"(
require "rubygems"
$stdin.each_line do |line|
  a, b = line.chomp.split("\t", -1)
  begin
    puts ["<", "=", ">"][(Gem::Version.new(a) <=> Gem::Version.new(b)) + 1]
  rescue ArgumentError
    puts "?"
  end
end
)"};

TEST(GemVersion, AgreesWithRubyGems) {
  expect_agreement(
      "gem", kGemVersion,
      {.versions = {"0", "1.0", "1.0.0", "5.2.4.3", "5.0.0.beta1.1", "5.0.0.rc1", "6.0.0.racecar1",
                    "1.2.b3", "2.0.0.pre2", "1.0-1", "1.8.0-java", "3.2.1.a.0.b", "1.a.0.0.2",
                    "0.9.0.rc.1", "4.2.11.1", "1.4.0.pre.rc.5", "20230101.0.1", "1.0.0.0.0"},
       .pieces = {".", "-", "0", ".0", ".0.0", "a", "Z", "rc", ".rc1", ".pre", "-pre", "beta",
                  ".a.0", "_", "+", ".0.b", "99999999999999999999", "10", "x-y"}});
}

}  // namespace
}  // namespace vigil::version
