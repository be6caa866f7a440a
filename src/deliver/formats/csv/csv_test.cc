
#include "deliver/format.h"
#include "deliver/testing.h"
#include "findings/testing.h"

namespace vigil::deliver {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// RFC 4180, only as far as a test of a writer needs.
Rows parse(const std::string& text) {
  Rows rows(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && text.substr(i + 1, 1) == "\"") {
      rows.back().back() += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\n') {
      rows.push_back({""});
    } else if (quoted || c != '\r') {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  return rows;
}

std::string cell(const Rows& rows, std::size_t row, const std::string& column) {
  const auto at = std::find(rows[0].begin(), rows[0].end(), column);
  return at == rows[0].end() ? "no such column"
                             : rows[row][static_cast<std::size_t>(at - rows[0].begin())];
}

Rows written() {
  return parse(find_format("csv")->write(testing::report()));
}

TEST(Csv, HasFiftyTwoColumnsInEveryRow) {
  const Rows rows = written();
  ASSERT_EQ(rows.size(), 3U);
  for (const auto& row : rows) EXPECT_EQ(row.size(), 52U);
}

TEST(Csv, FormulaOfAVendorsTextIsDisarmed) {
  EXPECT_EQ(cell(written(), 1, "Title"), "'=cmd|' /C calc'!A0");
}

TEST(Csv, QuotesAndCommasStayInTheirCell) {
  EXPECT_THAT(cell(written(), 1, "Description"), ::testing::HasSubstr("a \"quoted\", text"));
}

TEST(Csv, EveryPackageOfAFindingIsInItsRow) {
  const Rows rows = written();
  EXPECT_EQ(cell(rows, 1, "Affected Packages"), "libfoo1, foo tools");
  EXPECT_EQ(cell(rows, 1, "Fixed in Version"), "1:1.0-2, NotAvailable");
  EXPECT_EQ(cell(rows, 1, "Fix Available"), "PARTIAL");
}

TEST(Csv, WhatIsUnknownIsEmpty) {
  const Rows rows = written();
  EXPECT_EQ(cell(rows, 2, "Inspector Score"), "");
  EXPECT_EQ(cell(rows, 2, "NVD CVSS3 Score"), "");
  EXPECT_EQ(cell(rows, 2, "Severity"), "UNTRIAGED");
  EXPECT_EQ(cell(rows, 2, "Last Exploited At"), "");
}

TEST(Csv, AgeAndTimes) {
  const Rows rows = written();
  EXPECT_EQ(cell(rows, 1, "Age (Days)"), "3");
  EXPECT_EQ(cell(rows, 1, "First Seen"), "2026-11-20T00:00:00Z");
  EXPECT_EQ(cell(rows, 1, "Inspector Score"), "7.5");
  EXPECT_EQ(cell(rows, 1, "Exploit Available"), "YES");
}

TEST(Csv, PathOnlyOfPackagesThatAreNoneOfTheSystem) {
  const Rows rows = written();
  EXPECT_EQ(cell(rows, 1, "File Path"), "");
  EXPECT_EQ(cell(rows, 2, "File Path"), "/srv/my app/50%/package-lock.json");
}

TEST(Csv, SaysWhatEachKindOfResourceAndFindingHas) {
  namespace samples = findings::testing;
  const auto rows = [](findings::Resource resource, findings::Finding finding) {
    findings::Report report;
    report.resource = std::move(resource);
    report.findings = {std::move(finding)};
    return parse(find_format("csv")->write(report));
  };
  const Rows port = rows(samples::instance(), samples::open_port());
  EXPECT_EQ(cell(port, 1, "Finding Type"), "NETWORK_REACHABILITY");
  EXPECT_EQ(cell(port, 1, "Network Paths"), "igw-1 -> sg-1 -> i-0123456789abcdef0");
  EXPECT_EQ(cell(port, 1, "Port Range"), "22-22");
  EXPECT_EQ(cell(port, 1, "Ami"), "ami-1");
  EXPECT_EQ(cell(port, 1, "Resource Vpc"), "vpc-1");
  EXPECT_THAT(cell(port, 1, "Remediation"), ::testing::StartsWith("You can restrict access"));
  const Rows flaw = rows(samples::function(), samples::code_flaw());
  EXPECT_EQ(cell(flaw, 1, "Finding Type"), "CODE_VULNERABILITY");
  EXPECT_EQ(cell(flaw, 1, "File Path"), "src/app/login.py");
  EXPECT_EQ(cell(flaw, 1, "Lambda Package Type"), "ZIP");
  EXPECT_EQ(cell(flaw, 1, "Lambda Last Updated At"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(cell(flaw, 1, "Lambda Layers"), "arn:aws:lambda:us-east-1:123456789012:layer:pillow:3");
  const Rows image = rows(samples::image(), samples::vulnerable_package());
  EXPECT_EQ(cell(image, 1, "Finding Type"), "PACKAGE_VULNERABILITY");
  EXPECT_EQ(cell(image, 1, "Container Image Tags"), "latest, 1.27");
}

}  // namespace
}  // namespace vigil::deliver
