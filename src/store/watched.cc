#include "store/watched.h"

namespace vigil::store {

Result<std::vector<Watched>> watched(Connection& from, std::int64_t account) {
  std::vector<Watched> all;
  VIGIL_CHECK(from.query(
      "SELECT type, status_code, status_reason, count(*) FROM resource WHERE account = $1"
      " GROUP BY type, status_code, status_reason ORDER BY type",
      {account}, [&](const Row& row) {
        if (row.text(2) == "RESOURCE_TERMINATED") return true;
        if (all.empty() || all.back().resource_type != row.text(0))
          all.push_back({.resource_type = std::string(row.text(0))});
        const bool scanned = row.text(1) == "ACTIVE";
        (scanned ? all.back().watched : all.back().not_watched) += row.integer(3);
        return true;
      }));
  return all;
}

}  // namespace vigil::store
