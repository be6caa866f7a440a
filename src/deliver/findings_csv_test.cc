#include "deliver/findings_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::deliver {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string row(const std::string& finding, std::int64_t now = 1'800'000'000) {
  base::JsonParser parser;
  const auto parsed = parser.parse(finding);
  EXPECT_TRUE(parsed) << finding;
  return parsed ? findings_csv_row(*parsed, now) : std::string();
}

std::string with_account(const std::string& text) {
  return row(R"({"awsAccountId":")" + text + R"("})");
}

TEST(FindingsCsv, WhatASpreadsheetTakesForAFormulaGetsAQuoteMark) {
  EXPECT_THAT(with_account("=1+1"), StartsWith("'=1+1,"));
  EXPECT_THAT(with_account("+1"), StartsWith("'+1,"));
  EXPECT_THAT(with_account("-1"), StartsWith("'-1,"));
  EXPECT_THAT(with_account("@SUM(A1)"), StartsWith("'@SUM(A1),"));
  EXPECT_THAT(with_account(R"(\t=1)"), StartsWith("'\t=1,"));
  EXPECT_THAT(with_account("=a,b"), StartsWith("\"'=a,b\","));
  EXPECT_THAT(with_account("1=1"), StartsWith("1=1,"));
}

TEST(FindingsCsv, ACarriageReturnIsABlank) {
  EXPECT_THAT(with_account(R"(\r=1)"), StartsWith(" =1,"));
}

TEST(FindingsCsv, WritesVersionsAsThePackagesToolsDo) {
  const std::string line =
      row(R"({"packageVulnerabilityDetails":{"vulnerablePackages":[)"
          R"({"name":"openssl","epoch":1,"version":"3.0.7","release":"6.el9"},)"
          R"({"name":"curl","epoch":0,"version":"7.88.1","release":"10"},)"
          R"({"name":"left-pad","version":"1.3.0"}]}})");
  EXPECT_THAT(line, HasSubstr("\"1:3.0.7-6.el9, 7.88.1-10, 1.3.0\""));
}

TEST(FindingsCsv, AgeIsCountedFromTheFirstObservation) {
  const std::string line = row(R"({"firstObservedAt":1799740800})", 1'800'000'000);
  EXPECT_THAT(line, HasSubstr("2027-01-12T08:00:00Z"));
  EXPECT_THAT(line, HasSubstr(",3,"));
}

}  // namespace
}  // namespace vigil::deliver
