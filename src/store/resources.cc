// Resources. What is written again is only what differs: an unchanged rescan touches one row.
#include <algorithm>
#include <limits>
#include <tuple>

#include "store/inventory.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

using findings::Attribute;

auto key_of(const Attribute& attribute) {
  return std::tie(attribute.field, attribute.key, attribute.text);
}

/// In the order of the store's key, each key once.
std::vector<Attribute> sorted(std::span<const Attribute> attributes) {
  std::vector<Attribute> out(attributes.begin(), attributes.end());
  std::stable_sort(out.begin(), out.end(), [](const Attribute& left, const Attribute& right) {
    return key_of(left) < key_of(right);
  });
  out.erase(std::unique(out.begin(), out.end(),
                        [](const Attribute& left, const Attribute& right) {
                          return key_of(left) == key_of(right);
                        }),
            out.end());
  return out;
}

/// Those of `left` that are not in `right`, or differ there; both sorted.
std::vector<const Attribute*> not_in(const std::vector<Attribute>& left,
                                     const std::vector<Attribute>& right) {
  std::vector<const Attribute*> out;
  auto other = right.begin();
  for (const Attribute& attribute : left) {
    while (other != right.end() && key_of(*other) < key_of(attribute)) ++other;
    const bool same = other != right.end() && key_of(*other) == key_of(attribute) &&
                      other->number == attribute.number;
    if (!same) out.push_back(&attribute);
  }
  return out;
}

Result<void> put_attributes(Connection& to, std::int64_t account, std::uint64_t resource,
                            std::span<const Attribute> attributes) {
  std::vector<Attribute> stored;
  VIGIL_CHECK(
      to.query("SELECT field, key, text, number FROM resource_attribute"
               " WHERE account = $1 AND resource = $2",
               {account, stored_key(resource)}, [&](const Row& row) {
                 Attribute attribute;
                 attribute.field = static_cast<std::uint16_t>(row.integer(0));
                 attribute.key = row.text(1);
                 attribute.text = row.text(2);
                 if (!row.is_null(3)) attribute.number = row.real(3);
                 stored.push_back(std::move(attribute));
                 return true;
               }));
  stored = sorted(stored);  // PostgreSQL may order texts in another way
  const std::vector<Attribute> wanted = sorted(attributes);

  std::vector<Value> rows;
  for (const Attribute* gone : not_in(stored, wanted)) {
    rows.insert(rows.end(), {account, stored_key(resource), std::int64_t{gone->field},
                             std::string_view(gone->key), std::string_view(gone->text)});
  }
  VIGIL_CHECK(to.execute_many(
      "DELETE FROM resource_attribute WHERE account = $1 AND resource = $2 AND field = $3"
      " AND key = $4 AND text = $5",
      5, rows));
  rows.clear();
  for (const Attribute* added : not_in(wanted, stored)) {
    rows.insert(rows.end(), {account, stored_key(resource), std::int64_t{added->field},
                             std::string_view(added->key), std::string_view(added->text),
                             added->number ? Value(*added->number) : Value(nullptr)});
  }
  return to.execute_many(
      "INSERT INTO resource_attribute (account, resource, field, key, text, number)"
      " VALUES ($1, $2, $3, $4, $5, $6)",
      6, rows);
}

Result<void> put_body(Connection& to, std::int64_t account, std::uint64_t id, std::string_view body,
                      std::string_view runtime) {
  bool same = false;
  VIGIL_CHECK(to.query("SELECT body, runtime FROM resource_body WHERE account = $1 AND id = $2",
                       {account, stored_key(id)}, [&](const Row& row) {
                         same = row.text(0) == body && row.text(1) == runtime;
                         return false;
                       }));
  if (same) return ok();
  VIGIL_CHECK(to.execute(
      "INSERT INTO resource_body (account, id, body, runtime) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (account, id) DO UPDATE SET body = excluded.body, runtime = excluded.runtime",
      {account, stored_key(id), body, runtime}));
  return ok();
}

Result<void> check_profile(Connection& to, std::int64_t account, std::uint64_t profile) {
  if (profile == 0) return ok();
  bool found = false;
  VIGIL_CHECK(to.query("SELECT 1 FROM profile WHERE account = $1 AND id = $2",
                       {account, stored_key(profile)}, [&](const Row&) {
                         found = true;
                         return false;
                       }));
  if (found) return ok();
  return fail("the profile of a resource is not stored", {}, {}, ErrorCode::NotFound);
}

/// Appends ids of resources of the profile with low <= id <= high as the store orders them.
Result<void> append_resources(Connection& from, std::int64_t account, std::uint64_t profile,
                              std::int64_t low, std::int64_t high, std::size_t limit,
                              std::vector<std::uint64_t>& resources) {
  if (resources.size() >= limit) return ok();
  return from.query(
      "SELECT id FROM resource WHERE account = $1 AND profile = $2 AND id >= $3 AND id <= $4"
      " AND removed = 0 ORDER BY id LIMIT $5",
      {account, stored_key(profile), low, high,
       static_cast<std::int64_t>(limit - resources.size())},
      [&](const Row& row) {
        resources.push_back(key_from(row.integer(0)));
        return true;
      });
}

}  // namespace

Result<void> put_resource(Connection& to, const ResourceRow& resource, std::string_view body,
                          std::string_view runtime, std::span<const Attribute> attributes) {
  VIGIL_CHECK(check_profile(to, resource.account, resource.profile));
  VIGIL_CHECK(to.execute(
      "INSERT INTO resource (account, id, type, resource_id, name, region, platform, profile,"
      " inventory, status_code, status_reason, scan_mode, first_seen, last_scanned, removed)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
      " ON CONFLICT (account, id) DO UPDATE SET type = excluded.type,"
      " resource_id = excluded.resource_id, name = excluded.name, region = excluded.region,"
      " platform = excluded.platform, profile = excluded.profile, inventory = excluded.inventory,"
      " status_code = excluded.status_code, status_reason = excluded.status_reason,"
      " scan_mode = excluded.scan_mode, last_scanned = excluded.last_scanned,"
      " removed = excluded.removed",
      {resource.account, stored_key(resource.id), std::string_view(resource.type),
       std::string_view(resource.resource_id), std::string_view(resource.name),
       std::string_view(resource.region), std::string_view(resource.platform),
       stored_key(resource.profile), std::string_view(resource.inventory),
       std::string_view(resource.status_code), std::string_view(resource.status_reason),
       std::string_view(resource.scan_mode), resource.first_seen, resource.last_scanned,
       resource.removed}));
  VIGIL_CHECK(put_body(to, resource.account, resource.id, body, runtime));
  return put_attributes(to, resource.account, resource.id, attributes);
}

Result<void> touch_resource(Connection& to, std::int64_t account, std::uint64_t id,
                            std::int64_t last_scanned) {
  VIGIL_CHECK(to.execute("UPDATE resource SET last_scanned = $3 WHERE account = $1 AND id = $2",
                         {account, stored_key(id), last_scanned}));
  return ok();
}

Result<void> set_resource_status(Connection& to, std::int64_t account, std::uint64_t id,
                                 std::string_view code, std::string_view reason,
                                 std::int64_t removed) {
  VIGIL_CHECK(
      to.execute("UPDATE resource SET status_code = $3, status_reason = $4, removed = $5"
                 " WHERE account = $1 AND id = $2",
                 {account, stored_key(id), code, reason, removed}));
  return ok();
}

Result<std::optional<ResourceRow>> find_resource(Connection& from, std::int64_t account,
                                                 std::uint64_t id) {
  std::optional<ResourceRow> resource;
  VIGIL_CHECK(from.query(
      "SELECT type, resource_id, name, region, platform, profile, inventory, status_code,"
      " status_reason, scan_mode, first_seen, last_scanned, removed FROM resource"
      " WHERE account = $1 AND id = $2",
      {account, stored_key(id)}, [&](const Row& row) {
        resource = ResourceRow{.account = account,
                               .id = id,
                               .type = std::string(row.text(0)),
                               .resource_id = std::string(row.text(1)),
                               .name = std::string(row.text(2)),
                               .region = std::string(row.text(3)),
                               .platform = std::string(row.text(4)),
                               .profile = key_from(row.integer(5)),
                               .inventory = std::string(row.text(6)),
                               .status_code = std::string(row.text(7)),
                               .status_reason = std::string(row.text(8)),
                               .scan_mode = std::string(row.text(9)),
                               .first_seen = row.integer(10),
                               .last_scanned = row.integer(11),
                               .removed = row.integer(12)};
        return false;
      }));
  return resource;
}

Result<std::optional<ResourceBody>> resource_body(Connection& from, std::int64_t account,
                                                  std::uint64_t id) {
  std::optional<ResourceBody> body;
  VIGIL_CHECK(from.query("SELECT body, runtime FROM resource_body WHERE account = $1 AND id = $2",
                         {account, stored_key(id)}, [&](const Row& row) {
                           body = ResourceBody{.body = std::string(row.text(0)),
                                               .runtime = std::string(row.text(1))};
                           return false;
                         }));
  return body;
}

Result<std::vector<std::uint64_t>> resources_of_profile(Connection& from, std::int64_t account,
                                                        std::uint64_t profile, std::uint64_t after,
                                                        std::size_t limit) {
  // Ascending keys are two ranges of the store: from 0 up, then the negative numbers.
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
  std::vector<std::uint64_t> resources;
  const std::int64_t last = stored_key(after);
  if (last >= 0 && last < kHighest) {
    VIGIL_CHECK(append_resources(from, account, profile, last + 1, kHighest, limit, resources));
  }
  if (last != -1) {
    VIGIL_CHECK(append_resources(from, account, profile, last < 0 ? last + 1 : kLowest, -1, limit,
                                 resources));
  }
  return resources;
}

}  // namespace vigil::store
