#include "server/testing/routes_test.h"

namespace vigil::server {
namespace {

class FindingsCountRoute : public testing::RoutesTest {
 protected:
  std::string counts(const std::string& body) {
    const HttpResponse response = ask_route("POST", "/vigil/v1/findings/count", body);
    EXPECT_EQ(response.status, 200) << response.body;
    return response.body;
  }
};

TEST_F(FindingsCountRoute, CountsByStatus) {
  know({{"tracker.json", api::testing::kTracker}});
  ingest_flawed("web-1");
  ingest_flawed("web-2");
  ingest("web-2", {{"openssl", "3.0.14-1"}});
  EXPECT_EQ(counts("{}"), R"({"active":4,"suppressed":0,"closed":2})");
  EXPECT_EQ(counts(""), R"({"active":4,"suppressed":0,"closed":2})");
  EXPECT_EQ(counts(R"({"filterCriteria":{"vulnerabilityId":[{"comparison":"EQUALS",)"
                   R"("value":"CVE-2026-0002"}]}})"),
            R"({"active":1,"suppressed":0,"closed":1})");
  account_ = api::testing::kOther;
  EXPECT_EQ(counts("{}"), R"({"active":0,"suppressed":0,"closed":0})");
}

TEST_F(FindingsCountRoute, ChecksTheCriteriaAsListFindingsDoes) {
  for (const std::string body :
       {R"({"filterCriteria":{"severity":[{"comparison":"LIKE","value":"x"}]}})",
        R"({"filterCriteria":[]})", "[]", "{"}) {
    const HttpResponse response = ask_route("POST", "/vigil/v1/findings/count", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(response.body, ask("ListFindings", body).body) << body;
  }
}

}  // namespace
}  // namespace vigil::server
