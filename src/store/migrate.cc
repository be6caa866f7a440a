#include "store/migrate.h"

#include <string>
#include <vector>

#include "base/json_tree.h"
#include "findings/stored_lines.h"
#include "store/schema.h"

namespace vigil::store {
namespace {

/// The days of CISA's catalogue stood only in the texts of vulnerabilities.
Result<void> fill_due(Connection& to) {
  struct Due {
    std::int64_t account, vulnerability, day;
  };
  std::vector<Due> all;
  base::JsonParser parser;
  VIGIL_CHECK(to.query(
      "SELECT account, id, body FROM vulnerability_body WHERE body LIKE '%\"cisaData\":{%'", {},
      [&](const Row& row) {
        const auto lines = findings::split_lines<findings::kVulnerabilityLines>(row.text(2));
        const auto more = parser.parse(lines[findings::kVulnerabilityMore]);
        // A description may hold the same letters.
        if (!more || !(*more)["cisaData"].exists()) return true;
        all.push_back(
            {row.integer(0), row.integer(1), (*more)["cisaData"]["dateDue"].integer().value_or(0)});
        return true;
      }));
  std::vector<Value> rows;
  for (const Due& due : all) rows.insert(rows.end(), {due.account, due.vulnerability, due.day});
  return to.execute_many("UPDATE vulnerability SET due = $3 WHERE account = $1 AND id = $2", 3,
                         rows);
}

}  // namespace

Result<void> migrate(Connection& to, std::string_view engine, std::int64_t version) {
  if (version < 2) {
    VIGIL_CHECK(to.run_script(lines_for(engine, migration_2())));
    VIGIL_CHECK(fill_due(to));
  }
  return ok();
}

}  // namespace vigil::store
