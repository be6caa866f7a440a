#include "store/other_findings.h"

#include "store/keys.h"

namespace vigil::store {
namespace {

struct Circumstances {
  std::int64_t assessment = 0;
  std::optional<double> score;
};

/// Each has at least one open finding, so one more than the limit are enough for all that are shown.
Result<std::vector<Circumstances>> worst_assessments(Connection& from, std::int64_t account,
                                                     std::uint64_t vulnerability,
                                                     std::size_t limit) {
  std::vector<Circumstances> worst;
  VIGIL_CHECK(
      from.query("SELECT id, score FROM assessment WHERE account = $1 AND vulnerability = $2"
                 " AND active + suppressed > 0 ORDER BY score IS NULL, score DESC, id LIMIT $3",
                 {account, stored_key(vulnerability), static_cast<std::int64_t>(limit + 1)},
                 [&](const Row& row) {
                   Circumstances one{.assessment = row.integer(0), .score = std::nullopt};
                   if (!row.is_null(1)) one.score = row.real(1);
                   worst.push_back(one);
                   return true;
                 }));
  return worst;
}

Result<std::int64_t> open_elsewhere(Connection& from, std::int64_t account,
                                    const findings::FindingId& of) {
  std::int64_t total = 0;
  VIGIL_CHECK(from.query(
      "SELECT SUM(active + suppressed) FROM assessment WHERE account = $1 AND vulnerability = $2",
      {account, stored_key(of.vulnerability)}, [&](const Row& row) {
        total = row.integer(0);
        return false;
      }));
  VIGIL_CHECK(from.query(
      "SELECT status FROM finding WHERE account = $1 AND resource = $2"
      " AND vulnerability = $3",
      {account, stored_key(of.resource), stored_key(of.vulnerability)}, [&](const Row& row) {
        if (row.integer(0) != static_cast<int>(findings::Status::Closed)) {
          --total;
        }
        return false;
      }));
  return total;
}

}  // namespace

Result<OtherFindings> other_findings(Connection& from, std::int64_t account,
                                     const findings::FindingId& of, std::size_t limit) {
  OtherFindings out;
  VIGIL_TRY(out.total, open_elsewhere(from, account, of));
  if (out.total == 0) return out;
  VIGIL_TRY(const auto worst, worst_assessments(from, account, of.vulnerability, limit));
  for (const Circumstances& one : worst) {
    if (out.findings.size() >= limit) break;
    VIGIL_CHECK(
        from.query("SELECT resource, status FROM finding WHERE account = $1 AND assessment = $2"
                   " AND status IN (0, 1) AND resource <> $3 ORDER BY status, resource LIMIT $4",
                   {account, one.assessment, stored_key(of.resource),
                    static_cast<std::int64_t>(limit - out.findings.size())},
                   [&](const Row& row) {
                     OtherFinding found;
                     found.id = {key_from(row.integer(0)), of.vulnerability};
                     found.status = static_cast<findings::Status>(row.integer(1));
                     found.score = one.score;
                     out.findings.push_back(std::move(found));
                     return true;
                   }));
  }
  for (OtherFinding& found : out.findings) {
    VIGIL_CHECK(
        from.query("SELECT region, resource_id, type, name FROM resource"
                   " WHERE account = $1 AND id = $2",
                   {account, stored_key(found.id.resource)}, [&](const Row& row) {
                     found.region = row.text(0);
                     found.resource_id = row.text(1);
                     found.resource_type = row.text(2);
                     found.name = row.text(3);
                     return false;
                   }));
  }
  return out;
}

}  // namespace vigil::store
