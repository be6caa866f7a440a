// Assessments and vulnerabilities: what findings share. An assessment's key is of its content, so what
// is stored never changes; a vulnerability's texts and EPSS do.
#include <algorithm>

#include "store/findings.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

using findings::Assessed;
using findings::Assessment;
using findings::VulnerabilityEntry;

/// In the order of the store, each key once.
template <typename T>
std::vector<const T*> by_key(std::span<const Assessed* const> assessed, T Assessed::* part) {
  std::vector<const T*> all;
  all.reserve(assessed.size());
  for (const Assessed* each : assessed) all.push_back(&(each->*part));
  std::stable_sort(all.begin(), all.end(), [](const T* left, const T* right) {
    return stored_key(left->key) < stored_key(right->key);
  });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const T* left, const T* right) { return left->key == right->key; }),
            all.end());
  return all;
}

template <typename T>
std::vector<std::uint64_t> keys_of(const std::vector<const T*>& all) {
  std::vector<std::uint64_t> keys;
  keys.reserve(all.size());
  for (const T* each : all) keys.push_back(each->key);
  return keys;
}

Value optional_real(const std::optional<double>& number) {
  return number ? Value(*number) : Value(nullptr);
}

/// Takes those out that are stored with this EPSS, due day and body already.
Result<void> drop_unchanged(Connection& from, std::int64_t account,
                            std::vector<const VulnerabilityEntry*>& entries) {
  std::vector<std::uint64_t> unchanged;
  VIGIL_CHECK(query_keys(
      from,
      "SELECT v.id, v.epss, b.digest, v.due FROM vulnerability v"
      " JOIN vulnerability_body b ON b.account = v.account AND b.id = v.id"
      " WHERE v.account = $1 AND v.id IN ({keys})",
      std::initializer_list<Value>{account}, keys_of(entries), [&](const Row& row) {
        const auto place = std::lower_bound(entries.begin(), entries.end(), row.integer(0),
                                            [](const VulnerabilityEntry* left, std::int64_t key) {
                                              return stored_key(left->key) < key;
                                            });
        const std::optional<double> epss =
            row.is_null(1) ? std::nullopt : std::optional(row.real(1));
        const std::optional<std::int64_t> due =
            row.is_null(3) ? std::nullopt : std::optional(row.integer(3));
        if ((*place)->epss == epss && (*place)->due == due && (*place)->digest == row.text(2)) {
          unchanged.push_back((*place)->key);
        }
        return true;
      }));
  sort_unique(unchanged);
  std::erase_if(entries, [&](const VulnerabilityEntry* entry) {
    return std::binary_search(unchanged.begin(), unchanged.end(), entry->key);
  });
  return ok();
}

Result<void> put_vulnerabilities(Connection& to, std::int64_t account,
                                 std::vector<const VulnerabilityEntry*> entries) {
  VIGIL_CHECK(drop_unchanged(to, account, entries));
  std::vector<Value> rows;
  std::vector<Value> bodies;
  for (const VulnerabilityEntry* entry : entries) {
    rows.insert(rows.end(), {account, stored_key(entry->key), std::string_view(entry->type),
                             std::string_view(entry->name), optional_real(entry->epss),
                             entry->due ? Value(*entry->due) : Value(nullptr)});
    bodies.insert(bodies.end(), {account, stored_key(entry->key), std::string_view(entry->digest),
                                 std::string_view(entry->body)});
  }
  VIGIL_CHECK(to.execute_many(
      "INSERT INTO vulnerability (account, id, type, name, epss, due)"
      " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, id) DO UPDATE"
      " SET type = excluded.type, name = excluded.name, epss = excluded.epss, due = excluded.due",
      6, rows));
  return to.execute_many(
      "INSERT INTO vulnerability_body (account, id, digest, body) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (account, id) DO UPDATE SET digest = excluded.digest, body = excluded.body",
      4, bodies);
}

/// Takes those out that are stored already.
Result<void> drop_stored(Connection& from, std::int64_t account,
                         std::vector<const Assessment*>& assessments) {
  std::vector<std::uint64_t> stored;
  VIGIL_CHECK(query_keys(from, "SELECT id FROM assessment WHERE account = $1 AND id IN ({keys})",
                         std::initializer_list<Value>{account}, keys_of(assessments),
                         [&](const Row& row) {
                           stored.push_back(key_from(row.integer(0)));
                           return true;
                         }));
  sort_unique(stored);
  std::erase_if(assessments, [&](const Assessment* assessment) {
    return std::binary_search(stored.begin(), stored.end(), assessment->key);
  });
  return ok();
}

Result<void> put_rows(Connection& to, std::int64_t account,
                      const std::vector<const Assessment*>& assessments) {
  std::vector<Value> rows;
  std::vector<Value> bodies;
  for (const Assessment* each : assessments) {
    rows.insert(rows.end(), {account, stored_key(each->key), stored_key(each->vulnerability),
                             std::string_view(each->resource_type), std::string_view(each->type),
                             static_cast<std::int64_t>(each->severity), optional_real(each->score),
                             static_cast<std::int64_t>(each->fix), std::int64_t{each->exploit},
                             std::string_view(each->title), std::string_view(each->source),
                             std::string_view(each->vendor_severity), std::int64_t{each->in_use}});
    bodies.insert(bodies.end(), {account, stored_key(each->key), std::string_view(each->body)});
  }
  VIGIL_CHECK(to.execute_many(
      "INSERT INTO assessment (account, id, vulnerability, resource_type, type, severity, score,"
      " fix, exploit, title, source, vendor_severity, in_use)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
      " ON CONFLICT (account, id) DO NOTHING",
      13, rows));
  return to.execute_many(
      "INSERT INTO assessment_body (account, id, body) VALUES ($1, $2, $3)"
      " ON CONFLICT (account, id) DO NOTHING",
      3, bodies);
}

Result<void> put_packages(Connection& to, std::int64_t account,
                          const std::vector<const Assessment*>& assessments) {
  std::vector<Value> rows;
  for (const Assessment* each : assessments) {
    std::int64_t position = 0;
    for (const findings::PackageFacts& package : each->packages) {
      rows.insert(rows.end(),
                  {account, stored_key(each->key), position++, std::string_view(package.name),
                   std::string_view(package.version), std::string_view(package.release),
                   std::int64_t{package.epoch}, std::string_view(package.architecture),
                   std::string_view(package.layer), std::string_view(package.lambda_layer),
                   std::string_view(package.path)});
    }
  }
  return to.execute_many(
      "INSERT INTO assessment_package (account, assessment, position, name, version, release, "
      "epoch,"
      " architecture, layer, lambda_layer, path)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
      " ON CONFLICT (account, assessment, position) DO NOTHING",
      11, rows);
}

/// No text has control characters.
std::string package_lines(const findings::Fix& fix) {
  std::string lines;
  for (const auto& [name, version] : fix.packages) {
    if (!lines.empty()) lines += '\n';
    lines += name + '\t' + version;
  }
  return lines;
}

Result<void> put_fixes(Connection& to, std::int64_t account,
                       const std::vector<const Assessment*>& assessments) {
  std::vector<std::string> packages;  // what the rows look at
  for (const Assessment* each : assessments) {
    for (const findings::Fix& fix : each->fixes) packages.push_back(package_lines(fix));
  }
  std::vector<Value> rows;
  std::size_t next = 0;
  for (const Assessment* each : assessments) {
    std::int64_t position = 0;
    for (const findings::Fix& fix : each->fixes) {
      rows.insert(rows.end(),
                  {account, stored_key(each->key), position++, std::string_view(fix.ecosystem),
                   std::string_view(fix.name), std::string_view(fix.manager),
                   std::string_view(fix.installed), std::string_view(fix.target),
                   std::string_view(packages[next++]), std::string_view(fix.command)});
    }
  }
  return to.execute_many(
      "INSERT INTO assessment_fix (account, assessment, position, ecosystem, name, manager,"
      " installed, target, packages, command)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
      " ON CONFLICT (account, assessment, position) DO NOTHING",
      10, rows);
}

/// Leaves those that are stored without what version 1 of the schema did not keep.
Result<void> keep_incomplete(Connection& from, std::int64_t account,
                             std::vector<const Assessment*>& assessments) {
  VIGIL_TRY(auto incomplete,
            select_keys(from,
                        "SELECT id FROM assessment WHERE account = $1 AND id IN ({keys})"
                        " AND in_use IS NULL",
                        account, keys_of(assessments)));
  sort_unique(incomplete);
  std::erase_if(assessments, [&](const Assessment* assessment) {
    return !std::binary_search(incomplete.begin(), incomplete.end(), assessment->key);
  });
  return ok();
}

Result<void> put_attributes(Connection& to, std::int64_t account,
                            const std::vector<const Assessment*>& assessments) {
  std::vector<Value> rows;
  for (const Assessment* each : assessments) {
    for (const findings::Attribute& attribute : each->attributes) {
      rows.insert(rows.end(),
                  {account, stored_key(each->key), std::int64_t{attribute.field},
                   std::string_view(attribute.key), std::string_view(attribute.text),
                   optional_real(attribute.number), optional_real(attribute.number_end)});
    }
  }
  return to.execute_many(
      "INSERT INTO assessment_attribute (account, assessment, field, key, text, number, number_end)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (account, assessment, field, key, text) DO NOTHING",
      7, rows);
}

}  // namespace

Result<void> put_assessments(Connection& to, std::int64_t account,
                             std::span<const Assessed* const> assessed) {
  VIGIL_CHECK(put_vulnerabilities(to, account, by_key(assessed, &Assessed::vulnerability)));
  std::vector<const Assessment*> assessments = by_key(assessed, &Assessed::assessment);
  VIGIL_CHECK(drop_stored(to, account, assessments));
  VIGIL_CHECK(put_rows(to, account, assessments));
  VIGIL_CHECK(put_packages(to, account, assessments));
  VIGIL_CHECK(put_fixes(to, account, assessments));
  return put_attributes(to, account, assessments);
}

Result<void> complete_assessments(Connection& to, std::int64_t account,
                                  std::span<const Assessed* const> assessed) {
  std::vector<const Assessment*> assessments = by_key(assessed, &Assessed::assessment);
  VIGIL_CHECK(keep_incomplete(to, account, assessments));
  VIGIL_CHECK(put_fixes(to, account, assessments));
  std::vector<Value> rows;
  for (const Assessment* each : assessments)
    rows.insert(rows.end(), {account, stored_key(each->key), std::int64_t{each->in_use}});
  return to.execute_many("UPDATE assessment SET in_use = $3 WHERE account = $1 AND id = $2", 3,
                         rows);
}

}  // namespace vigil::store
