#include "store/coverage.h"

#include <gmock/gmock.h>

#include <random>

#include "store/sql_compare.h"
#include "store/testing/random_findings_test.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using testing::KnownResource;
using testing::RandomFindings;
using Place = std::pair<std::int64_t, std::string>;

/// A criterion and the field of a resource it is about; a tag's type of resource.
struct Criterion {
  std::string_view name;
  std::string_view field;
  std::string_view type = "";
};
constexpr Criterion kCriteria[] = {
    {"resourceId", "resourceId"},
    {"ecrRepositoryName", "ecrImageRepositoryName"},
    {"ecrImageTags", "ecrImageTags"},
    {"ecrImageInUseCount", "ecrImageInUseCount"},
    {"ecrImageLastInUseAt", "ecrImageLastInUseAt"},
    {"lambdaFunctionName", "lambdaFunctionName"},
    {"lambdaFunctionRuntime", "lambdaFunctionRuntime"},
    {"codeRepositoryProjectName", "codeRepositoryProjectName"},
    {"codeRepositoryProviderType", "codeRepositoryProviderType"},
    {"ec2InstanceTags", "resourceTags", "AWS_EC2_INSTANCE"},
    {"lambdaFunctionTags", "resourceTags", "AWS_LAMBDA_FUNCTION"},
    {"cloudVmInstanceTags", "resourceTags", "AWS_EC2_INSTANCE"},
    {"cloudServerlessFunctionTags", "resourceTags", "AWS_LAMBDA_FUNCTION"},
    {"cloudProvider", "cloudProvider"},
    {"cloudProviderAccountId", "cloudProviderAccountId"},
    {"cloudProviderRegion", "cloudProviderRegion"},
    {"cloudProviderOrgId", "cloudProviderOrgId"},
    {"cloudContainerImageTags", "cloudImageTags"},
    {"cloudContainerRepositoryName", "cloudImageRepositoryName"},
    {"cloudContainerRegistryName", "cloudImageRegistry"},
    {"cloudServerlessFunctionName", "cloudServerlessFunctionName"},
    {"cloudServerlessFunctionRuntime", "cloudServerlessFunctionRuntime"},
};

class Coverage : public testing::StoreTest {
 protected:
  void fill(std::uint64_t seed) {
    world_.emplace(seed);
    write([&](Connection& to) { return world_->store(to, 30, 4); });
  }
  static CoverageQuery query() {
    CoverageQuery out;
    out.accounts.assign(std::begin(RandomFindings::kAccounts), std::end(RandomFindings::kAccounts));
    return out;
  }
  std::vector<Place> places(CoverageQuery query) {
    std::vector<Place> out;
    for (int pages = 0; pages < 1000; ++pages) {
      CoveragePage page;
      read([&](Connection& from) -> Result<void> {
        VIGIL_TRY(page, coverage(from, query));
        return ok();
      });
      EXPECT_LE(page.rows.size(), query.limit);
      for (const CoverageRow& row : page.rows) out.emplace_back(row.account, row.resource_id);
      if (page.next.empty()) break;
      query.after = page.next;
    }
    std::ranges::sort(out);
    EXPECT_EQ(std::ranges::adjacent_find(out), out.end()) << "twice";
    return out;
  }
  std::vector<Place> matching(const std::function<bool(const KnownResource&)>& matches) {
    std::vector<Place> out;
    for (const KnownResource& resource : world_->resources()) {
      if (matches(resource)) out.emplace_back(resource.row.account, resource.row.resource_id);
    }
    std::ranges::sort(out);
    return out;
  }
  CoverageCounts counts(const CoverageQuery& query, std::string_view group) {
    CoverageCounts out;
    read([&](Connection& from) -> Result<void> {
      VIGIL_TRY(out, coverage_statistics(from, query, group));
      return ok();
    });
    return out;
  }

  std::optional<RandomFindings> world_;
};

TEST_P(Coverage, CriteriaAreFieldsOfResources) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  fill(seed);
  for (const Criterion& criterion : kCriteria) {
    for (int round = 0; round < 6; ++round) {
      SCOPED_TRACE(std::string(criterion.name));
      CoverageQuery asked = query();
      asked.limit = 1 + world_->below(20);
      const auto tests = world_->criterion(*findings::filter_field(criterion.field));
      const std::string name(criterion.name);
      if (!tests.strings.empty()) asked.strings[name] = tests.strings;
      if (!tests.maps.empty()) asked.maps[name] = tests.maps;
      if (!tests.ranges.empty()) asked.ranges[name] = tests.ranges;
      const auto wanted = matching([&](const KnownResource& resource) {
        if (!criterion.type.empty() && resource.row.type != criterion.type) return false;
        return findings::matches({{tests}}, resource.subject);
      });
      ASSERT_EQ(places(asked), wanted);
      EXPECT_EQ(counts(asked, "").total, static_cast<std::int64_t>(wanted.size()));
    }
  }
}

TEST_P(Coverage, CriteriaOfTheScanAreTheResourcesColumns) {
  fill(2);
  const auto equals = [](std::string value) {
    return std::vector<findings::StringTest>{{findings::Comparison::Equals, std::move(value)}};
  };
  const auto differs = [](std::string value) {
    return std::vector<findings::StringTest>{{findings::Comparison::NotEquals, std::move(value)}};
  };
  CoverageQuery asked = query();
  asked.strings["scanStatusCode"] = equals("INACTIVE");
  EXPECT_EQ(places(asked),
            matching([](const auto& each) { return each.row.status_code == "INACTIVE"; }));
  asked.strings["scanStatusReason"] = differs("NO_INVENTORY");
  EXPECT_EQ(places(asked), matching([](const auto& each) {
              return each.row.status_code == "INACTIVE" && each.row.status_reason != "NO_INVENTORY";
            }));
  asked = query();
  asked.strings["scanMode"] = equals("EC2_AGENTLESS");
  asked.strings["resourceType"] = equals("AWS_LAMBDA_FUNCTION");
  EXPECT_EQ(places(asked), matching([](const auto& each) {
              return each.row.scan_mode == "EC2_AGENTLESS" &&
                     each.row.type == "AWS_LAMBDA_FUNCTION";
            }));
  asked = query();
  asked.strings["accountId"] = equals("000000000007");
  EXPECT_EQ(places(asked), matching([](const auto& each) { return each.row.account == 7; }));
  asked = query();
  asked.ranges["lastScannedAt"] = {{1'700'000'010.5, 1'700'000'030}};
  EXPECT_EQ(places(asked), matching([](const auto& each) {
              return each.row.last_scanned > 1'700'000'010 &&
                     each.row.last_scanned <= 1'700'000'030;
            }));
  asked = query();
  asked.strings["scanType"] = equals("PACKAGE");
  EXPECT_EQ(places(asked).size(), world_->resources().size());
  asked.strings["scanType"] = equals("NETWORK");
  EXPECT_TRUE(places(asked).empty());
  asked = query();
  asked.strings["lastScannedCommitId"] = equals("0");
  EXPECT_TRUE(places(asked).empty()) << "no resource has one";
  asked.strings["lastScannedCommitId"] = differs("0");
  EXPECT_EQ(places(asked).size(), world_->resources().size());
  asked = query();
  asked.ranges["imagePulledAt"] = {{0, {}}};
  EXPECT_TRUE(places(asked).empty());
}

TEST_P(Coverage, StatisticsCountByTheGroupsValue) {
  fill(3);
  const auto expect = [&](std::string_view group, const auto& value_of) {
    std::map<std::string, std::int64_t> wanted;
    for (const KnownResource& resource : world_->resources()) {
      for (const std::string& value : value_of(resource)) ++wanted[value];
    }
    const CoverageCounts found = counts(query(), group);
    EXPECT_EQ(found.by_group, wanted) << group;
    EXPECT_EQ(found.total, static_cast<std::int64_t>(world_->resources().size()));
  };
  using Values = std::vector<std::string>;
  const auto field = [](std::string_view name) {
    return [name](const KnownResource& resource) {
      Values out;
      for (const auto& attribute : resource.subject.attributes) {
        if (attribute.field == *findings::filter_field(name) && !attribute.text.empty()) {
          out.push_back(attribute.text);
        }
      }
      return out;
    };
  };
  expect("SCAN_STATUS_CODE", [](const auto& each) { return Values{each.row.status_code}; });
  expect("SCAN_STATUS_REASON", [](const auto& each) { return Values{each.row.status_reason}; });
  expect("ACCOUNT_ID", [](const auto& each) { return Values{account_digits(each.row.account)}; });
  expect("RESOURCE_TYPE", [](const auto& each) { return Values{each.row.type}; });
  expect("PROVIDER_REGION", [](const auto& each) { return Values{each.row.region}; });
  expect("ECR_REPOSITORY_NAME", field("ecrImageRepositoryName"));
  expect("PROVIDER", field("cloudProvider"));
  expect("PROVIDER_ACCOUNT_ID", field("cloudProviderAccountId"));
  expect("PROVIDER_ORG_ID", field("cloudProviderOrgId"));
}

TEST_P(Coverage, WhatIsUnknownIsRefused) {
  const auto fails = [&](const CoverageQuery& asked, std::string_view group) {
    bool failed = false;
    read([&](Connection& from) -> Result<void> {
      failed = group.empty() ? !coverage(from, asked) : !coverage_statistics(from, asked, group);
      return ok();
    });
    return failed;
  };
  CoverageQuery asked = query();
  EXPECT_FALSE(fails(asked, ""));
  EXPECT_TRUE(fails(asked, "COLOUR"));
  asked.after = "no token";
  EXPECT_TRUE(fails(asked, ""));
  asked = query();
  asked.strings["colour"] = {{findings::Comparison::Equals, "red"}};
  EXPECT_TRUE(fails(asked, ""));
}

VIGIL_ON_BOTH_ENGINES(Coverage);

}  // namespace
}  // namespace vigil::store
