#include "server/testing/routes_test.h"

namespace vigil::server {
namespace {

class ResourceHistoryRoute : public testing::RoutesTest {
 protected:
  void SetUp() override {
    RoutesTest::SetUp();
    know({{"tracker.json", api::testing::kTracker}});
    ingest("web-1", {{"openssl", "3.0.14-1"}});
    ingest_flawed("web-2");
    ingest("web-1", {{"openssl", "3.0.15-1"}});
  }
  static std::string of(const std::string& name) {
    return "/vigil/v1/resources/" + findings::instance_id(name) + "/history";
  }
};

TEST_F(ResourceHistoryRoute, TellsWhatHappenedNewestFirst) {
  const std::string history = get(of("web-1"));
  EXPECT_EQ(text(history, "events", "0", "kind"), "FINDING_CLOSED");
  EXPECT_EQ(text(history, "events", "0", "vulnerabilityId"), "CVE-2026-0001");
  EXPECT_EQ(text(history, "events", "0", "status"), "CLOSED");
  EXPECT_EQ(text(history, "events", "0", "severity"), "HIGH");
  EXPECT_TRUE(text(history, "events", "0", "findingArn").starts_with("arn:aws:inspector2:"));
  EXPECT_EQ(history.find("CVE-2026-0002"), std::string::npos);
  EXPECT_NE(history.find("INITIAL_SCAN_COMPLETE"), std::string::npos);
  EXPECT_FALSE(at(history, {"next"}).exists());
}

TEST_F(ResourceHistoryRoute, GoesBackPageByPage) {
  std::string whole, pages;
  std::string query = "?limit=1";
  for (int i = 0; i < 20 && !query.empty(); ++i) {
    const std::string page = get(of("web-2") + query);
    pages += text(page, "events", "0", "kind") + text(page, "events", "0", "vulnerabilityId") + ",";
    const auto next = at(page, {"next"}).integer();
    query = next ? "?limit=1&before=" + std::to_string(*next) : "";
  }
  const std::string all = get(of("web-2"));
  for (const base::Json& event : at(all, {"events"}).items()) {
    whole += std::string(event["kind"].text()) + std::string(event["vulnerabilityId"].text()) + ",";
  }
  EXPECT_FALSE(whole.empty());
  EXPECT_EQ(pages, whole);
}

TEST_F(ResourceHistoryRoute, ChecksWhatIsAsked) {
  EXPECT_EQ(status_of(of("web-3")), 404);
  EXPECT_EQ(status_of(of("web-1") + "?limit=0"), 400);
  EXPECT_EQ(status_of(of("web-1") + "?limit=1001"), 400);
  EXPECT_EQ(status_of(of("web-1") + "?before=x"), 400);
  account_ = api::testing::kOther;
  EXPECT_EQ(status_of(of("web-1")), 404);
}

}  // namespace
}  // namespace vigil::server
