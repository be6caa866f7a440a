#include "intel/identity.h"

#include <gtest/gtest.h>

#include <ctime>
#include <string>

namespace vigil::intel {
namespace {

using Ids = std::vector<std::string_view>;

TEST(Identity, CveIdsHaveAYearAndANumberOfFourDigitsOrMore) {
  EXPECT_TRUE(is_cve("CVE-1999-0001"));
  EXPECT_TRUE(is_cve("CVE-2024-1234567"));
  for (const char* other : {"CVE-2024-123", "cve-2024-1234", "CVE-24-12345", "CVE-2024-12a4",
                            "CVE_2024-1234", "CVE-2024", "GHSA-jfh8-c2jp-5v3q", ""}) {
    EXPECT_FALSE(is_cve(other)) << other;
  }
}

TEST(Identity, RecordTakesTheCveItNamesAsAlias) {
  Identities ids;
  ids.add("GHSA-jfh8-c2jp-5v3q", {"CVE-2021-44228"}, {});
  EXPECT_EQ(ids.subjects("GHSA-jfh8-c2jp-5v3q"), Ids{"CVE-2021-44228"});
  EXPECT_TRUE(ids.is_alias("GHSA-jfh8-c2jp-5v3q"));
}

TEST(Identity, RecordWithoutCveTakesThatOfItsAlias) {
  Identities ids;
  ids.add("PYSEC-2020-1", {"GHSA-aaaa-bbbb-cccc"}, {});
  ids.add("GHSA-aaaa-bbbb-cccc", {"CVE-2020-0001"}, {});
  EXPECT_EQ(ids.subjects("PYSEC-2020-1"), Ids{"CVE-2020-0001"});
}

TEST(Identity, TwoCvesAreNeverUnited) {
  Identities ids;
  ids.add("GHSA-aaaa-bbbb-cccc", {"CVE-2020-0001", "CVE-2020-0002"}, {});
  ids.add("PYSEC-2020-1", {"CVE-2020-0001"}, {});
  ids.add("CVE-2020-0003", {"CVE-2020-0004"}, {});
  EXPECT_EQ(ids.subjects("GHSA-aaaa-bbbb-cccc"), (Ids{"CVE-2020-0001", "CVE-2020-0002"}));
  EXPECT_EQ(ids.subjects("PYSEC-2020-1"), Ids{"CVE-2020-0001"});
  EXPECT_EQ(ids.subjects("CVE-2020-0003"), Ids{"CVE-2020-0003"});
  EXPECT_FALSE(ids.is_alias("GHSA-aaaa-bbbb-cccc"));
}

TEST(Identity, RecordsWithoutAnyCveUniteUnderTheirGhsa) {
  Identities ids;
  ids.add("RUSTSEC-2021-0001", {"GHSA-zzzz-zzzz-zzzz"}, {});
  EXPECT_EQ(ids.subjects("RUSTSEC-2021-0001"), Ids{"GHSA-zzzz-zzzz-zzzz"});
  EXPECT_EQ(ids.subjects("GHSA-zzzz-zzzz-zzzz"), Ids{"GHSA-zzzz-zzzz-zzzz"});
  EXPECT_EQ(ids.subjects("MAL-2024-1"), Ids{"MAL-2024-1"});
}

TEST(Identity, AdvisoryCoversWithoutBeing) {
  Identities ids;
  ids.add("DSA-5764-1", {}, {"CVE-2024-6119", "DEBIAN-CVE-2024-5535"});
  ids.add("DEBIAN-CVE-2024-5535", {}, {"CVE-2024-5535"});
  EXPECT_EQ(ids.subjects("DSA-5764-1"), (Ids{"CVE-2024-5535", "CVE-2024-6119"}));
  EXPECT_FALSE(ids.is_alias("DSA-5764-1"));
  EXPECT_TRUE(ids.is_alias("DEBIAN-CVE-2024-5535"));
}

TEST(Identity, ALongRowOfAliasesIsNoLongerAWayForEachOfThem) {
  std::vector<std::string> names;
  names.reserve(100'000);
  for (int i = 0; i < 100'000; ++i) names.push_back("X-" + std::to_string(1'000'000 + i));
  Identities ids;
  for (std::size_t i = 1; i < names.size(); ++i) ids.add(names[i], {names[i - 1]}, {});
  // CPU time: other work on the machine makes no difference.
  const std::clock_t start = std::clock();
  for (const std::string& name : names) ASSERT_EQ(ids.subjects(name), Ids{"X-1000000"});
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

TEST(Identity, AdvisoriesThatCoverEachOtherEnd) {
  Identities ids;
  ids.add("A-1", {}, {"B-1"});
  ids.add("B-1", {}, {"A-1"});
  EXPECT_FALSE(ids.subjects("A-1").empty());
}

}  // namespace
}  // namespace vigil::intel
