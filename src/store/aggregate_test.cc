#include "store/aggregate.h"

#include <gmock/gmock.h>

#include <random>

#include "store/aggregate_groups.h"
#include "store/sql_compare.h"
#include "store/testing/random_findings_test.h"
#include "store/testing/store_test.h"

namespace vigil::store {
namespace {

using testing::KnownFinding;
using testing::KnownResource;
using testing::RandomFindings;

/// What a row counts, in the order of AggregationRow.
using Counts = std::array<std::int64_t, 8>;
/// Account and the texts that name a group.
using Name = std::tuple<std::int64_t, std::string, std::string>;

std::vector<std::string> texts_of(const findings::FilterSubject& subject, std::string_view field) {
  std::vector<std::string> out;
  for (const findings::Attribute& attribute : subject.attributes) {
    if (attribute.field == *findings::filter_field(field)) out.push_back(attribute.text);
  }
  return out;
}
std::string text_of(const findings::FilterSubject& subject, std::string_view field) {
  const auto texts = texts_of(subject, field);
  return texts.empty() ? "" : texts.front();
}

class Aggregate : public testing::StoreTest {
 protected:
  void fill(std::uint64_t seed) {
    world_.emplace(seed);
    write([&](Connection& to) { return world_->store(to, 14, 24); });
  }

  AggregationQuery query(AggregationType type) {
    AggregationQuery out;
    out.type = type;
    out.accounts.assign(std::begin(RandomFindings::kAccounts), std::end(RandomFindings::kAccounts));
    out.limit = 1 + world_->below(9);
    out.descending = world_->below(2) == 0;
    static constexpr AggregationSort kSorts[] = {AggregationSort::Critical, AggregationSort::High,
                                                 AggregationSort::All};
    out.sort = kSorts[world_->below(3)];
    const GroupBy by = kind_of(type).by;
    if (by == GroupBy::Attribute && world_->below(3) == 0) {
      out.sort = AggregationSort::AffectedImages;
    }
    if (by == GroupBy::Resource && world_->below(3) == 0) {
      out.sort = AggregationSort::NetworkFindings;
    }
    return out;
  }
  /// Tests of up to two of the members a type has.
  void add_tests(AggregationQuery& query) {
    const AggregationKind& kind = kind_of(query.type);
    if (kind.by == GroupBy::Title) {
      query.strings["titles"] = world_->criterion(*findings::filter_field("title")).strings;
    }
    if (kind.by == GroupBy::Package) query.strings["packageNames"] = strings("title");
    if (kind.by == GroupBy::Layer) {
      query.strings[std::string(kind.layer_filter)] = strings("title");
    }
    if (kind.resource_types.empty() && world_->below(2) == 0) {
      query.finding_type = "PACKAGE_VULNERABILITY";
      query.resource_type = "AWS_EC2_INSTANCE";
    }
    for (std::size_t count = world_->below(2); count > 0 && !kind.members.empty(); --count) {
      const ResourceMember& member = kind.members[world_->below(kind.members.size())];
      const std::string name(member.name);
      if (!member.field.empty()) {
        const auto tests = world_->criterion(*findings::filter_field(member.field));
        if (!tests.strings.empty()) query.strings[name] = tests.strings;
        if (!tests.maps.empty()) query.maps[name] = tests.maps;
        if (!tests.ranges.empty()) query.ranges[name] = tests.ranges;
      } else if (!member.column.empty()) {
        query.strings[name] = {{findings::Comparison::Prefix, "DEB"}};
      } else {
        query.strings[name] = {{findings::Comparison::Equals, "aws"}};
      }
    }
  }
  std::vector<findings::StringTest> strings(std::string_view like) {
    return world_->criterion(*findings::filter_field(like)).strings;
  }

  bool asks_for(const AggregationQuery& query, const KnownResource& resource) {
    const AggregationKind& kind = kind_of(query.type);
    if (std::ranges::find(kind.resource_types, resource.row.type) == kind.resource_types.end()) {
      return false;
    }
    if (kind.by == GroupBy::Attribute) return true;
    for (const ResourceMember& member : kind.members) {
      const std::string name(member.name);
      findings::Criterion tests;
      if (query.strings.contains(name)) tests.strings = query.strings.at(name);
      if (query.maps.contains(name)) tests.maps = query.maps.at(name);
      if (query.ranges.contains(name)) tests.ranges = query.ranges.at(name);
      if (!member.field.empty()) {
        tests.field = *findings::filter_field(member.field);
        if (!findings::matches({{tests}}, resource.subject)) return false;
      } else if (!member.column.empty() && !holds(tests.strings, resource.row.platform)) {
        return false;
      }
    }
    return true;
  }

  /// The groups a finding counts in.
  std::set<std::pair<std::string, std::string>> groups_of(const AggregationQuery& query,
                                                          const KnownFinding& finding) {
    const AggregationKind& kind = kind_of(query.type);
    const KnownResource& resource = world_->resources()[finding.resource];
    std::set<std::pair<std::string, std::string>> out;
    const auto test = [&](const std::string& member, const std::string& text) {
      return !query.strings.contains(member) || holds(query.strings.at(member), text);
    };
    if (kind.resource_types.empty()) {
      if (!query.finding_type.empty() &&
          text_of(finding.subject, "findingType") != query.finding_type) {
        return out;
      }
      if (!query.resource_type.empty() &&
          text_of(finding.subject, "resourceType") != query.resource_type) {
        return out;
      }
    } else if (!asks_for(query, resource)) {
      return out;
    }
    switch (kind.by) {
      case GroupBy::Account:
        out.emplace("", "");
        break;
      case GroupBy::Title:
        if (test("titles", text_of(finding.subject, "title"))) {
          out.emplace(text_of(finding.subject, "title"),
                      text_of(finding.subject, "vulnerabilityId"));
        }
        break;
      case GroupBy::Package:
        for (const auto& package : finding.subject.packages) {
          if (test("packageNames", package.name)) out.emplace(package.name, "");
        }
        break;
      case GroupBy::Resource:
        out.emplace(resource.row.resource_id, "");
        break;
      case GroupBy::Attribute:
        for (const std::string& text : texts_of(resource.subject, kind.field)) {
          if (test(std::string(kind.members.front().name), text)) out.emplace(text, "");
        }
        break;
      case GroupBy::Layer:
        for (const auto& package : finding.subject.packages) {
          const std::string& layer = kind.field == "layer" ? package.layer : package.lambda_layer;
          if (!layer.empty() && test(std::string(kind.layer_filter), layer)) {
            out.emplace(resource.row.resource_id, layer);
          }
        }
        break;
    }
    return out;
  }

  std::map<Name, Counts> expected(const AggregationQuery& query) {
    std::map<Name, Counts> out;
    std::map<Name, std::set<std::size_t>> resources;
    const GroupBy by = kind_of(query.type).by;
    for (const KnownFinding& finding : world_->all()) {
      if (finding.status != findings::Status::Active) continue;
      if (std::ranges::find(query.accounts, finding.account) == query.accounts.end()) continue;
      const auto severity = *model::parse_severity(text_of(finding.subject, "severity"));
      for (const auto& [first, second] : groups_of(query, finding)) {
        const Name name{finding.account, first, second};
        Counts& counts = out[name];
        ++counts[0];
        if (severity == model::Severity::Critical) ++counts[1];
        if (severity == model::Severity::High) ++counts[2];
        if (severity == model::Severity::Medium) ++counts[3];
        if (by != GroupBy::Layer) {
          if (text_of(finding.subject, "exploitAvailable") == "YES") ++counts[4];
          if (text_of(finding.subject, "fixAvailable") != "NO") ++counts[5];
          if (text_of(finding.subject, "findingType") == "NETWORK_REACHABILITY") ++counts[6];
        }
        resources[name].insert(finding.resource);
        if (by == GroupBy::Attribute) {
          counts[7] = static_cast<std::int64_t>(resources[name].size());
        }
        if (by == GroupBy::Resource) counts[7] = 1;
      }
    }
    return out;
  }

  std::vector<AggregationRow> rows(AggregationQuery query) {
    std::vector<AggregationRow> out;
    for (int pages = 0; pages < 2000; ++pages) {
      AggregationPage page;
      read([&](Connection& from) -> Result<void> {
        VIGIL_TRY(page, aggregate(from, query));
        return ok();
      });
      EXPECT_LE(page.rows.size(), query.limit);
      std::ranges::move(page.rows, std::back_inserter(out));
      if (page.next.empty()) return out;
      query.after = page.next;
    }
    ADD_FAILURE() << "no end";
    return out;
  }

  Name name_of(const AggregationQuery& query, const AggregationRow& row) {
    const AggregationKind& kind = kind_of(query.type);
    const auto text = [&](std::string_view name) {
      const auto found = row.texts.find(std::string(name));
      return found == row.texts.end() ? std::string() : found->second;
    };
    switch (kind.by) {
      case GroupBy::Account:
        return {row.account, "", ""};
      case GroupBy::Title:
        return {row.account, text("title"), text("vulnerabilityId")};
      case GroupBy::Layer:
        return {row.account, text("resourceId"), text(kind.member)};
      default:
        return {row.account, text(kind.member), ""};
    }
  }

  std::optional<RandomFindings> world_;
};

TEST_P(Aggregate, EveryTypeCountsWhatThereIs) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  fill(seed);
  for (int type = 0; type <= static_cast<int>(AggregationType::ServerlessFunction); ++type) {
    for (int round = 0; round < 8; ++round) {
      AggregationQuery asked = query(static_cast<AggregationType>(type));
      if (round > 1) add_tests(asked);
      SCOPED_TRACE(std::string(kind_of(asked.type).name) + " round " + std::to_string(round));
      std::map<Name, Counts> found;
      std::optional<std::int64_t> last;
      for (const AggregationRow& row : rows(asked)) {
        const Counts counts = {row.all,     row.critical,          row.high,
                               row.medium,  row.exploit_available, row.fix_available,
                               row.network, row.affected};
        EXPECT_TRUE(found.emplace(name_of(asked, row), counts).second) << "twice";
        const std::int64_t value = asked.sort == AggregationSort::Critical          ? row.critical
                                   : asked.sort == AggregationSort::High            ? row.high
                                   : asked.sort == AggregationSort::All             ? row.all
                                   : asked.sort == AggregationSort::NetworkFindings ? row.network
                                                                                    : row.affected;
        if (last) {
          EXPECT_TRUE(asked.descending ? value <= *last : value >= *last);
        }
        last = value;
      }
      ASSERT_EQ(found, expected(asked));
    }
  }
}

TEST_P(Aggregate, AHostSaysWhatItIs) {
  write([](Connection& to) -> Result<void> {
    ResourceRow row;
    row.account = 7;
    row.id = 1;
    row.type = "AWS_EC2_INSTANCE";
    row.resource_id = "i-1";
    row.platform = "DEBIAN_12";
    row.region = "eu-central-1";
    const auto field = [](std::string_view name) { return *findings::filter_field(name); };
    const std::vector<findings::Attribute> attributes = {
        {field("ec2InstanceImageId"), "", "ami-1", {}, {}},
        {field("cloudVmImageReference"), "", "ami-1", {}, {}},
        {field("cloudProvider"), "", "AWS", {}, {}},
        {field("resourceTags"), "team", "web", {}, {}},
    };
    VIGIL_CHECK(put_resource(to, row, "", "", attributes));
    VIGIL_CHECK(to.execute("UPDATE resource SET critical = 2, network = 1"));
    return ok();
  });
  AggregationQuery asked;
  asked.accounts = {7};
  asked.type = AggregationType::AwsEc2Instance;
  std::vector<AggregationRow> found = rows(asked);
  ASSERT_EQ(found.size(), 1U);
  using ::testing::ElementsAre;
  using ::testing::Pair;
  EXPECT_THAT(found[0].texts, ElementsAre(Pair("ami", "ami-1"), Pair("instanceId", "i-1"),
                                          Pair("operatingSystem", "DEBIAN_12")));
  EXPECT_THAT(found[0].maps, ElementsAre(Pair("instanceTags", ElementsAre(Pair("team", "web")))));
  EXPECT_EQ(found[0].critical, 2);
  EXPECT_EQ(found[0].network, 1);
  asked.type = AggregationType::VmInstance;
  found = rows(asked);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].texts,
              ElementsAre(Pair("cloudPartition", "aws"), Pair("cloudProvider", "AWS"),
                          Pair("cloudRegion", "eu-central-1"), Pair("operatingSystem", "DEBIAN_12"),
                          Pair("resourceId", "i-1"), Pair("vmImageReference", "ami-1")));
}

TEST_P(Aggregate, WhatATypeDoesNotKnowIsRefused) {
  AggregationQuery asked;
  asked.accounts = {7};
  const auto is_refused = [&] {
    bool refused = false;
    read([&](Connection& from) -> Result<void> {
      refused = !aggregate(from, asked);
      return ok();
    });
    return refused;
  };
  EXPECT_FALSE(is_refused());
  asked.strings["amis"] = {{findings::Comparison::Equals, "ami-1"}};
  EXPECT_TRUE(is_refused());
  asked.type = AggregationType::Ami;
  EXPECT_FALSE(is_refused());
  asked.finding_type = "PACKAGE_VULNERABILITY";
  EXPECT_TRUE(is_refused()) << "resources are not counted by type";
  asked.finding_type.clear();
  asked.after = "no token";
  EXPECT_TRUE(is_refused());
  asked.after.clear();
  asked.limit = 0;
  EXPECT_TRUE(is_refused());
}

VIGIL_ON_BOTH_ENGINES(Aggregate);

}  // namespace
}  // namespace vigil::store
