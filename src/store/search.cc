#include "store/search.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "store/sql_compare.h"
#include "store/sql_text.h"

namespace vigil::store {
namespace {

/// Each once, in this order.
std::vector<std::string> distinct(std::vector<std::string> texts) {
  std::vector<std::string> out;
  for (std::string& text : texts) {
    if (std::ranges::find(out, text) == out.end()) out.push_back(std::move(text));
  }
  return out;
}

/// Ids are upper case ("CVE-2024-6119", "ALAS2-2024-1"), but for GitHub's, of which only the first word
/// is ("GHSA-abcd-efgh-ijkm").
std::vector<std::string> spellings_of_id(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  return distinct({std::string(text), base::upper(text),
                   base::upper(text.substr(0, dash)) + base::lower(text.substr(dash))});
}

Result<void> add_counts(Connection& from, std::int64_t account, std::int64_t id,
                        NamedVulnerability& to) {
  return from.query(
      "SELECT SUM(active), MAX(CASE WHEN active > 0 THEN severity END) FROM assessment"
      " WHERE account = $1 AND vulnerability = $2",
      {account, id}, [&](const Row& row) {
        to.findings += row.integer(0);
        if (row.is_null(1)) return false;
        const auto severity = static_cast<model::Severity>(row.integer(1));
        to.severity = std::max(to.severity.value_or(severity), severity);
        return false;
      });
}

/// The first package behind a name and an ecosystem, below a name; nothing if there is none.
Result<std::optional<NamedPackage>> package_behind(Connection& from, std::int64_t account,
                                                   const NamedPackage& last,
                                                   std::string_view below) {
  std::optional<NamedPackage> found;
  SqlText sql("SELECT subject, ecosystem FROM package_version WHERE account = ");
  sql.bind(account).add(" AND (subject, ecosystem) > (").bind(std::string_view(last.name));
  sql.add(", ").bind(std::string_view(last.ecosystem)).add(")");
  if (!below.empty()) sql.add(" AND subject < ").bind(below);
  sql.add(" ORDER BY subject, ecosystem LIMIT 1");
  VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
    found = NamedPackage{std::string(row.text(0)), std::string(row.text(1))};
    return false;
  }));
  return found;
}

}  // namespace

Result<std::vector<NamedVulnerability>> vulnerabilities_beginning(Connection& from,
                                                                  std::int64_t account,
                                                                  std::string_view text,
                                                                  std::size_t limit) {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const std::string& spelling : spellings_of_id(text)) {
    SqlText sql("SELECT name, id FROM vulnerability WHERE account = ");
    sql.bind(account).add(" AND ");
    add_prefix(sql, "name", spelling, Empty::Text);
    sql.add(" ORDER BY name LIMIT ").bind(static_cast<std::int64_t>(limit));
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      rows.emplace_back(std::string(row.text(0)), row.integer(1));
      return true;
    }));
  }
  std::ranges::sort(rows);
  const auto rest = std::ranges::unique(rows);
  rows.erase(rest.begin(), rest.end());
  std::vector<NamedVulnerability> found;
  for (const auto& [name, id] : rows) {
    if (found.empty() || found.back().name != name) {
      if (found.size() == limit) break;
      found.push_back({.name = name, .severity = std::nullopt, .findings = 0});
    }
    VIGIL_CHECK(add_counts(from, account, id, found.back()));
  }
  return found;
}

Result<std::vector<NamedResource>> resources_beginning(Connection& from, std::int64_t account,
                                                       std::string_view text, std::size_t limit) {
  std::vector<NamedResource> found;
  std::set<std::string> seen;
  const auto visit = [&](const Row& row) {
    if (seen.emplace(row.text(0)).second && found.size() < limit) {
      found.push_back(
          {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))});
    }
    return true;
  };
  SqlText by_id("SELECT resource_id, type, name FROM resource WHERE account = ");
  by_id.bind(account).add(" AND ");
  add_prefix(by_id, "resource_id", text, Empty::Text);
  by_id.add(" ORDER BY resource_id LIMIT ").bind(static_cast<std::int64_t>(limit));
  VIGIL_CHECK(from.query(by_id.text(), by_id.values(), visit));
  // As many again: some may be among the first.
  SqlText by_name("SELECT resource_id, type, name FROM resource WHERE account = ");
  by_name.bind(account).add(" AND ");
  add_prefix(by_name, "LOWER(name)", base::lower(text), Empty::Text);
  by_name.add(" ORDER BY LOWER(name), resource_id LIMIT ");
  by_name.bind(static_cast<std::int64_t>(2 * limit));
  VIGIL_CHECK(from.query(by_name.text(), by_name.values(), visit));
  return found;
}

Result<std::vector<NamedPackage>> packages_beginning(Connection& from, std::int64_t account,
                                                     std::string_view text, std::size_t limit) {
  std::vector<NamedPackage> found;
  if (!is_storable(text)) return found;
  for (const std::string& spelling : distinct({std::string(text), base::lower(text)})) {
    // From name to name, passing over the versions of each.
    const std::string below = above_prefix(spelling);
    NamedPackage last{.name = spelling, .ecosystem = {}};
    while (found.size() < limit) {
      VIGIL_TRY(auto next, package_behind(from, account, last, below));
      if (!next) break;
      last = *next;
      found.push_back(std::move(*next));
    }
  }
  return found;
}

}  // namespace vigil::store
