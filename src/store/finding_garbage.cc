// Assessments that no finding has any more, and the vulnerabilities only they spoke of.
#include "store/findings.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

using Keys = std::vector<std::uint64_t>;

Result<Keys> unused_assessments(Connection& from, std::int64_t account, std::size_t limit) {
  Keys keys;
  VIGIL_CHECK(
      from.query("SELECT id FROM assessment WHERE account = $1"
                 " AND active = 0 AND suppressed = 0 AND closed = 0 LIMIT $2",
                 {account, static_cast<std::int64_t>(limit)}, [&](const Row& row) {
                   keys.push_back(key_from(row.integer(0)));
                   return true;
                 }));
  sort_as_stored(keys);
  return keys;
}

}  // namespace

Result<std::int64_t> collect_finding_garbage(Connection& to, std::int64_t account,
                                             std::size_t limit) {
  const std::initializer_list<Value> values = {account};
  VIGIL_TRY(const Keys assessments, unused_assessments(to, account, limit));
  VIGIL_TRY(const Keys candidates, select_keys(to,
                                               "SELECT DISTINCT vulnerability FROM assessment"
                                               " WHERE account = $1 AND id IN ({keys})",
                                               account, assessments));
  for (const std::string_view sql : {
           "DELETE FROM assessment_package WHERE account = $1 AND assessment IN ({keys})",
           "DELETE FROM assessment_fix WHERE account = $1 AND assessment IN ({keys})",
           "DELETE FROM assessment_attribute WHERE account = $1 AND assessment IN ({keys})",
           "DELETE FROM assessment_body WHERE account = $1 AND id IN ({keys})",
           "DELETE FROM assessment WHERE account = $1 AND id IN ({keys})",
       }) {
    VIGIL_CHECK(execute_keys(to, sql, values, assessments));
  }
  VIGIL_TRY(const Keys vulnerabilities,
            select_keys(to,
                        "SELECT v.id FROM vulnerability v WHERE v.account = $1 AND v.id IN ({keys})"
                        " AND NOT EXISTS (SELECT 1 FROM assessment a"
                        " WHERE a.account = v.account AND a.vulnerability = v.id)",
                        account, candidates));
  for (const std::string_view sql : {
           "DELETE FROM vulnerability_body WHERE account = $1 AND id IN ({keys})",
           "DELETE FROM vulnerability WHERE account = $1 AND id IN ({keys})",
       }) {
    VIGIL_CHECK(execute_keys(to, sql, values, vulnerabilities));
  }
  return static_cast<std::int64_t>(assessments.size() + vulnerabilities.size());
}

}  // namespace vigil::store
