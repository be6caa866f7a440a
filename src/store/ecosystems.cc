#include "store/ecosystems.h"

#include <optional>

namespace vigil::store {

Result<std::vector<std::string>> stored_ecosystems(Connection& from, std::int64_t account) {
  std::vector<std::string> found;
  std::optional<std::string> last;
  const auto take = [&](const Row& row) {
    last = row.text(0);
    return false;
  };
  VIGIL_CHECK(from.query(
      "SELECT ecosystem FROM package_version WHERE account = $1 ORDER BY ecosystem LIMIT 1",
      {account}, take));
  while (last) {
    found.push_back(std::move(*last));
    last.reset();
    VIGIL_CHECK(
        from.query("SELECT ecosystem FROM package_version WHERE account = $1 AND ecosystem > $2"
                   " ORDER BY ecosystem LIMIT 1",
                   {account, std::string_view(found.back())}, take));
  }
  return found;
}

Result<std::map<std::string, std::int64_t>> count_unsupported_systems(Connection& from,
                                                                      std::int64_t account) {
  std::map<std::string, std::int64_t> counts;
  VIGIL_CHECK(
      from.query("SELECT platform, COUNT(*) FROM resource WHERE account = $1 AND removed = 0"
                 " AND status_reason = 'UNSUPPORTED_OS' GROUP BY platform",
                 {account}, [&](const Row& row) {
                   counts.emplace(row.text(0), row.integer(1));
                   return true;
                 }));
  return counts;
}

}  // namespace vigil::store
