#include "intel/feeds/testing.h"

namespace vigil::intel::nodejs_security_wg {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string core(std::string_view vulnerable, std::string_view patched,
                 std::string_view more = "") {
  return R"({"cve":["CVE-2026-0001"],"vulnerable":")" + std::string(vulnerable) +
         R"(","patched":")" + std::string(patched) + R"(","severity":"high","overview":"text")" +
         std::string(more) + "}";
}

std::string npm(std::string_view vulnerable, std::string_view patched, std::string_view cves = "") {
  return R"({"id":100,"module_name":"uri-js","cves":[)" + std::string(cves) +
         R"(],"vulnerable_versions":")" + std::string(vulnerable) + R"(","patched_versions":)" +
         std::string(patched) + R"(,"title":"t","overview":"o","updated_at":"2017-04-14",
         "cvss_vector":"CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"})";
}

std::string range_of(const std::string& text) {
  const Collected read = read_text(feed(), text, "vuln/core/5.json");
  return read.statements.empty() ? "none" : ranges_of(read.statements[0]);
}

TEST(NodejsSecurityWg, NodeIsAffectedWhereItIsNotPatched) {
  const Collected read = read_text(feed(), core("20.x || 22.x", "^20.20.2 || ^22.22.2"));
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0].ecosystem, "Bitnami");
  EXPECT_EQ(read.statements[0].package, "node");
  EXPECT_EQ(ranges_of(read.statements[0]), "[20.0.0,20.20.2) [22.0.0,22.22.2)");
  EXPECT_EQ(read.statements[0].state, model::FixState::Fixed);
  EXPECT_EQ(read.all_facts.at(0).details.vendor_severities.at(0).word, "high");
}

TEST(NodejsSecurityWg, ALineWithoutAPatchHasNoFixOfItsOwn) {
  EXPECT_EQ(range_of(core("10.x || 20.x", "^20.5.1")), "[10.0.0,<11.0.0-0) [20.0.0,20.5.1)");
  EXPECT_EQ(range_of(core("21.x || 20.x", "^20.5.1")), "[20.0.0,20.5.1) [21.0.0-0,<22.0.0-0)");
}

TEST(NodejsSecurityWg, OnlyOnThePlatformsItNames) {
  const Collected read =
      read_text(feed(), core("20.x", "^20.5.1", R"(,"affectedEnvironments":["win32"])"));
  EXPECT_THAT(read.statements.at(0).platforms, ElementsAre("windows"));
  EXPECT_THAT(read_text(feed(), core("20.x", "^20.5.1", R"(,"affectedEnvironments":["all"])"))
                  .statements.at(0)
                  .platforms,
              IsEmpty());
}

TEST(NodejsSecurityWg, NpmPackagesKeepTheirNumber) {
  const Collected read = read_text(feed(), npm("<=2.1.1", R"(">=3.0.0")"));
  EXPECT_EQ(read.statements.at(0).vulnerability, "NSWG-ECO-100");
  EXPECT_EQ(read.statements.at(0).ecosystem, "npm");
  EXPECT_EQ(read.statements.at(0).package, "uri-js");
  // Up to the fix, though nothing is said of what lies between.
  EXPECT_EQ(ranges_of(read.statements.at(0)), "[,3.0.0)");
  EXPECT_EQ(read.all_facts.at(0).details.cvss.at(0).score, 7.5);
  EXPECT_EQ(read.date, 1492128000);
}

TEST(NodejsSecurityWg, ACveIsTheIdAndTheNumberAnAlias) {
  const Collected read = read_text(feed(), npm("<1.0.0", R"(">=1.0.0")", R"("CVE-2016-0001")"));
  EXPECT_EQ(read.statements.at(0).vulnerability, "CVE-2016-0001");
  EXPECT_THAT(read.all_facts.at(0).details.aliases, ElementsAre("NSWG-ECO-100"));
}

TEST(NodejsSecurityWg, PatchedVersions) {
  EXPECT_EQ(range_of(npm("*", "null")), "[,)");
  EXPECT_EQ(range_of(npm("<1.0.0", R"("<0.0.0")")), "[,<1.0.0)");
  EXPECT_EQ(range_of(npm(">=1.0.0 <=1.4.0", R"(">1.4.0")")), "[1.0.0,1.4.0]");
  EXPECT_EQ(range_of(npm("<=1.0.0 || >=2.0.0 <=2.2.0", R"(">=2.3.0")")), "[,1.0.0] [2.0.0,2.3.0)");
}

TEST(NodejsSecurityWg, WhatCannotBeReadIsReported) {
  EXPECT_THAT(read_text(feed(), core("latest", "")).problems, ElementsAre(HasSubstr("latest")));
  EXPECT_THAT(read_text(feed(), R"({"cve":[],"vulnerable":"1.x","patched":""})", "x.json").problems,
              ElementsAre(HasSubstr("neither")));
  EXPECT_THAT(read_text(feed(), R"({"module_name":"a","vulnerable_versions":"*"})").problems,
              ElementsAre(HasSubstr("number")));
}

TEST(NodejsSecurityWg, AnIndexHoldsAll) {
  const Collected read =
      read_text(feed(), R"({"7":{"cve":[],"vulnerable":"8.x","patched":"^8.1.4"},"8":)" +
                            core("9.x", "") + "}");
  ASSERT_EQ(read.statements.size(), 2U);
  EXPECT_EQ(read.statements[0].vulnerability, "NSWG-COR-7");
  EXPECT_EQ(read.statements[1].vulnerability, "CVE-2026-0001");
}

TEST(NodejsSecurityWg, RecognisesItselfOnly) {
  const auto recognises = [](std::string_view head) { return feed().recognises(head, "x.json"); };
  EXPECT_TRUE(recognises(core("9.x", "")));
  EXPECT_TRUE(recognises(npm("*", "null")));
  EXPECT_TRUE(recognises(R"({"1":)" + npm("*", "null")));
  EXPECT_FALSE(recognises(R"({"cve":["CVE-1"],"reason":"vulnerable_code_not_present"})"));
  EXPECT_FALSE(recognises(R"({"a":)" + npm("*", "null")));
  EXPECT_FALSE(recognises("{}"));
}

TEST(NodejsSecurityWg, RealDocuments) {
  const std::string path = feeds::real_feed("nodejs/security-wg-vuln.zip");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 640U) << "171 of core, 467 of npm, and an index of each";
  EXPECT_EQ(sink.problems, 2U);
}

}  // namespace
}  // namespace vigil::intel::nodejs_security_wg
