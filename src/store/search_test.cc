#include "store/search.h"

#include <gmock/gmock.h>

#include "findings/identity.h"
#include "store/inventory.h"
#include "store/keys.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kAccount = 12;

class Search : public testing::StoreTest {
 protected:
  void add_vulnerability(const std::string& name, std::int64_t account = kAccount) {
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute(
          "INSERT INTO vulnerability (account, id, type, name) VALUES ($1, $2, 'P', $3)",
          {account, stored_key(findings::vulnerability_key("P", name)), std::string_view(name)}));
      return ok();
    });
  }
  void add_assessment(const std::string& name, model::Severity severity, std::int64_t active) {
    const std::int64_t vulnerability = stored_key(findings::vulnerability_key("P", name));
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(to.execute(
          "INSERT INTO assessment (account, id, vulnerability, resource_type, type, severity, fix,"
          " exploit, title, source, vendor_severity, active)"
          " VALUES ($1, $2, $3, '', 'P', $4, 0, 0, '', '', '', $5)",
          {kAccount, ++assessments_, vulnerability, static_cast<std::int64_t>(severity), active}));
      return ok();
    });
  }
  void add_resource(const std::string& id, const std::string& name) {
    write([&](Connection& to) {
      ResourceRow row;
      row.account = kAccount;
      row.id = findings::resource_key("000000000012", id);
      row.type = "AWS_EC2_INSTANCE";
      row.resource_id = id;
      row.name = name;
      return put_resource(to, row, "{}", "", {});
    });
  }
  void add_package(const std::string& ecosystem, const std::string& name,
                   const std::string& version) {
    write([&](Connection& to) -> Result<void> {
      VIGIL_CHECK(
          to.execute("INSERT INTO package_version (account, id, ecosystem, subject,"
                     " version_key, body) VALUES ($1, $2, $3, $4, $5, '{}')",
                     {kAccount, ++packages_, std::string_view(ecosystem), std::string_view(name),
                      Blob{version}}));
      return ok();
    });
  }

  std::vector<std::string> vulnerabilities(std::string_view text, std::size_t limit = 10) {
    std::vector<std::string> names;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto found, vulnerabilities_beginning(from, kAccount, text, limit));
      for (const auto& one : found) names.push_back(one.name);
      return ok();
    });
    return names;
  }
  std::vector<std::string> resources(std::string_view text, std::size_t limit = 10) {
    std::vector<std::string> names;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto found, resources_beginning(from, kAccount, text, limit));
      for (const auto& one : found) names.push_back(one.resource_id);
      return ok();
    });
    return names;
  }
  std::vector<std::string> packages(std::string_view text, std::size_t limit = 10) {
    std::vector<std::string> names;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(const auto found, packages_beginning(from, kAccount, text, limit));
      for (const auto& one : found) names.push_back(one.name + " " + one.ecosystem);
      return ok();
    });
    return names;
  }

 private:
  std::int64_t assessments_ = 0;
  std::int64_t packages_ = 0;
};

TEST_P(Search, FindsVulnerabilitiesInAnyCase) {
  for (const char* name : {"CVE-2024-1000", "CVE-2024-1001", "CVE-2024-2000", "GHSA-abcd-efgh-ijkm",
                           "GO-2024-1", "ALAS2-2024-1"}) {
    add_vulnerability(name);
  }
  add_vulnerability("CVE-2024-1002", kAccount + 1);
  EXPECT_THAT(vulnerabilities("cve-2024-1"), ElementsAre("CVE-2024-1000", "CVE-2024-1001"));
  EXPECT_THAT(vulnerabilities("Cve"),
              ElementsAre("CVE-2024-1000", "CVE-2024-1001", "CVE-2024-2000"));
  EXPECT_THAT(vulnerabilities("ghsa-ABCD"), ElementsAre("GHSA-abcd-efgh-ijkm"));
  EXPECT_THAT(vulnerabilities("gh"), ElementsAre("GHSA-abcd-efgh-ijkm"));
  EXPECT_THAT(vulnerabilities("alas2-2"), ElementsAre("ALAS2-2024-1"));
  EXPECT_THAT(vulnerabilities("c", 2), ElementsAre("CVE-2024-1000", "CVE-2024-1001"));
}

TEST_P(Search, NoLetterIsSpecial) {
  add_vulnerability("CVE-2024-1000");
  add_resource("i-1", "100%_web");
  add_resource("i-2", "100 web");
  for (const char* text : {"%", "_", "CVE%", "C_E", "*", "\\", "'", "\xFF"}) {
    EXPECT_THAT(vulnerabilities(text), IsEmpty()) << text;
    EXPECT_THAT(resources(text), IsEmpty()) << text;
    EXPECT_THAT(packages(text), IsEmpty()) << text;
  }
  EXPECT_THAT(resources("100%_"), ElementsAre("i-1"));
}

TEST_P(Search, CountsActiveFindingsAndTakesTheWorstSeverityOfThem) {
  add_vulnerability("CVE-2024-1000");
  add_assessment("CVE-2024-1000", model::Severity::Medium, 3);
  add_assessment("CVE-2024-1000", model::Severity::High, 2);
  add_assessment("CVE-2024-1000", model::Severity::Critical, 0);
  add_vulnerability("CVE-2024-1001");
  add_assessment("CVE-2024-1001", model::Severity::Critical, 0);
  read([&](Connection& from) -> Result<void> {
    VIGIL_TRY(const auto found, vulnerabilities_beginning(from, kAccount, "CVE", 10));
    EXPECT_EQ(found.at(0).findings, 5);
    EXPECT_EQ(found.at(0).severity, model::Severity::High);
    EXPECT_EQ(found.at(1).findings, 0);
    EXPECT_EQ(found.at(1).severity, std::nullopt);
    return ok();
  });
}

TEST_P(Search, FindsResourcesByIdAndName) {
  add_resource("i-1", "Web-1");
  add_resource("i-2", "web-2");
  add_resource("web-3", "web-3");
  add_resource("i-4", "mail");
  EXPECT_THAT(resources("i-"), ElementsAre("i-1", "i-2", "i-4"));
  EXPECT_THAT(resources("WEB"), ElementsAre("i-1", "i-2", "web-3"));
  EXPECT_THAT(resources("web"), ElementsAre("web-3", "i-1", "i-2"));
  EXPECT_THAT(resources("web", 2), ElementsAre("web-3", "i-1"));
}

TEST_P(Search, FindsEachPackageOnce) {
  for (const char* version : {"1", "2", "3"}) add_package("Debian:12", "openssl", version);
  add_package("Alpine:v3.21", "openssl", "1");
  add_package("PyPI", "opencv", "1");
  add_package("Maven", "Org.Example:openx", "1");
  EXPECT_THAT(packages("open"),
              ElementsAre("opencv PyPI", "openssl Alpine:v3.21", "openssl Debian:12"));
  EXPECT_THAT(packages("OpenSSL"), ElementsAre("openssl Alpine:v3.21", "openssl Debian:12"));
  EXPECT_THAT(packages("Org.E"), ElementsAre("Org.Example:openx Maven"));
  EXPECT_THAT(packages("open", 1), ElementsAre("opencv PyPI"));
}

/// Lines of SQLite's plan.
std::string plan_of(Connection& from, const std::string& sql) {
  std::string out;
  const auto done = from.query("EXPLAIN QUERY PLAN " + sql, {}, [&](const Row& row) {
    out += std::string(row.text(3)) + "\n";
    return true;
  });
  return done ? out : done.error().text();
}

TEST_P(Search, LooksInAnIndexAndSortsNothing) {
  if (is_postgres()) GTEST_SKIP() << "PostgreSQL's plans follow the size of its tables";
  read([](Connection& from) -> Result<void> {
    const std::pair<const char*, const char*> ways[] = {
        {"vulnerability_name",
         "SELECT name, id FROM vulnerability WHERE account = 1 AND"
         " (name >= 'a' AND name < 'b') ORDER BY name LIMIT 10"},
        {"resource_resource_id",
         "SELECT resource_id, type, name FROM resource WHERE account = 1 AND"
         " (resource_id >= 'a' AND resource_id < 'b') ORDER BY resource_id LIMIT 10"},
        {"resource_name",
         "SELECT resource_id, type, name FROM resource WHERE account = 1 AND"
         " (LOWER(name) >= 'a' AND LOWER(name) < 'b') ORDER BY LOWER(name), resource_id LIMIT 10"},
        {"package_version_search",
         "SELECT subject, ecosystem FROM package_version WHERE account = 1 AND"
         " (subject, ecosystem) > ('a', '') AND subject < 'b' ORDER BY subject, ecosystem LIMIT 1"},
        {"outbox_resource",
         "SELECT detail FROM outbox WHERE account = 1 AND resource = 2 AND sequence < 3"
         " ORDER BY sequence DESC LIMIT 10"},
        {"outbox_resource",
         "SELECT detail FROM outbox WHERE account = 1 AND resource = 2 AND vulnerability = 3"
         " ORDER BY sequence DESC LIMIT 10"}};
    for (const auto& [index, sql] : ways) {
      const std::string plan = plan_of(from, sql);
      EXPECT_THAT(plan, ::testing::HasSubstr(index)) << sql;
      EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr("SCAN"))) << sql << plan;
      EXPECT_THAT(plan, ::testing::Not(::testing::HasSubstr("TEMP"))) << sql << plan;
    }
    return ok();
  });
}

VIGIL_ON_BOTH_ENGINES(Search);

}  // namespace
}  // namespace vigil::store
