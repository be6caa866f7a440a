// Counts from the rows of findings what the counters say, and tells where they differ: for tests of
// whatever changes findings.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "findings/assessment.h"
#include "store/engine.h"

namespace vigil::store::testing {

/// Counters by name: "assessment 7" -> {active, suppressed, closed}, "resource 5" -> {untriaged, ...,
/// critical, network, exploitable, fixable}, "rule 3" -> {hidden}. Those that are all 0 are left out.
using Counters = std::map<std::string, std::array<std::int64_t, 9>>;

/// As they are stored.
inline Result<Counters> stored_counters(Connection& from) {
  Counters all;
  const auto read = [&](const std::string& name, const std::string& sql, int columns) {
    return from.query(sql, {}, [&](const Row& row) {
      auto& counters = all[name + std::to_string(row.integer(0))];
      for (int i = 0; i < columns; ++i) {
        counters.at(static_cast<std::size_t>(i)) = row.integer(i + 1);
      }
      return true;
    });
  };
  VIGIL_CHECK(read("assessment ", "SELECT id, active, suppressed, closed FROM assessment", 3));
  VIGIL_CHECK(read("resource ",
                   "SELECT id, untriaged, informational, low, medium, high, critical, network,"
                   " exploitable, fixable FROM resource",
                   9));
  VIGIL_CHECK(read("rule ", "SELECT id, hidden FROM filter", 1));
  std::erase_if(all, [](const auto& each) { return each.second == std::array<std::int64_t, 9>{}; });
  return all;
}

/// As they ought to be.
inline Result<Counters> counted(Connection& from) {
  Counters all;
  VIGIL_CHECK(from.query(
      "SELECT f.assessment, f.status, count(*) FROM finding f GROUP BY f.assessment, f.status", {},
      [&](const Row& row) {
        all["assessment " + std::to_string(row.integer(0))].at(
            static_cast<std::size_t>(row.integer(1))) += row.integer(2);
        return true;
      }));
  VIGIL_CHECK(from.query(
      "SELECT f.resource, a.severity, a.type, a.exploit, a.fix, count(*) FROM finding f"
      " JOIN assessment a ON a.account = f.account AND a.id = f.assessment WHERE f.status = 0"
      " GROUP BY f.resource, a.severity, a.type, a.exploit, a.fix",
      {}, [&](const Row& row) {
        auto& counters = all["resource " + std::to_string(row.integer(0))];
        counters.at(static_cast<std::size_t>(row.integer(1))) += row.integer(5);
        if (row.text(2) == "NETWORK_REACHABILITY") counters[6] += row.integer(5);
        if (row.integer(3) != 0) counters[7] += row.integer(5);
        if (row.integer(4) != 0) counters[8] += row.integer(5);
        return true;
      }));
  VIGIL_CHECK(
      from.query("SELECT rule, count(*) FROM finding WHERE rule <> 0 AND status = 1 GROUP BY rule",
                 {}, [&](const Row& row) {
                   all["rule " + std::to_string(row.integer(0))][0] += row.integer(1);
                   return true;
                 }));
  return all;
}

}  // namespace vigil::store::testing
