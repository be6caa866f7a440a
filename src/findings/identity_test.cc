#include "findings/identity.h"

#include "base/hash.h"

namespace vigil::findings {
namespace {

constexpr std::string_view kPackage = "PACKAGE_VULNERABILITY";

TEST(FindingArn, IsResourceThenVulnerability) {
  EXPECT_EQ(finding_arn("us-east-1", "000000000000", {0x0123456789abcdef, 0xfedcba9876543210}),
            "arn:aws:inspector2:us-east-1:000000000000:finding/0123456789abcdeffedcba9876543210");
  EXPECT_EQ(finding_arn("eu-north-1", "123456789012", {0, 1}),
            "arn:aws:inspector2:eu-north-1:123456789012:finding/00000000000000000000000000000001");
}

TEST(FindingArn, EveryPartOfAFindingCounts) {
  const auto arn = [](auto... parts) { return finding_arn("eu-west-1", parts...); };
  const std::string one = arn("000000000000", "i-1", "PACKAGE_VULNERABILITY", "CVE-1");
  EXPECT_TRUE(one.starts_with("arn:aws:inspector2:eu-west-1:000000000000:finding/"));
  EXPECT_EQ(one.substr(one.rfind('/') + 1).size(), 32U);
  EXPECT_NE(one, arn("000000000000", "i-1", "PACKAGE_VULNERABILITY", "CVE-2"));
  EXPECT_NE(one, arn("000000000000", "i-2", "PACKAGE_VULNERABILITY", "CVE-1"));
  EXPECT_NE(one, arn("000000000000", "i-1", "NETWORK_REACHABILITY", "CVE-1"));
  EXPECT_NE(arn("1", "23", "T", "C"), arn("12", "3", "T", "C"));
}

TEST(FindingArn, HalvesAreTheKeysOfTheStore) {
  const std::string arn = finding_arn("r", "000000000000", "i-1", kPackage, "CVE-1");
  EXPECT_EQ(arn, finding_arn(
                     "r", "000000000000",
                     {resource_key("000000000000", "i-1"), vulnerability_key(kPackage, "CVE-1")}));
}

// Stored rows and everybody's saved ARNs depend on these numbers: they never change.
TEST(Keys, AreTheFirstEightBytesOfSha256) {
  EXPECT_EQ(base::sha256_hex("resource\n000000000000\ni-1").substr(0, 16), "1b8d2476520f92d0");
  EXPECT_EQ(resource_key("000000000000", "i-1"), 0x1b8d2476520f92d0);
  EXPECT_EQ(base::sha256_hex("vulnerability\nPACKAGE_VULNERABILITY\nCVE-1").substr(0, 16),
            "1d3c3d1e3d8b5ec7");
  EXPECT_EQ(vulnerability_key(kPackage, "CVE-1"), 0x1d3c3d1e3d8b5ec7);
}

TEST(Keys, DifferInEachPart) {
  EXPECT_NE(resource_key("000000000000", "i-1"), resource_key("000000000001", "i-1"));
  EXPECT_NE(resource_key("000000000000", "i-1"), resource_key("000000000000", "i-2"));
  EXPECT_NE(vulnerability_key(kPackage, "CVE-1"), vulnerability_key(kPackage, "CVE-2"));
  EXPECT_NE(vulnerability_key(kPackage, "CVE-1"), vulnerability_key("CODE_VULNERABILITY", "CVE-1"));
  EXPECT_NE(resource_key("a", "b"), vulnerability_key("a", "b"));
}

TEST(ParseFindingArn, GivesThePartsBack) {
  for (const FindingId id : {FindingId{0, 0}, FindingId{1, 2}, FindingId{UINT64_MAX, UINT64_MAX},
                             FindingId{resource_key("1", "2"), vulnerability_key("3", "4")}}) {
    const auto parts = parse_finding_arn(finding_arn("us-gov-west-1", "123456789012", id));
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->region, "us-gov-west-1");
    EXPECT_EQ(parts->account, "123456789012");
    EXPECT_EQ(parts->id, id);
  }
}

TEST(ParseFindingArn, RefusesWhatIsNone) {
  const std::string good = finding_arn("us-east-1", "123456789012", {1, 2});
  ASSERT_TRUE(parse_finding_arn(good));
  const std::string upper =
      "arn:aws:inspector2:us-east-1:123456789012:finding/0000000000000001000000000000000A";
  const std::string filter =
      "arn:aws:inspector2:us-east-1:123456789012:owner/123456789012/filter/0123456789abcdef";
  const std::string other_service =
      "arn:aws:ec2:us-east-1:123456789012:finding/00000000000000010000000000000002";
  const std::string short_account =
      "arn:aws:inspector2:us-east-1:12345678901:finding/00000000000000010000000000000002";
  const std::string lettered_account =
      "arn:aws:inspector2:us-east-1:12345678901x:finding/00000000000000010000000000000002";
  for (const std::string& arn :
       {std::string(), good.substr(0, good.size() - 1), good + "0", " " + good, upper, filter,
        other_service, short_account, lettered_account, std::string("arn:aws:inspector2:")}) {
    EXPECT_FALSE(parse_finding_arn(arn)) << arn;
  }
}

TEST(InstanceId, IsSeventeenDigitsOfWhatIdentifies) {
  EXPECT_EQ(instance_id("host\n1"), instance_id("host\n1"));
  EXPECT_NE(instance_id("host\n1"), instance_id("host\n2"));
  const std::string id = instance_id("host\n1");
  ASSERT_EQ(id.size(), 19U);
  EXPECT_TRUE(id.starts_with("i-"));
  EXPECT_EQ(id.find_first_not_of("0123456789abcdef", 2), std::string::npos);
}

}  // namespace
}  // namespace vigil::findings
