#include "estate/removal.h"

#include "estate/testing/estate_test.h"

namespace vigil::estate {
namespace {

using Removal = testing::EstateTest;
using testing::Lines;

TEST_P(Removal, ClosesTheFindingsAndTakesTheResourceOutOfCoverage) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  ingest("web-1", {{"openssl", "3.0.14-1"}});
  static_cast<void>(events());
  ASSERT_TRUE(remove_resource(estate(), testing::kAccount, host("web-1").id));
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE RESOURCE_TERMINATED");
  EXPECT_EQ(events(),
            (Lines{"closed",
                   R"(coverage {"statusCodeValue":"INACTIVE","reason":"RESOURCE_TERMINATED"})"}));
  ASSERT_TRUE(remove_resource(estate(), testing::kAccount, host("web-1").id));
  EXPECT_EQ(events(), Lines{});
}

TEST_P(Removal, AnInventoryBringsItBack) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  ingest("web-1", {{"openssl", "3.0.14-1"}});
  ASSERT_TRUE(remove_resource(estate(), testing::kAccount, host("web-1").id));
  pass(60);
  EXPECT_EQ(ingest("web-1", {{"openssl", "3.0.14-1"}}).reopened, 1U);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
}

TEST_P(Removal, OfNothingIsAnError) {
  const auto removed = remove_resource(estate(), testing::kAccount, "i-0123456789abcdef0");
  ASSERT_FALSE(removed);
  EXPECT_EQ(removed.error().code, ErrorCode::NotFound);
}

VIGIL_ON_BOTH_ENGINES(Removal);

}  // namespace
}  // namespace vigil::estate
