// The fixture of the routes that tell of an account as a whole: two hosts on bookworm with three flaws
// each, of which two are in CISA's catalogue, on 2027-01-15 at 08:00.
#pragma once

#include "base/json_copy.h"
#include "estate/maintenance.h"
#include "server/testing/routes_test.h"

namespace vigil::server::testing {

class OverviewTest : public RoutesTest {
 protected:
  static constexpr std::int64_t kDay = 86400;
  /// CVE-2026-0001 is overdue since the 10th, CVE-2026-0003 due on the 29th.
  static constexpr const char* kCatalogue =
      R"({"title":"t","catalogVersion":"2027.01.05","dateReleased":"2027-01-05T00:00:00Z","count":2,)"
      R"("vulnerabilities":[{"cveID":"CVE-2026-0001","dateAdded":"2027-01-01","dueDate":"2027-01-10",)"
      R"("requiredAction":"Act."},{"cveID":"CVE-2026-0003","dateAdded":"2027-01-05",)"
      R"("dueDate":"2027-01-29","requiredAction":"Act."}]})";

  void SetUp() override {
    move_to(api::testing::kNow);
    RoutesTest::SetUp();
    know({{"tracker.json", api::testing::kTracker},
          {"known_exploited_vulnerabilities.json", kCatalogue}});
    ingest_flawed("web-1");
    ingest_flawed("web-2");
  }
  void TearDown() override {
    RoutesTest::TearDown();
    ::unsetenv("SOURCE_DATE_EPOCH");
  }

  /// Of the estate and of who asks.
  void move_to(std::int64_t now) {
    now_ = now;
    ::setenv("SOURCE_DATE_EPOCH", std::to_string(now).c_str(), 1);
  }
  void suppress(const std::string& vulnerability) {
    answer("CreateFilter", R"({"action":"SUPPRESS","name":")" + vulnerability +
                               R"(","filterCriteria":{"vulnerabilityId":[{"comparison":"EQUALS",)"
                               R"("value":")" +
                               vulnerability + R"("}]}})");
  }
  void maintain() {
    const auto done = estate::maintain(estate(), {});
    ASSERT_TRUE(done) << done.error().text();
  }

  std::int64_t number(const std::string& json, std::initializer_list<std::string_view> steps) {
    const auto found = at(json, steps).integer();
    EXPECT_TRUE(found) << json;
    return found.value_or(-1);
  }
  std::string json_of(const std::string& json, std::initializer_list<std::string_view> steps) {
    base::JsonWriter out;
    base::copy_json(out, at(json, steps));
    return out.take();
  }
  /// The counts of one status, as findings/count has them for these criteria.
  std::int64_t active(const std::string& criteria) {
    const HttpResponse response =
        ask_route("POST", "/vigil/v1/findings/count", R"({"filterCriteria":)" + criteria + "}");
    EXPECT_EQ(response.status, 200) << criteria << response.body;
    return number(response.body, {"active"});
  }
};

}  // namespace vigil::server::testing
