#include "estate/scan_types.h"

#include "estate/coverage.h"
#include "estate/testing/estate_test.h"
#include "store/accounts.h"

namespace vigil::estate {
namespace {

using testing::Lines;

class ScanTypes : public testing::EstateTest {
 protected:
  std::string enable(const std::vector<std::string>& types, std::string_view shown) {
    return ended(enable_scan_types(estate(), 0, types), shown);
  }
  std::string disable(const std::vector<std::string>& types, std::string_view shown) {
    return ended(disable_scan_types(estate(), 0, types), shown);
  }

 private:
  /// The status when all is done, however slow the machine is.
  std::string ended(const Result<ScanTypeStatus>& begun, std::string_view shown) {
    if (!begun) return begun.error().what;
    const auto done = continue_scan_types(estate(), 0, std::chrono::minutes(2));
    EXPECT_TRUE(done && *done);
    const auto status = enable_scan_types(estate(), 0, {});
    return status ? status->at(std::string(shown)) : status.error().what;
  }
};

TEST_P(ScanTypes, TheFirstAccountHasWhatIsScannedAndALaterOneNothing) {
  EXPECT_EQ(enable({}, "EC2"), "ENABLED");
  for (const char* type : {"ECR", "LAMBDA", "CODE_REPOSITORY"}) {
    EXPECT_EQ(enable({}, type), "ENABLED");
  }
  EXPECT_EQ(enable({}, "LAMBDA_CODE"), "DISABLED");
  ASSERT_TRUE(create_account(estate(), "111122223333", "second"));
  const auto second = enable_scan_types(estate(), 111122223333, {});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->at("EC2"), "DISABLED");
  EXPECT_FALSE(create_account(estate(), "111122223333", "again"));
}

TEST_P(ScanTypes, DisablingClosesFindingsAndTakesCoverageAway) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  ingest("web-1", {{"openssl", "3"}});
  EXPECT_EQ(disable({"EC2"}, "EC2"), "DISABLED");
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
  EXPECT_EQ(number("SELECT delete_after - closed FROM finding"), 86400);
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE PENDING_DISABLE");
  EXPECT_NE(number("SELECT removed FROM resource"), 0);
}

TEST_P(ScanTypes, WhatIsIngestedMeanwhileWaitsForTheTypeToBeEnabled) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  disable({}, "EC2");
  ingest("web-1", {{"openssl", "3"}});
  EXPECT_EQ(findings_of("web-1"), Lines{});
  EXPECT_EQ(coverage_of("web-1"), "INACTIVE PENDING_DISABLE");
  events();
  EXPECT_EQ(enable({"EC2"}, "EC2"), "ENABLED");
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 ACTIVE"});
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE SUCCESSFUL");
  EXPECT_EQ(number("SELECT removed FROM resource"), 0);
  EXPECT_EQ(events().size(), 3U) << "opened, coverage, initial scan";
}

TEST_P(ScanTypes, EnablingAgainAssessesFromWhatIsStored) {
  learn({{"openssl", "CVE-2024-0001", ""}, {"zlib", "CVE-2024-0002", ""}});
  for (int i = 0; i < 250; ++i)
    ingest("web-" + std::to_string(i), {{"openssl", "3"}, {i % 2 == 0 ? "zlib" : "bash", "1"}});
  const std::int64_t open = number("SELECT COUNT(*) FROM finding WHERE status = 0");
  EXPECT_EQ(open, 250 + 125);
  disable({"EC2"}, "EC2");
  EXPECT_EQ(number("SELECT COUNT(*) FROM finding WHERE status = 0"), 0);
  pass(3600);
  EXPECT_EQ(enable({"EC2"}, "EC2"), "ENABLED");
  EXPECT_EQ(number("SELECT COUNT(*) FROM finding WHERE status = 0"), open);
  EXPECT_EQ(number("SELECT COUNT(*) FROM finding WHERE first_observed >= updated"), 0)
      << "the same findings again";
}

TEST_P(ScanTypes, AnIntentionThatIsWrittenDownIsCarriedOutLater) {
  learn({{"openssl", "CVE-2024-0001", ""}});
  ingest("web-1", {{"openssl", "3"}});
  write([&](store::Connection& to) {
    return store::set_scan_type(to, 0, "EC2", "DISABLING", estate().now());
  });
  const auto none = continue_scan_types(estate(), 0, std::chrono::milliseconds(0));
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
  const auto all = continue_scan_types(estate(), 0, std::chrono::seconds(10));
  ASSERT_TRUE(all);
  EXPECT_TRUE(*all);
  EXPECT_EQ(findings_of("web-1"), Lines{"CVE-2024-0001 CLOSED"});
}

TEST_P(ScanTypes, LambdaCodeNeedsLambdaAndGoesWithIt) {
  EXPECT_EQ(disable({"LAMBDA"}, "LAMBDA"), "DISABLED");
  EXPECT_EQ(enable({"LAMBDA_CODE"}, "LAMBDA_CODE"), "LAMBDA_CODE needs LAMBDA");
  EXPECT_EQ(enable({"LAMBDA", "LAMBDA_CODE"}, "LAMBDA_CODE"), "ENABLED");
  EXPECT_EQ(disable({"LAMBDA"}, "LAMBDA_CODE"), "DISABLED");
}

TEST_P(ScanTypes, UnknownTypesAndAccountsAreErrors) {
  EXPECT_EQ(enable({"EC3"}, "EC2"), "unknown scan type 'EC3'");
  const auto nobody = disable_scan_types(estate(), 5, {"EC2"});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, ErrorCode::NotFound);
}

TEST_P(ScanTypes, WithoutIntelligenceWhatIsEnabledWaits) {
  disable({}, "EC2");
  ingest("web-1", {{"openssl", "3"}});
  enable({"EC2"}, "EC2");
  EXPECT_EQ(coverage_of("web-1"), "ACTIVE PENDING_INITIAL_SCAN");
}

VIGIL_ON_BOTH_ENGINES(ScanTypes);

}  // namespace
}  // namespace vigil::estate
