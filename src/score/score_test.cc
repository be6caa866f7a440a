#include "score/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vigil::score {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kCritical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";  // 9.8
constexpr const char* kMedium = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N";    // 5.3
constexpr const char* kLocal = "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H";     // 7.0
constexpr const char* kV4 =
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";  // 9.3

model::CvssRating rating(const std::string& vector, const std::string& source,
                         model::CvssOrigin origin) {
  return {"", vector, 0, source, origin};
}

model::Vulnerability with(const std::string& vector) {
  model::Vulnerability out;
  out.id = "CVE-2024-0001";
  out.cvss = {rating(vector, "NVD", model::CvssOrigin::Nvd)};
  return out;
}

Score scored(const model::Vulnerability& vulnerability, const Context& context) {
  return score(default_policy(), vulnerability, context);
}

std::vector<std::string> changes(const Score& score) {
  std::vector<std::string> out;
  for (const Adjustment& a : score.adjustments) {
    EXPECT_THAT(a.reason, ::testing::EndsWith(".")) << a.metric;
    out.push_back(a.metric + ":" + a.from + ">" + a.to);
  }
  return out;
}

TEST(Score, PrivateHostWithoutOpenPortAndWithoutKnownExploit) {
  const Score score = scored(with(kCritical), {.exposure = Exposure::None});
  EXPECT_EQ(score.base_score, 9.8);
  EXPECT_EQ(score.base_vector, kCritical);
  EXPECT_EQ(score.base_source, "NVD");
  EXPECT_EQ(score.base_version, "3.1");
  EXPECT_EQ(score.score, 6.2);
  EXPECT_EQ(score.severity, model::Severity::Medium);
  EXPECT_EQ(score.adjusted_vector, std::string(kCritical) + "/E:U/MAV:P");
  EXPECT_THAT(changes(score), ElementsAre("MAV:N>P", "E:X>U"));
  EXPECT_FALSE(score.floor);
}

TEST(Score, PubliclyExposedAndInUseStays) {
  const Score score =
      scored(with(kCritical), {.exposure = Exposure::Internet, .in_use = Fact::Yes});
  EXPECT_EQ(score.score, 9.8);
  EXPECT_EQ(score.severity, model::Severity::Critical);
  EXPECT_EQ(score.adjusted_vector, kCritical);
  EXPECT_THAT(score.adjustments, IsEmpty());
}

TEST(Score, UnknownFactsChangeNothing) {
  for (const char* vector : {kCritical, kMedium, kLocal, kV4, "AV:N/AC:L/Au:N/C:P/I:P/A:P"}) {
    for (const ResourceKind kind :
         {ResourceKind::Host, ResourceKind::Image, ResourceKind::Function}) {
      const Score score = scored(with(vector), {.resource = kind});
      EXPECT_EQ(score.score, score.base_score) << vector;
      EXPECT_EQ(score.adjusted_vector, vector);
      EXPECT_THAT(score.adjustments, IsEmpty()) << vector;
    }
  }
}

TEST(Score, UnknownExposureLeavesExploitMaturityAlone) {
  model::Vulnerability vulnerability = with(kCritical);
  EXPECT_THAT(scored(vulnerability, {.exposure = Exposure::Internet}).adjustments, IsEmpty());
  vulnerability.known_exploited.emplace();
  EXPECT_THAT(scored(vulnerability, {}).adjustments, IsEmpty());
}

TEST(Score, ReachableFromInsideOnly) {
  const Score score = scored(with(kCritical), {.exposure = Exposure::InsideOnly});
  EXPECT_THAT(changes(score), ElementsAre("MAV:N>A", "E:X>U"));
  EXPECT_EQ(score.score, 8.1);  // 8.8 x 0.91 = 8.008
}

TEST(Score, LocalVulnerabilitiesDoNotDependOnTheNetwork) {
  const Score score = scored(with(kLocal), {.exposure = Exposure::None, .in_use = Fact::No});
  EXPECT_THAT(changes(score), ElementsAre("E:X>U"));  // AC is high already, AV local
}

TEST(Score, AdjacentNetworkIsCutOffButNotMadeNearer) {
  const std::string adjacent = "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
  EXPECT_THAT(changes(scored(with(adjacent), {.exposure = Exposure::None})),
              ElementsAre("MAV:A>P", "E:X>U"));
  EXPECT_THAT(changes(scored(with(adjacent), {.exposure = Exposure::InsideOnly})),
              ElementsAre("E:X>U"));
}

TEST(Score, InstalledButNotRunning) {
  const Score score = scored(with(kCritical), {.exposure = Exposure::Internet, .in_use = Fact::No});
  EXPECT_THAT(changes(score), ElementsAre("MAC:L>H"));
  EXPECT_EQ(score.score, 8.1);
}

TEST(Score, ExploitMaturityOfWhatTheInternetDoesNotReach) {
  const Context context{.exposure = Exposure::None};
  model::Vulnerability vulnerability = with(kLocal);
  EXPECT_THAT(changes(scored(vulnerability, context)), ElementsAre("E:X>U"));
  vulnerability.ssvc_exploitation = "poc";
  EXPECT_THAT(changes(scored(vulnerability, context)), ElementsAre("E:X>P"));
  vulnerability.exploits.push_back({"Exploit-DB", "12345", ""});
  EXPECT_THAT(changes(scored(vulnerability, context)), ElementsAre("E:X>F"));
  vulnerability.known_exploited.emplace();
  EXPECT_THAT(changes(scored(vulnerability, context)), ElementsAre("E:X>H"));
  EXPECT_EQ(scored(vulnerability, context).score, 7.0);
}

TEST(Score, PermissionsRaiseRequirements) {
  const Score score = scored(
      with("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N"),
      {.exposure = Exposure::Internet, .reaches_secrets = Fact::Yes, .can_write = Fact::Yes});
  EXPECT_THAT(changes(score), ElementsAre("CR:X>H", "IR:X>H"));
  EXPECT_EQ(score.base_score, 5.4);
  EXPECT_EQ(score.score, 6.4);  // 6.42 x (1 - 0.67 x 0.67) + 2.835 = 6.373
}

TEST(Score, FloorForWhatIsExploitedExposedAndInUse) {
  const Context here{.exposure = Exposure::Internet, .in_use = Fact::Yes};
  model::Vulnerability vulnerability = with(kMedium);
  EXPECT_EQ(scored(vulnerability, here).score, 5.3);

  vulnerability.epss = model::Epss{0.49, 0.9, "2026-11-01"};
  EXPECT_EQ(scored(vulnerability, here).score, 5.3);
  vulnerability.epss->score = 0.5;
  EXPECT_EQ(scored(vulnerability, here).score, 9.0);
  vulnerability.epss.reset();
  vulnerability.known_exploited.emplace();
  const Score score = scored(vulnerability, here);
  EXPECT_EQ(score.score, 9.0);
  EXPECT_EQ(score.severity, model::Severity::Critical);
  EXPECT_EQ(score.base_score, 5.3);
  ASSERT_TRUE(score.floor);
  EXPECT_EQ(score.floor->score, 9.0);
  EXPECT_THAT(score.floor->reason, HasSubstr("attackers"));

  // All three facts are needed, and a higher score is not lowered.
  for (const Context& context :
       {Context{.exposure = Exposure::Internet}, Context{.in_use = Fact::Yes},
        Context{.exposure = Exposure::Unknown, .in_use = Fact::Yes}}) {
    EXPECT_EQ(scored(vulnerability, context).score, 5.3);
  }
  vulnerability.cvss.front().vector = kCritical;
  EXPECT_EQ(scored(vulnerability, here).score, 9.8);
  EXPECT_FALSE(scored(vulnerability, here).floor);
}

TEST(Score, OnlyVersion4GetsTheSameChangesInItsOwnMetrics) {
  model::Vulnerability vulnerability = with(kV4);
  Context context{.exposure = Exposure::None};
  EXPECT_THAT(changes(scored(vulnerability, context)), ElementsAre("MAV:N>P", "E:X>U"));
  EXPECT_EQ(scored(vulnerability, context).base_version, "4.0");
  EXPECT_EQ(scored(vulnerability, context).adjusted_vector, std::string(kV4) + "/E:U/MAV:P");
  vulnerability.exploits.push_back({"Metasploit", "x", ""});
  context.in_use = Fact::No;
  context.reaches_secrets = context.can_write = Fact::Yes;
  EXPECT_THAT(changes(scored(vulnerability, context)),
              ElementsAre("MAV:N>P", "MAC:L>H", "E:X>A", "CR:X>H", "IR:X>H"));
  vulnerability.known_exploited.emplace();
  EXPECT_EQ(changes(scored(vulnerability, context))[2], "E:X>A");
}

TEST(Score, OnlyVersion2KeepsItsBaseScore) {
  const Score score =
      scored(with("AV:N/AC:L/Au:N/C:C/I:C/A:C"), {.exposure = Exposure::None, .in_use = Fact::No});
  EXPECT_EQ(score.base_score, 10.0);
  EXPECT_EQ(score.score, 10.0);
  EXPECT_EQ(score.severity, model::Severity::Critical);
  EXPECT_THAT(score.adjustments, IsEmpty());
}

TEST(Score, WithoutCvssTheVendorsWordDecidesTheBand) {
  model::Vulnerability vulnerability;
  vulnerability.vendor_severities = {{"REDHAT_CVE", "Important"}, {"UBUNTU_CVE", "medium"}};
  const Score ubuntu = scored(vulnerability, {.ecosystem = "Ubuntu:22.04"});
  EXPECT_EQ(ubuntu.severity, model::Severity::Medium);
  EXPECT_EQ(ubuntu.base_source, "UBUNTU_CVE");
  EXPECT_EQ(ubuntu.severity_source, "vendor");
  EXPECT_FALSE(ubuntu.score);
  EXPECT_FALSE(ubuntu.base_score);
  // The advisory's word for this package goes first; another vendor's is better than none.
  EXPECT_EQ(scored(vulnerability, {.ecosystem = "Ubuntu:22.04", .vendor_word = "low"}).severity,
            model::Severity::Low);
  EXPECT_EQ(scored(vulnerability, {.ecosystem = "PyPI"}).severity, model::Severity::High);
}

TEST(Score, WithNothingItIsUntriaged) {
  model::Vulnerability vulnerability;
  vulnerability.vendor_severities = {{"DEBIAN_CVE", "not yet assigned"}};
  const Score score = scored(vulnerability, {.ecosystem = "Debian:12"});
  EXPECT_EQ(score.severity, model::Severity::Untriaged);
  EXPECT_FALSE(score.score);
  EXPECT_EQ(score.severity_source, "");
}

TEST(Score, CvssBeatsTheVendorsWord) {
  const Score score = scored(with("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N"),
                             {.ecosystem = "Ubuntu:22.04", .vendor_word = "low"});
  EXPECT_EQ(score.severity, model::Severity::High);
  EXPECT_EQ(score.severity_source, "CVSS");
}

TEST(Score, ZeroIsInformational) {
  EXPECT_EQ(scored(with("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"), {}).severity,
            model::Severity::Informational);
}

TEST(Score, TemporalMetricsOfTheSourceDoNotCount) {
  const Score score = scored(with(std::string(kCritical) + "/E:U/RL:O/RC:C"), {});
  EXPECT_EQ(score.score, 9.8);
  EXPECT_EQ(score.adjusted_vector, kCritical);
}

TEST(ChooseBase, VendorThenNvdThenCnaThenCisa) {
  model::Vulnerability vulnerability;
  using model::CvssOrigin;
  const auto chosen = [&vulnerability](std::string_view ecosystem) -> std::string {
    const model::CvssRating* base = choose_base(default_policy(), vulnerability, ecosystem);
    return base ? base->source + " " + base->vector.substr(0, 8) : "";
  };
  EXPECT_EQ(chosen("Debian:12"), "");
  vulnerability.cvss.push_back(rating("AV:N/AC:L/Au:N/C:C/I:C/A:C", "NVD", CvssOrigin::Nvd));
  EXPECT_EQ(chosen("Debian:12"), "NVD AV:N/AC:");
  vulnerability.cvss.push_back(rating(kV4, "GITHUB", CvssOrigin::Cna));
  EXPECT_EQ(chosen("Debian:12"), "GITHUB CVSS:4.0");
  vulnerability.cvss.push_back(rating(kMedium, "SUSE_CVE", CvssOrigin::Vendor));
  EXPECT_EQ(chosen("Debian:12"), "SUSE_CVE CVSS:3.1");  // better than none
  vulnerability.cvss.push_back(rating(kMedium, "CISA_ADP", CvssOrigin::CisaAdp));
  EXPECT_EQ(chosen("Debian:12"), "CISA_ADP CVSS:3.1");
  vulnerability.cvss.push_back(rating(kMedium, "MITRE", CvssOrigin::Cna));
  EXPECT_EQ(chosen("Debian:12"), "MITRE CVSS:3.1");
  vulnerability.cvss.push_back(rating("CVSS:3.1/broken", "NVD", CvssOrigin::Nvd));
  EXPECT_EQ(chosen("Debian:12"), "MITRE CVSS:3.1");  // an invalid vector is passed over
  vulnerability.cvss.push_back(
      rating("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N", "NVD", CvssOrigin::Nvd));
  EXPECT_EQ(chosen("Debian:12"), "NVD CVSS:3.0");
  vulnerability.cvss.push_back(rating(kMedium, "NVD", CvssOrigin::Nvd));
  EXPECT_EQ(chosen("Debian:12"), "NVD CVSS:3.1");
  vulnerability.cvss.push_back(rating(kMedium, "DEBIAN_CVE", CvssOrigin::Vendor));
  EXPECT_EQ(chosen("Debian:12"), "DEBIAN_CVE CVSS:3.1");
  EXPECT_EQ(chosen("Debian"), "DEBIAN_CVE CVSS:3.1");
  EXPECT_EQ(chosen("Ubuntu:22.04"), "NVD CVSS:3.1");
  EXPECT_EQ(chosen("openSUSE:Leap 15.6"), "SUSE_CVE CVSS:3.1");
  EXPECT_EQ(chosen("PyPI"), "NVD CVSS:3.1");
}

}  // namespace
}  // namespace vigil::score
