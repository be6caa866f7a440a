// Coverage is the table of resources: one row per resource and kind of scan that is really done.
// Today that is PACKAGE, of hosts, images and functions. Rows of NETWORK (hosts) and CODE (functions,
// repositories) follow with those scans: a row here says that somebody watches.
#include "store/coverage.h"

#include <algorithm>
#include <unordered_set>

#include "base/hash.h"
#include "base/json_writer.h"
#include "findings/filter_table.h"
#include "store/resource_filter.h"
#include "store/sql_compare.h"
#include "store/store.h"
#include "store/token.h"

namespace vigil::store {
namespace {

using findings::fields::number_of;

constexpr std::size_t kLargestPage = 1000;
constexpr std::string_view kScanType = "PACKAGE";

constexpr std::string_view kScanned =
    " AND r.type IN ('AWS_EC2_INSTANCE', 'AWS_ECR_CONTAINER_IMAGE', 'AWS_LAMBDA_FUNCTION', "
    "'Microsoft.Compute/virtualMachines', 'Microsoft.ContainerRegistry/registry/containerImage', "
    "'Microsoft.Web/sites')";

constexpr std::string_view kInstances[] = {"AWS_EC2_INSTANCE"};
constexpr std::string_view kFunctions[] = {"AWS_LAMBDA_FUNCTION"};
constexpr std::string_view kAllInstances[] = {"AWS_EC2_INSTANCE",
                                              "Microsoft.Compute/virtualMachines"};
constexpr std::string_view kAllFunctions[] = {"AWS_LAMBDA_FUNCTION", "Microsoft.Web/sites"};

// CoverageFilterCriteria (API reference of Inspector2). accountId chooses accounts before; of what no
// resource has, such as the commit a code scan looked at, nothing is found.
constexpr ResourceMember kMembers[] = {
    {.name = "scanStatusCode", .column = "status_code"},
    {.name = "scanStatusReason", .column = "status_reason"},
    {.name = "resourceId", .column = "resource_id"},
    {.name = "resourceType", .column = "type"},
    {.name = "scanType", .constant = kScanType},
    {.name = "scanMode", .column = "scan_mode"},
    {.name = "lastScannedAt", .column = "last_scanned"},
    {.name = "ecrRepositoryName", .field = "ecrImageRepositoryName"},
    {.name = "ecrImageTags", .field = "ecrImageTags"},
    {.name = "ecrImageInUseCount", .field = "ecrImageInUseCount"},
    {.name = "ecrImageLastInUseAt", .field = "ecrImageLastInUseAt"},
    {.name = "imagePulledAt"},
    {.name = "lambdaFunctionName", .field = "lambdaFunctionName"},
    {.name = "lambdaFunctionRuntime", .field = "lambdaFunctionRuntime"},
    {.name = "codeRepositoryProjectName", .field = "codeRepositoryProjectName"},
    {.name = "codeRepositoryProviderType", .field = "codeRepositoryProviderType"},
    {.name = "codeRepositoryProviderTypeVisibility"},
    {.name = "lastScannedCommitId"},
    {.name = "ec2InstanceTags", .field = "resourceTags", .types = kInstances},
    {.name = "lambdaFunctionTags", .field = "resourceTags", .types = kFunctions},
    {.name = "cloudVmInstanceTags", .field = "resourceTags", .types = kAllInstances},
    {.name = "cloudServerlessFunctionTags", .field = "resourceTags", .types = kAllFunctions},
    {.name = "cloudProvider", .field = "cloudProvider"},
    {.name = "cloudProviderAccountId", .field = "cloudProviderAccountId"},
    {.name = "cloudProviderRegion", .field = "cloudProviderRegion"},
    {.name = "cloudProviderOrgId", .field = "cloudProviderOrgId"},
    {.name = "cloudContainerImageTags", .field = "cloudImageTags"},
    {.name = "cloudContainerRepositoryName", .field = "cloudImageRepositoryName"},
    {.name = "cloudContainerRegistryName", .field = "cloudImageRegistry"},
    {.name = "cloudServerlessFunctionName", .field = "cloudServerlessFunctionName"},
    {.name = "cloudServerlessFunctionRuntime", .field = "cloudServerlessFunctionRuntime"},
};

/// A query with what it means.
struct Asked {
  std::vector<std::int64_t> accounts;  ///< ascending
  ResourceFilter filter;
};
Result<Asked> understand(const CoverageQuery& query) {
  Asked out;
  out.accounts = query.accounts;
  auto strings = query.strings;
  if (const auto tests = strings.find("accountId"); tests != strings.end()) {
    std::erase_if(out.accounts, [&](std::int64_t account) {
      return !holds(tests->second, account_digits(account));
    });
    strings.erase(tests);
  }
  std::ranges::sort(out.accounts);
  out.accounts.erase(std::ranges::unique(out.accounts).begin(), out.accounts.end());
  VIGIL_TRY(out.filter, ResourceFilter::make(kMembers, {strings, query.maps, query.ranges}));
  return out;
}

std::uint64_t digest(const CoverageQuery& query) {
  base::JsonWriter out;
  out.begin_array();
  for (const std::int64_t account : query.accounts) out.value(account);
  add_tests(out, {query.strings, query.maps, query.ranges});
  out.end_array();
  return base::xxh3_64(out.text());
}

/// The group's value is a column of resource, or a field of its attributes.
struct GroupKey {
  std::string_view name;
  std::string_view column;
  std::uint16_t field = 0;
};
constexpr GroupKey kGroups[] = {
    {"SCAN_STATUS_CODE", "r.status_code"},
    {"SCAN_STATUS_REASON", "r.status_reason"},
    {"ACCOUNT_ID", ""},
    {"RESOURCE_TYPE", "r.type"},
    {"ECR_REPOSITORY_NAME", "", number_of("ecrImageRepositoryName")},
    {"PROVIDER", "", number_of("cloudProvider")},
    {"PROVIDER_ACCOUNT_ID", "", number_of("cloudProviderAccountId")},
    {"PROVIDER_REGION", "r.region"},
    {"PROVIDER_ORG_ID", "", number_of("cloudProviderOrgId")},
};

/// Along the index of the field's values: rows of resources are wide.
Result<void> count_attribute(Connection& from, const Asked& asked, std::int64_t account,
                             std::uint16_t field, CoverageCounts& to) {
  std::unordered_set<std::int64_t> covered;
  SqlText resources("SELECT r.id FROM resource r WHERE r.account = ");
  resources.bind(account).add(kScanned);
  asked.filter.add_to(resources, account);
  VIGIL_CHECK(from.query(resources.text(), resources.values(), [&](const Row& row) {
    covered.insert(row.integer(0));
    return true;
  }));
  SqlText sql("SELECT x.text, x.resource FROM resource_attribute x WHERE x.account = ");
  sql.bind(account).add(" AND x.field = ").constant(field);
  std::int64_t* count = nullptr;
  std::string last;
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    if (row.text(0).empty() || !covered.contains(row.integer(1))) return true;
    if (count == nullptr || last != row.text(0)) {
      last = row.text(0);
      count = &to.by_group[last];
    }
    ++*count;
    return true;
  });
}

Result<void> count_groups(Connection& from, const Asked& asked, std::int64_t account,
                          const GroupKey& group, CoverageCounts& to) {
  if (group.column.empty()) return count_attribute(from, asked, account, group.field, to);
  SqlText sql("SELECT ");
  sql.add(group.column).add(", COUNT(*) FROM resource r WHERE r.account = ").bind(account);
  sql.add(kScanned);
  asked.filter.add_to(sql, account);
  sql.add(" GROUP BY ").add(group.column);
  return from.query(sql.text(), sql.values(), [&](const Row& row) {
    if (!row.text(0).empty()) to.by_group[std::string(row.text(0))] += row.integer(1);
    return true;
  });
}

}  // namespace

Result<CoveragePage> coverage(Connection& from, const CoverageQuery& query) {
  if (query.limit == 0 || query.limit > kLargestPage) {
    return fail("a page holds 1 to " + std::to_string(kLargestPage) + " resources", "maxResults");
  }
  VIGIL_TRY(const Asked asked, understand(query));
  std::int64_t after_account = 0;
  std::int64_t after_id = 0;
  if (!query.after.empty()) {
    TokenReader in(query.after, digest(query));
    after_account = in.number();
    after_id = in.number();
    VIGIL_CHECK(in.finish());
  }
  CoveragePage page;
  std::int64_t last_id = 0;
  for (const std::int64_t account : asked.accounts) {
    if (!query.after.empty() && account < after_account) continue;
    SqlText sql(
        "SELECT r.type, r.resource_id, r.status_code, r.status_reason, r.scan_mode, "
        "r.last_scanned, r.platform, b.body, r.id FROM resource r CROSS JOIN resource_body b "
        "WHERE r.account = ");
    sql.bind(account).add(kScanned);
    if (!query.after.empty() && account == after_account) sql.add(" AND r.id > ").bind(after_id);
    asked.filter.add_to(sql, account);
    sql.add(" AND b.account = ").bind(account).add(" AND b.id = r.id ORDER BY r.id LIMIT ");
    sql.bind(static_cast<std::int64_t>(query.limit + 1 - page.rows.size()));
    bool is_full = false;
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      if (page.rows.size() == query.limit) {
        is_full = true;
        return false;
      }
      CoverageRow& covered = page.rows.emplace_back();
      covered.account = account;
      covered.resource_type = row.text(0);
      covered.resource_id = row.text(1);
      covered.scan_type = kScanType;
      covered.status_code = row.text(2);
      covered.status_reason = row.text(3);
      covered.scan_mode = row.text(4);
      covered.last_scanned = row.integer(5);
      covered.platform = row.text(6);
      covered.resource_body = row.text(7);
      last_id = row.integer(8);
      return true;
    }));
    if (!is_full) continue;
    TokenWriter token(digest(query));
    page.next = token.number(page.rows.back().account).number(last_id).take();
    break;
  }
  return page;
}

Result<CoverageCounts> coverage_statistics(Connection& from, const CoverageQuery& query,
                                           std::string_view group) {
  VIGIL_TRY(const Asked asked, understand(query));
  const auto* const key = std::ranges::find(kGroups, group, &GroupKey::name);
  if (!group.empty() && key == std::end(kGroups)) {
    return fail("unknown group", "groupBy", "", ErrorCode::Invalid);
  }
  CoverageCounts out;
  for (const std::int64_t account : asked.accounts) {
    SqlText sql("SELECT COUNT(*) FROM resource r WHERE r.account = ");
    sql.bind(account).add(kScanned);
    asked.filter.add_to(sql, account);
    std::int64_t count = 0;
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      count = row.integer(0);
      return false;
    }));
    out.total += count;
    if (group.empty() || count == 0) continue;
    if (key->name == "ACCOUNT_ID") {
      out.by_group[account_digits(account)] = count;
    } else {
      VIGIL_CHECK(count_groups(from, asked, account, *key, out));
    }
  }
  return out;
}

}  // namespace vigil::store
