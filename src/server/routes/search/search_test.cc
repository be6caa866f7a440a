#include "server/testing/routes_test.h"

namespace vigil::server {
namespace {

class SearchRoute : public testing::RoutesTest {
 protected:
  void SetUp() override {
    RoutesTest::SetUp();
    know({{"tracker.json", api::testing::kTracker}});
    ingest("web-1", {{"openssl", "3.0.14-1"}, {"curl", "7.88.1-10"}});
  }
};

TEST_F(SearchRoute, FindsByTheBeginningOfNames) {
  const std::string cve = get("/vigil/v1/search?q=cve-2026");
  EXPECT_EQ(text(cve, "vulnerabilities", "0", "id"), "CVE-2026-0001");
  EXPECT_EQ(text(cve, "vulnerabilities", "0", "severity"), "HIGH");
  EXPECT_EQ(at(cve, {"vulnerabilities", "0", "findings"}).integer(), 1);
  EXPECT_EQ(text(cve, "vulnerabilities", "1", "id"), "CVE-2026-0002");
  EXPECT_FALSE(at(cve, {"vulnerabilities", "2"}).exists());
  const std::string web = get("/vigil/v1/search?q=%20Web");
  EXPECT_EQ(text(web, "resources", "0", "name"), "web-1");
  EXPECT_EQ(text(web, "resources", "0", "resourceId"), findings::instance_id("web-1"));
  EXPECT_EQ(text(web, "resources", "0", "resourceType"), "AWS_EC2_INSTANCE");
  const std::string package = get("/vigil/v1/search?q=open");
  EXPECT_EQ(text(package, "packages", "0", "name"), "openssl");
  EXPECT_EQ(text(package, "packages", "0", "ecosystem"), "Debian:12");
}

TEST_F(SearchRoute, AnExactIdThatNobodyHasIsFoundInTheIntelligence) {
  const std::string found = get("/vigil/v1/search?q=cve-2026-0003");
  EXPECT_EQ(text(found, "vulnerabilities", "0", "id"), "CVE-2026-0003");
  EXPECT_EQ(at(found, {"vulnerabilities", "0", "findings"}).integer(), 0);
  EXPECT_FALSE(at(found, {"vulnerabilities", "0", "severity"}).exists());
}

TEST_F(SearchRoute, IsBoundedAndOfTheAccount) {
  const std::string one = get("/vigil/v1/search?q=cve&limit=1");
  EXPECT_TRUE(at(one, {"vulnerabilities", "0"}).exists());
  EXPECT_FALSE(at(one, {"vulnerabilities", "1"}).exists());
  account_ = api::testing::kOther;
  EXPECT_EQ(get("/vigil/v1/search?q=web"),
            R"({"vulnerabilities":[],"resources":[],"packages":[]})");
}

TEST_F(SearchRoute, ChecksWhatIsAsked) {
  EXPECT_EQ(status_of("/vigil/v1/search"), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=%20"), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=%FF"), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=a%00b"), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=" + std::string(513, 'a')), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=a&limit=51"), 400);
  EXPECT_EQ(status_of("/vigil/v1/search?q=a&limit=0"), 400);
}

}  // namespace
}  // namespace vigil::server
