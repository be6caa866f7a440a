#include "server/testing/routes_test.h"
#include "store/outbox.h"

namespace vigil::server {
namespace {

using testing::RoutesTest;

class FindingRoute : public RoutesTest {
 protected:
  void SetUp() override {
    RoutesTest::SetUp();
    know(
        {{"tracker.json", api::testing::kTracker},
         {"nvd.json",
          R"({"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0",)"
          R"("timestamp":"2026-01-25T00:00:00.000","vulnerabilities":[{"cve":{"id":"CVE-2026-0001",)"
          R"("published":"2026-01-20T00:00:00.000","lastModified":"2026-01-21T00:00:00.000",)"
          R"("vulnStatus":"Analyzed","descriptions":[{"lang":"en","value":"An overflow."}],)"
          R"("metrics":{"cvssMetricV31":[{"source":"nvd@nist.gov","type":"Primary","cvssData":)"
          R"({"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",)"
          R"("baseScore":9.8}}]},"references":[]}}]})"}});
    ingest_flawed("web-1");
  }
  std::string story_of(const std::string& vulnerability) {
    return get("/vigil/v1/findings/" + finding_id(vulnerability));
  }
};

TEST_F(FindingRoute, HasTheDocumentsOfTheApi) {
  const std::string story = story_of("CVE-2026-0001");
  const std::string arn = text(story, "finding", "findingArn");
  EXPECT_TRUE(arn.ends_with("/" + finding_id("CVE-2026-0001")));
  EXPECT_EQ(text(story, "finding", "packageVulnerabilityDetails", "vulnerabilityId"),
            "CVE-2026-0001");
  EXPECT_EQ(text(story, "detail", "findingArn"), arn);
  EXPECT_FALSE(at(story, {"suppressedBy"}).exists());
}

TEST_F(FindingRoute, ExplainsTheScore) {
  const std::string story = story_of("CVE-2026-0001");
  EXPECT_EQ(text(story, "score", "base", "vector"), "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
  EXPECT_EQ(at(story, {"score", "base", "score"}).number(), 9.8);
  EXPECT_EQ(text(story, "score", "base", "source"), "NVD");
  EXPECT_EQ(text(story, "score", "base", "version"), "3.1");
  EXPECT_EQ(at(story, {"score", "final", "score"}).number(),
            at(story, {"finding", "inspectorScore"}).number());
  EXPECT_TRUE(at(story, {"score", "steps"}).is_array());
}

TEST_F(FindingRoute, HasNoScoreWhereThereIsNoCvss) {
  EXPECT_FALSE(at(story_of("CVE-2026-0002"), {"score"}).exists());
}

TEST_F(FindingRoute, SaysWhatToType) {
  EXPECT_EQ(text(story_of("CVE-2026-0001"), "commands", "0"),
            "apt-get update && apt-get install --only-upgrade openssl");
  // Nobody has mended it.
  const std::string unfixed = story_of("CVE-2026-0002");
  EXPECT_TRUE(at(unfixed, {"commands"}).is_array());
  EXPECT_FALSE(at(unfixed, {"commands", "0"}).exists());
}

TEST_F(FindingRoute, TellsItsLife) {
  const std::string open = finding_id("CVE-2026-0003");
  ingest("web-1", {{"openssl", "3.0.14-1"}, {"curl", "7.88.1-10"}, {"zlib", "2"}});
  const std::string story = get("/vigil/v1/findings/" + open);
  EXPECT_EQ(text(story, "life", "0", "kind"), "FINDING_OPENED");
  EXPECT_EQ(text(story, "life", "0", "status"), "ACTIVE");
  EXPECT_EQ(text(story, "life", "0", "severity"), "MEDIUM");
  EXPECT_EQ(text(story, "life", "1", "kind"), "FINDING_CLOSED");
  EXPECT_FALSE(at(story, {"life", "2"}).exists());
}

TEST_F(FindingRoute, KnowsItsOpeningAndItsEndWithoutEvents) {
  const std::string open = finding_id("CVE-2026-0003");
  ingest("web-1", {{"openssl", "3.0.14-1"}, {"curl", "7.88.1-10"}, {"zlib", "2"}});
  write([](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(store::trim_events(to, INT64_MAX, 1000));
    return ok();
  });
  const std::string story = get("/vigil/v1/findings/" + open);
  EXPECT_EQ(text(story, "life", "0", "kind"), "FINDING_OPENED");
  EXPECT_EQ(at(story, {"life", "0", "time"}).number(),
            at(story, {"finding", "firstObservedAt"}).number());
  EXPECT_FALSE(at(story, {"life", "0", "severity"}).exists());
  EXPECT_EQ(text(story, "life", "1", "kind"), "FINDING_CLOSED");
}

TEST_F(FindingRoute, NamesTheRuleThatHidesIt) {
  const std::string rule =
      text(answer("CreateFilter",
                  R"({"action":"SUPPRESS","name":"not-ours","filterCriteria":{"vulnerabilityId":)"
                  R"([{"comparison":"EQUALS","value":"CVE-2026-0001"}]}})"),
           "arn");
  ingest("web-2", {{"openssl", "3.0.13-1"}});
  const std::string found = answer(
      "ListFindings",
      R"({"filterCriteria":{"findingStatus":[{"comparison":"EQUALS","value":"SUPPRESSED"}]}})");
  const std::string arn = text(found, "findings", "0", "findingArn");
  ASSERT_FALSE(arn.empty());
  const std::string story = get("/vigil/v1/findings/" + arn.substr(arn.rfind('/') + 1));
  EXPECT_EQ(text(story, "suppressedBy", "arn"), rule);
  EXPECT_EQ(text(story, "suppressedBy", "name"), "not-ours");
}

TEST_F(FindingRoute, SaysWhereElseTheVulnerabilityIs) {
  for (int i = 2; i < 26; ++i) ingest("web-" + std::to_string(i), {{"openssl", "3.0.14-1"}});
  ingest("mended", {{"openssl", "3.0.15-1"}});
  const std::string story = story_of("CVE-2026-0001");
  EXPECT_EQ(at(story, {"elsewhere", "total"}).integer(), 24);
  EXPECT_TRUE(at(story, {"elsewhere", "resources", "19"}).exists());
  EXPECT_FALSE(at(story, {"elsewhere", "resources", "20"}).exists());
  EXPECT_EQ(text(story, "elsewhere", "resources", "0", "resourceType"), "AWS_EC2_INSTANCE");
  EXPECT_EQ(text(story, "elsewhere", "resources", "0", "status"), "ACTIVE");
  EXPECT_NE(text(story, "elsewhere", "resources", "0", "name"), "mended");
  EXPECT_NE(text(story, "elsewhere", "resources", "0", "findingArn"),
            text(story, "finding", "findingArn"));
}

TEST_F(FindingRoute, IsOfTheCallersAccountOnly) {
  const std::string id = finding_id("CVE-2026-0001");
  account_ = api::testing::kOther;
  EXPECT_EQ(status_of("/vigil/v1/findings/" + id), 404);
}

TEST_F(FindingRoute, ChecksTheId) {
  EXPECT_EQ(status_of("/vigil/v1/findings/x"), 400);
  EXPECT_EQ(status_of("/vigil/v1/findings/" + std::string(32, '0')), 404);
}

}  // namespace
}  // namespace vigil::server
