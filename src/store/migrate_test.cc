// A database of an earlier version goes on, with the same schema as a new one.
#include "store/migrate.h"

#include <algorithm>

#include "findings/testing.h"
#include "store/accounts.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/outbox.h"
#include "store/schema.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

constexpr std::int64_t kAccount = 123456789012;
constexpr std::int64_t kHour = 1'795'406'400;

class Migration : public testing::StoreTest {
 protected:
  /// Takes away what version 2 brought.
  void back_to_version_1() {
    write([](Connection& to) {
      return to.run_script(
          "DROP TABLE activity; DROP TABLE posture_day; DROP TABLE assessment_fix;"
          "DROP INDEX resource_status; DROP INDEX vulnerability_due;"
          "DROP INDEX package_version_search; DROP INDEX resource_name; DROP INDEX outbox_resource;"
          "ALTER TABLE assessment DROP COLUMN in_use; ALTER TABLE vulnerability DROP COLUMN due");
    });
    if (!is_postgres()) {
      run("DELETE FROM sqlite_stat1 WHERE idx IN"
          " ('assessment_fix', 'resource_status', 'vulnerability_due', 'package_version_search',"
          " 'resource_name', 'outbox_resource')");
    }
    run(is_postgres() ? "UPDATE vigil_schema SET version = 1" : "PRAGMA user_version = 1");
  }
  void run(const std::string& script) {
    write([&](Connection& to) { return to.run_script(script); });
  }

  std::vector<std::string> lines(std::string_view sql) {
    std::vector<std::string> out;
    read([&](Connection& from) {
      return from.query(sql, {}, [&](const Row& row) {
        out.emplace_back(row.text(0));
        return true;
      });
    });
    std::ranges::sort(out);
    return out;
  }
  /// Every column and index, and what the planner is told.
  std::vector<std::string> schema() {
    if (is_postgres()) {
      return lines(
          "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' "
          "' "
          "|| coalesce(collation_name, '') FROM information_schema.columns"
          " WHERE table_schema = current_schema()"
          " UNION SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()");
    }
    return lines(
        "SELECT s.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" ||"
        " ' ' || c.pk FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'"
        " UNION SELECT i.name || ' ' || x.seqno || ' ' || coalesce(x.name, '') FROM sqlite_schema "
        "i,"
        " pragma_index_info(i.name) x WHERE i.type = 'index'"
        " UNION SELECT tbl || ' ' || idx || ' ' || stat FROM sqlite_stat1");
  }
};

TEST_P(Migration, LeadsToTheSchemaOfANewDatabase) {
  const auto expected = schema();
  ASSERT_GT(expected.size(), 100U);
  back_to_version_1();
  EXPECT_NE(schema(), expected);
  reopen();
  EXPECT_EQ(schema(), expected);
  reopen();
  EXPECT_EQ(schema(), expected);
}

TEST_P(Migration, KeepsWhatIsThereAndFillsWhatItCan) {
  const auto exploited =
      findings::assess(findings::testing::vulnerable_package(), findings::testing::instance());
  findings::Finding harmless = findings::testing::vulnerable_package();
  harmless.vulnerability.id = "CVE-2024-1";
  harmless.vulnerability.description = R"(It says "cisaData":{ and no more.)";
  harmless.description = harmless.vulnerability.description;
  harmless.vulnerability.known_exploited.reset();
  const auto other = findings::assess(harmless, findings::testing::instance());
  ASSERT_EQ(exploited.vulnerability.due, 1'729'555'200);  // 2024-10-22
  const findings::Assessed* both[] = {&exploited, &other};
  write([&](Connection& to) -> Result<void> {
    VIGIL_CHECK(put_assessments(to, kAccount, both));
    VIGIL_CHECK(set_setting(to, "intelligence.applied", "something"));
    std::vector<Event> events;
    const auto happened = [&](EventKind kind, int status, int severity, std::int64_t time) {
      events.push_back({.account = kAccount,
                        .kind = kind,
                        .resource = 1,
                        .vulnerability = 2,
                        .status = status,
                        .severity = severity,
                        .time = time,
                        .detail = ""});
    };
    happened(EventKind::FindingOpened, 0, 5, kHour);
    happened(EventKind::FindingOpened, 1, 5, kHour);  // suppressed from the start
    happened(EventKind::FindingUpdated, 0, 5, kHour + 1);
    happened(EventKind::FindingReopened, 0, 3, kHour + 3599);
    happened(EventKind::FindingClosed, 2, 3, kHour + 3600);
    return put_events(to, events);
  });
  back_to_version_1();
  reopen();
  EXPECT_EQ(lines("SELECT name || ' ' || coalesce(CAST(due AS TEXT), 'none') FROM vulnerability"),
            (std::vector<std::string>{"CVE-2024-1 none", "CVE-2024-6119 1729555200"}));
  EXPECT_EQ(number("SELECT count(*) FROM assessment WHERE in_use IS NULL"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM assessment_fix"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM setting WHERE value = ''"), 1);
  EXPECT_EQ(lines("SELECT CAST(hour AS TEXT) || ' ' || critical || ' ' || high || ' ' || medium ||"
                  " ' ' || closed FROM activity"),
            (std::vector<std::string>{std::to_string(kHour) + " 1 0 1 0",
                                      std::to_string(kHour + 3600) + " 0 0 0 1"}));

  write([&](Connection& to) { return complete_assessments(to, kAccount, both); });
  EXPECT_EQ(number("SELECT count(*) FROM assessment WHERE in_use = 0"), 2);
  EXPECT_EQ(
      lines("SELECT name || ' ' || installed || ' ' || target || ' ' || packages"
            " FROM assessment_fix"),
      (std::vector<std::string>(2, "libssl3 3.0.14-1~deb12u1 3.0.14-1~deb12u2 libssl3\t3.0.14")));
}

TEST_P(Migration, CompletesWhatIsIncompleteOnly) {
  auto assessed =
      findings::assess(findings::testing::vulnerable_package(), findings::testing::instance());
  const findings::Assessed* one[] = {&assessed};
  write([&](Connection& to) { return put_assessments(to, kAccount, one); });
  assessed.assessment.in_use = true;  // the key is the same, so this cannot be
  assessed.assessment.fixes.push_back(assessed.assessment.fixes.front());
  write([&](Connection& to) { return complete_assessments(to, kAccount, one); });
  EXPECT_EQ(number("SELECT in_use FROM assessment"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM assessment_fix"), 1);
}

VIGIL_ON_BOTH_ENGINES(Migration);

}  // namespace
}  // namespace vigil::store
