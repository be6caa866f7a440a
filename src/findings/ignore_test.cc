#include "findings/ignore.h"

#include "base/time.h"

namespace vigil::findings {
namespace {

constexpr std::string_view kFile =
    "# comment\n"
    "\n"
    "CVE-2023-45853  package=zlib1g until=2027-03-31 -- minizip is not built\r\n"
    "CVE-2022-* -- accepted -- for now\n";

Finding finding(std::string id, std::vector<std::string> packages,
                std::vector<std::string> aliases = {}) {
  Finding finding;
  finding.vulnerability.id = std::move(id);
  finding.vulnerability.aliases = std::move(aliases);
  for (std::string& name : packages) {
    AffectedPackage package;
    package.package.name = std::move(name);
    finding.packages.push_back(std::move(package));
  }
  return finding;
}

std::int64_t day(std::string_view text) {
  return base::parse_time(text).value();
}

TEST(IgnoreFile, CommentsAndBlankLinesAreNoRules) {
  const auto rules = parse_ignore_file(kFile, "x");
  ASSERT_TRUE(rules);
  ASSERT_EQ(rules->size(), 2U);
  EXPECT_EQ(rules->front().line, 3U);
  EXPECT_EQ(rules->front().package, "zlib1g");
  EXPECT_EQ(rules->front().reason, "minizip is not built");
  EXPECT_EQ(rules->back().reason, "accepted -- for now");
}

TEST(IgnoreFile, MistakesAreErrorsThatNameTheLine) {
  for (const char* line :
       {"CVE-2023-1", "CVE-2023-1 --", "CVE-2023-1 --  ", "-- no id", "* -- everything",
        "CVE-2023-1 until=soon -- x", "CVE-2023-1 until=2026-13-01 -- x",
        "CVE-2023-1 CVE-2023-2 -- x", "CVE-2023-1 untill=2026-01-01 -- x"}) {
    const auto rules = parse_ignore_file("# first\n" + std::string(line) + "\n", "file");
    ASSERT_FALSE(rules) << line;
    EXPECT_EQ(rules.error().where, "file:2") << line;
  }
}

TEST(IgnoreFile, RuleHoldsThroughItsLastDay) {
  const auto rules = parse_ignore_file(kFile, "x");
  ASSERT_TRUE(rules);
  const Finding zlib = finding("CVE-2023-45853", {"zlib1g"});
  EXPECT_NE(ignored_by(*rules, zlib, day("2027-03-31T23:59:59Z")), nullptr);
  EXPECT_EQ(ignored_by(*rules, zlib, day("2027-04-01")), nullptr);
}

TEST(IgnoreFile, ADateBeforeTheEpochIsOverLikeAnyOther) {
  const auto rules = parse_ignore_file("CVE-2024-0001 until=1969-12-31 -- x\n", "x");
  ASSERT_TRUE(rules);
  EXPECT_EQ(ignored_by(*rules, finding("CVE-2024-0001", {"a"}), day("2024-01-01")), nullptr);
}

TEST(IgnoreFile, RuleForOnePackageDoesNotHideAnother) {
  const auto rules = parse_ignore_file(kFile, "x");
  ASSERT_TRUE(rules);
  EXPECT_EQ(ignored_by(*rules, finding("CVE-2023-45853", {"zlib1g", "rsync"}), 0), nullptr);
  EXPECT_EQ(ignored_by(*rules, finding("CVE-2023-45853", {"rsync"}), 0), nullptr);
}

TEST(IgnoreFile, IdsMatchInAnyCaseByAliasAndByPrefix) {
  const auto rules = parse_ignore_file("ghsa-abcd -- x\nCVE-2022-* -- y\n", "x");
  ASSERT_TRUE(rules);
  EXPECT_NE(ignored_by(*rules, finding("CVE-2024-1", {"a"}, {"GHSA-ABCD"}), 0), nullptr);
  EXPECT_NE(ignored_by(*rules, finding("CVE-2022-99999", {"a"}), 0), nullptr);
  EXPECT_EQ(ignored_by(*rules, finding("CVE-2023-2022", {"a"}), 0), nullptr);
}

}  // namespace
}  // namespace vigil::findings
