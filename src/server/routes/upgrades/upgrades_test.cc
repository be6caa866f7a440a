#include "server/testing/overview_test.h"

namespace vigil::server {
namespace {

class UpgradesRoute : public testing::OverviewTest {
 protected:
  std::string upgrades(const std::string& query = "") { return get("/vigil/v1/upgrades" + query); }

  /// What an upgrade's filter shows is what it counts.
  void filters_agree() {
    const std::string all = upgrades();
    std::size_t index = 0;
    for (; at(all, {"upgrades", std::to_string(index)}).exists(); ++index) {
      const std::string place = std::to_string(index);
      const std::string criteria = json_of(all, {"upgrades", place, "filterCriteria"});
      EXPECT_EQ(active(criteria), number(all, {"upgrades", place, "findings"})) << criteria;
      EXPECT_EQ(ask("ListFindings", R"({"filterCriteria":)" + criteria + "}").status, 200);
    }
    EXPECT_GT(index, 0U);
  }
};

TEST_F(UpgradesRoute, SayWhatToFixFirst) {
  const std::string all = upgrades();
  EXPECT_EQ(number(all, {"risk"}), number(get("/vigil/v1/summary"), {"risk"}));
  EXPECT_EQ(
      json_of(all, {"upgrades", "0"}),
      R"({"package":"openssl","packageManager":"OS","installed":["3.0.14-1"],)"
      R"("target":"3.0.15-1","resources":2,"findings":2,)"
      R"("counts":{"critical":0,"high":2,"medium":0,"low":0,"informational":0,"untriaged":0},)"
      R"("knownExploited":2,"inUse":false,"risk":2000,)"
      R"("command":"apt-get update && apt-get install --only-upgrade openssl",)"
      R"("filterCriteria":{"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}],)"
      R"("vulnerabilityId":[{"comparison":"EQUALS","value":"CVE-2026-0001"}],)"
      R"("fixAvailable":[{"comparison":"EQUALS","value":"YES"},)"
      R"({"comparison":"EQUALS","value":"PARTIAL"}],)"
      R"("vulnerablePackages":[{"name":{"comparison":"EQUALS","value":"openssl"},)"
      R"("version":{"comparison":"EQUALS","value":"3.0.14"}}]}})");
  EXPECT_EQ(text(all, "upgrades", "1", "package"), "zlib");
  EXPECT_FALSE(at(all, {"upgrades", "2"}).exists()) << "curl has no fix";
  filters_agree();
}

TEST_F(UpgradesRoute, NameTheResourceWhereItIsOne) {
  ingest("web-1", {{"openssl", "3.0.15-1"}, {"zlib", "1"}});
  const std::string all = upgrades();
  EXPECT_EQ(text(all, "upgrades", "0", "package"), "zlib");
  EXPECT_EQ(text(all, "upgrades", "1", "package"), "openssl");
  EXPECT_EQ(number(all, {"upgrades", "1", "resources"}), 1);
  EXPECT_EQ(text(all, "upgrades", "1", "resourceId"), findings::instance_id("web-2"));
  EXPECT_FALSE(at(all, {"upgrades", "0", "resourceId"}).exists());
  filters_agree();
}

TEST_F(UpgradesRoute, CountAResourceOnceHoweverManyFindingsItHas) {
  know({{"tracker.json",
         R"({"openssl":{"CVE-2026-0001":{"description":"An overflow.","releases":{"bookworm":)"
         R"({"status":"resolved","fixed_version":"3.0.15-1","urgency":"high"}}},)"
         R"("CVE-2026-0004":{"description":"Another.","releases":{"bookworm":)"
         R"({"status":"resolved","fixed_version":"3.0.16-1","urgency":"high"}}}}})"}});
  ingest("web-1", {{"openssl", "3.0.15-1"}});  // lacks the second only
  ingest("web-2", {{"openssl", "3.0.14-1"}});
  const std::string all = upgrades();
  EXPECT_EQ(number(all, {"upgrades", "0", "findings"}), 3);
  EXPECT_EQ(number(all, {"upgrades", "0", "resources"}), 2);
  EXPECT_EQ(text(all, "upgrades", "0", "target"), "3.0.16-1");
  EXPECT_FALSE(at(all, {"upgrades", "1"}).exists()) << "one upgrade mends both";
  filters_agree();
}

TEST_F(UpgradesRoute, SuppressionAndClosingMoveThem) {
  suppress("CVE-2026-0001");
  std::string all = upgrades();
  EXPECT_EQ(text(all, "upgrades", "0", "package"), "zlib");
  EXPECT_FALSE(at(all, {"upgrades", "1"}).exists());
  for (const char* host : {"web-1", "web-2"}) ingest(host, {{"curl", "7.88.1-10"}, {"zlib", "2"}});
  all = upgrades();
  EXPECT_FALSE(at(all, {"upgrades", "0"}).exists());
  EXPECT_EQ(number(all, {"risk"}), 2) << "of curl, for which nobody has a fix";
}

TEST_F(UpgradesRoute, RefuseALimitThatIsNone) {
  EXPECT_FALSE(at(upgrades("?limit=1"), {"upgrades", "1"}).exists());
  for (const char* wrong : {"0", "101", "x"})
    EXPECT_EQ(status_of(std::string("/vigil/v1/upgrades?limit=") + wrong), 400) << wrong;
}

}  // namespace
}  // namespace vigil::server
