#include "store/fixables.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "store/exploited.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

struct Counted {
  findings::Fixable fixable;
  std::uint64_t vulnerability = 0;
};
using AllCounted = std::unordered_map<std::uint64_t, Counted>;

/// Two tables are each read from their beginning to their end and joined here: that is several times
/// faster than looking up one row after the other.
Result<AllCounted> read_counted(Connection& from, std::int64_t account) {
  VIGIL_TRY(const Exploited exploited, known_exploited(from, account));
  AllCounted all;
  VIGIL_CHECK(
      from.query("SELECT id, vulnerability, severity, score, in_use, active FROM assessment"
                 " WHERE account = $1 AND active > 0 AND fix > 0",
                 {account}, [&](const Row& row) {
                   Counted& counted = all[key_from(row.integer(0))];
                   counted.vulnerability = key_from(row.integer(1));
                   counted.fixable.severity = static_cast<model::Severity>(row.integer(2));
                   counted.fixable.score = row.real(3);
                   counted.fixable.in_use = row.integer(4) != 0;
                   counted.fixable.findings = row.integer(5);
                   counted.fixable.known_exploited = exploited.contains(counted.vulnerability);
                   return true;
                 }));
  return all;
}

findings::Fix fix_from(const Row& row) {
  findings::Fix fix;
  fix.ecosystem = row.text(1);
  fix.name = row.text(2);
  fix.manager = row.text(3);
  fix.installed = row.text(4);
  fix.target = row.text(5);
  for (const std::string_view line : base::split(row.text(6), '\n')) {
    const std::size_t tab = line.find('\t');
    fix.packages.push_back({std::string(line.substr(0, tab)), std::string(line.substr(tab + 1))});
  }
  fix.command = row.text(7);
  return fix;
}

}  // namespace

Result<Fixables> fixables(Connection& from, std::int64_t account) {
  VIGIL_TRY(AllCounted counted, read_counted(from, account));
  Fixables out;
  VIGIL_CHECK(
      from.query("SELECT assessment, ecosystem, name, manager, installed, target, packages, command"
                 " FROM assessment_fix WHERE account = $1 ORDER BY assessment, position",
                 {account}, [&](const Row& row) {
                   const std::uint64_t key = key_from(row.integer(0));
                   const auto found = counted.find(key);
                   if (found == counted.end()) return true;
                   if (out.assessments.empty() || out.assessments.back() != key) {
                     out.assessments.push_back(key);
                     out.vulnerabilities.push_back(found->second.vulnerability);
                     out.fixables.push_back(std::move(found->second.fixable));
                   }
                   out.fixables.back().fixes.push_back(fix_from(row));
                   return true;
                 }));
  return out;
}

Result<std::vector<std::string>> vulnerability_names(Connection& from, std::int64_t account,
                                                     std::span<const std::uint64_t> keys) {
  std::vector<std::string> names;
  VIGIL_CHECK(query_keys(from,
                         "SELECT name FROM vulnerability WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, keys, [&](const Row& row) {
                           names.emplace_back(row.text(0));
                           return true;
                         }));
  std::ranges::sort(names);
  return names;
}

Result<Reach> reach(Connection& from, std::int64_t account,
                    std::span<const std::uint64_t> assessments) {
  std::unordered_set<std::int64_t> resources;
  VIGIL_CHECK(query_keys(from,
                         "SELECT resource FROM finding WHERE account = $1 AND status = 0"
                         " AND assessment IN ({keys})",
                         std::initializer_list<Value>{account}, assessments, [&](const Row& row) {
                           resources.insert(row.integer(0));
                           return true;
                         }));
  Reach out{.resources = static_cast<std::int64_t>(resources.size())};
  if (resources.empty()) return out;
  VIGIL_CHECK(from.query("SELECT resource_id FROM resource WHERE account = $1 AND id = $2",
                         {account, *resources.begin()}, [&](const Row& row) {
                           out.resource_id = row.text(0);
                           return true;
                         }));
  return out;
}

}  // namespace vigil::store
