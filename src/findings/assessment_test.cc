#include "findings/assessment.h"

#include "findings/document.h"
#include "findings/identity.h"
#include "findings/testing.h"

namespace vigil::findings {
namespace {

Assessment assessment(const Finding& finding, const Resource& resource = testing::instance()) {
  return assess(finding, resource).assessment;
}
std::uint64_t key(const Finding& finding, const Resource& resource = testing::instance()) {
  return assessment(finding, resource).key;
}

TEST(Assess, SaysWhatTheColumnsHold) {
  const Assessed assessed = assess(testing::vulnerable_package(), testing::instance());
  const VulnerabilityEntry& vulnerability = assessed.vulnerability;
  EXPECT_EQ(vulnerability.key, vulnerability_key("PACKAGE_VULNERABILITY", "CVE-2024-6119"));
  EXPECT_EQ(vulnerability.type, "PACKAGE_VULNERABILITY");
  EXPECT_EQ(vulnerability.name, "CVE-2024-6119");
  EXPECT_EQ(vulnerability.epss, 0.25);
  EXPECT_EQ(vulnerability.due, 1'729'555'200);  // 2024-10-22
  EXPECT_EQ(vulnerability.body, vulnerability_document(testing::vulnerable_package()));

  const Assessment& assessment = assessed.assessment;
  EXPECT_EQ(assessment.vulnerability, vulnerability.key);
  EXPECT_EQ(assessment.resource_type, "AWS_EC2_INSTANCE");
  EXPECT_EQ(assessment.type, "PACKAGE_VULNERABILITY");
  EXPECT_EQ(assessment.severity, model::Severity::High);
  EXPECT_EQ(assessment.score, 7.5);
  EXPECT_EQ(assessment.fix, FixAvailable::Partial);
  EXPECT_TRUE(assessment.exploit);
  EXPECT_FALSE(assessment.in_use) << "that is not known";
  ASSERT_EQ(assessment.fixes.size(), 1U);
  EXPECT_EQ(assessment.fixes[0].name, "libssl3");
  EXPECT_EQ(assessment.title, "CVE-2024-6119 - libssl3, openssl");
  EXPECT_EQ(assessment.source, "DEBIAN_CVE");
  EXPECT_EQ(assessment.vendor_severity, "not yet assigned");
  ASSERT_EQ(assessment.packages.size(), 2U);
  EXPECT_EQ(assessment.packages[1].name, "openssl");
  EXPECT_EQ(assessment.packages[1].version, "3.0.14");
  EXPECT_EQ(assessment.packages[1].release, "1~deb12u1");
  EXPECT_EQ(assessment.packages[1].architecture, "AMD64");
  EXPECT_EQ(assessment.packages[1].epoch, 1);
  EXPECT_EQ(assessment.packages[1].path, "");
  EXPECT_EQ(assessment.body, assessment_document(testing::vulnerable_package()));
}

TEST(AssessmentKey, IsTheSameWhoeverHasTheFindingAndWhenever) {
  const std::uint64_t expected = key(testing::vulnerable_package());
  Resource other = testing::instance();
  other.id = "i-2";
  other.account = "999999999999";
  other.region = "eu-west-1";
  other.name = "other";
  other.tags.clear();
  other.instance.reset();
  EXPECT_EQ(key(testing::vulnerable_package(), other), expected);
  Finding later = testing::vulnerable_package();
  later.arn = "other";
  later.first_observed = later.last_observed = 1;
  EXPECT_EQ(key(later), expected);
}

// `updated` does not move for these; the vulnerability's digest does.
TEST(AssessmentKey, IsTheSameWhateverIsSaidOfTheVulnerability) {
  const Assessed before = assess(testing::vulnerable_package(), testing::instance());
  using Change = void (*)(Finding&);
  const Change changes[] = {
      [](Finding& f) { f.description = "other"; },
      [](Finding& f) { f.vulnerability.epss->score = 0.26; },
      [](Finding& f) { f.vulnerability.epss.reset(); },
      [](Finding& f) { f.vulnerability.references.clear(); },
      [](Finding& f) { f.vulnerability.cvss.pop_back(); },
      [](Finding& f) { f.vulnerability.cwes.clear(); },
      [](Finding& f) { f.vulnerability.modified += 1; },
      [](Finding& f) { f.vulnerability.known_exploited->due_date = "2024-10-23"; },
      [](Finding& f) {
        f.vulnerability.exploits.pop_back();
        f.vulnerability.exploits.pop_back();
      },
  };
  for (const Change change : changes) {
    Finding finding = testing::vulnerable_package();
    change(finding);
    const Assessed after = assess(finding, testing::instance());
    const auto at = &change - changes;
    EXPECT_EQ(after.assessment.key, before.assessment.key) << at;
    EXPECT_EQ(after.vulnerability.key, before.vulnerability.key) << at;
    EXPECT_NE(after.vulnerability.digest, before.vulnerability.digest) << at;
  }
}

TEST(AssessmentKey, IsAnotherForWhateverTheCircumstancesChange) {
  std::set<std::uint64_t> keys = {key(testing::vulnerable_package())};
  using Change = void (*)(Finding&);
  const Change changes[] = {
      [](Finding& f) { f.vulnerability.id = "CVE-2024-6120"; },
      [](Finding& f) { f.title = "other"; },
      [](Finding& f) { f.severity = model::Severity::Medium; },
      [](Finding& f) { f.score.score = 7.4; },
      [](Finding& f) { f.score.score.reset(); },
      [](Finding& f) { f.score.adjustments[0].reason = "other"; },
      [](Finding& f) { f.score.adjusted_vector += "/E:U"; },
      [](Finding& f) { f.fix = FixAvailable::Yes; },
      [](Finding& f) { f.exploit_available = false; },
      [](Finding& f) { f.source = "NVD"; },
      [](Finding& f) { f.vendor_severity = "high"; },
      [](Finding& f) { f.packages.pop_back(); },
      [](Finding& f) { f.packages[0].package.version = "3.0.13-1"; },
      [](Finding& f) { f.packages[1].fixed_version = "1:3.0.15-1"; },
      [](Finding& f) { f.packages[0].remediation.clear(); },
      [](Finding& f) { f.packages[0].layer = "sha256:0"; },
      [](Finding& f) { f.vulnerability.aliases.pop_back(); },
      [](Finding& f) { f.recommendation = "Patch it."; },
      [](Finding& f) { f.in_use = score::Fact::Yes; },
  };
  for (const Change change : changes) {
    Finding finding = testing::vulnerable_package();
    change(finding);
    EXPECT_TRUE(keys.insert(key(finding)).second) << &change - changes;
  }
  EXPECT_TRUE(keys.insert(key(testing::vulnerable_package(), testing::image())).second);
  EXPECT_TRUE(keys.insert(key(testing::open_port())).second);
  EXPECT_TRUE(keys.insert(key(testing::code_flaw())).second);
}

TEST(Assess, OpenPortsAndFlawsAreNamedByWhatTheyAre) {
  EXPECT_EQ(finding_name(testing::open_port()), "TCP 22-22 igw-1");
  EXPECT_EQ(finding_name(testing::code_flaw()),
            "python/hardcoded-credentials@v1.0 python-detect-hardcoded-aws-credentials "
            "src/app/login.py:10 arn:aws:lambda:us-east-1:123456789012:layer:l:1");
  EXPECT_EQ(finding_name(testing::vulnerable_package()), "CVE-2024-6119");
}

TEST(Assess, TextsFitAnIndex) {
  Finding finding = testing::vulnerable_package();
  finding.packages[0].package.name = std::string(5000, 'x');
  finding.packages[0].package.locations = {{std::string(5000, 'p'), 0}};
  finding.packages[0].package.manager = "NPM";
  finding.vulnerability.aliases = {std::string(5000, 'a')};
  finding.vendor_severity = std::string(5000, 'v');
  const Assessment cut = assessment(finding);
  EXPECT_EQ(cut.packages[0].name.size(), kAttributeBytes);
  EXPECT_EQ(cut.packages[0].path.size(), kAttributeBytes);
  EXPECT_EQ(cut.attributes[0].text.size(), kAttributeBytes);
  EXPECT_EQ(cut.vendor_severity.size(), kAttributeBytes);
  Finding flaw = testing::code_flaw();
  flaw.flaw->file_path = std::string(5000, 'f');
  EXPECT_EQ(assess(flaw, testing::repository()).vulnerability.name.size(), kAttributeBytes);
}

TEST(Assess, AttributesAreThoseWithoutColumnOnceAndInOrder) {
  const auto names = [](const Finding& finding) {
    std::vector<std::string> list;
    for (const Attribute& attribute : assessment(finding).attributes) {
      const FilterField& field = filter_fields()[attribute.field];
      EXPECT_EQ(field.scope, FieldScope::Assessment);
      EXPECT_EQ(field.column, "");
      list.push_back(std::string(field.name) + "=" + attribute.text);
    }
    return list;
  };
  EXPECT_THAT(
      names(testing::vulnerable_package()),
      ::testing::ElementsAre("relatedVulnerabilities=GHSA-1", "relatedVulnerabilities=GHSA-2"));
  EXPECT_THAT(names(testing::open_port()),
              ::testing::ElementsAre("networkProtocol=TCP", "componentId=i-0123456789abcdef0",
                                     "componentId=igw-1", "componentId=sg-1",
                                     "componentType=AWS::EC2::Instance",
                                     "componentType=AWS::EC2::InternetGateway",
                                     "componentType=AWS::EC2::SecurityGroup", "portRange=22-22"));
  EXPECT_THAT(names(testing::code_flaw()),
              ::testing::ElementsAre("codeVulnerabilityDetectorName=Hardcoded credentials",
                                     "codeVulnerabilityDetectorTags=secrets",
                                     "codeVulnerabilityDetectorTags=security",
                                     "codeVulnerabilityFilePath=src/app/login.py"));
}

// One criterion for each of the 65 fields that is true of one of the findings.
TEST(SubjectOf, EveryFieldCanBeAsked) {
  const FindingState state = {Status::Suppressed, 1000, 2000, 3000};
  const FilterSubject subjects[] = {
      subject_of(testing::instance(), assess(testing::vulnerable_package(), testing::instance()),
                 state),
      subject_of(testing::instance(), assess(testing::open_port(), testing::instance()), state),
      subject_of(testing::image(), assess(testing::vulnerable_package(), testing::image()), state),
      subject_of(testing::function(), assess(testing::code_flaw(), testing::function()), state),
      subject_of(testing::repository(), assess(testing::code_flaw(), testing::repository()), state),
  };
  const std::string digest = "sha256:" + std::string(64, 'a');
  const std::string arn = finding_arn("us-east-1", "123456789012", "i-0123456789abcdef0",
                                      "PACKAGE_VULNERABILITY", "CVE-2024-6119");
  const std::string role = "arn:aws:iam::123456789012:role/resize";
  struct Case {
    std::string_view field;
    std::string value;       ///< EQUALS it; of ranges: from and to it
    std::string_view where;  ///< in which subjects, by index
  };
  const Case cases[] = {
      {"findingArn", arn, "0"},
      {"awsAccountId", "123456789012", "01234"},
      {"findingType", "PACKAGE_VULNERABILITY", "02"},
      {"severity", "HIGH", "02"},
      {"findingStatus", "SUPPRESSED", "01234"},
      {"title", "CWE-798 - Hardcoded credentials", "34"},
      {"resourceType", "AWS_EC2_INSTANCE", "01"},
      {"resourceId", "i-0123456789abcdef0", "01"},
      {"ec2InstanceImageId", "ami-1", "01"},
      {"ec2InstanceVpcId", "vpc-1", "01"},
      {"ec2InstanceSubnetId", "subnet-1", "01"},
      {"ecrImageArchitecture", "amd64", "2"},
      {"ecrImageRegistry", "docker.io", "2"},
      {"ecrImageRepositoryName", "library/nginx", "2"},
      {"ecrImageTags", "latest", "2"},
      {"ecrImageHash", digest, "2"},
      {"networkProtocol", "TCP", "1"},
      {"componentId", "igw-1", "1"},
      {"componentType", "AWS::EC2::InternetGateway", "1"},
      {"vulnerabilityId", "CVE-2024-6119", "02"},
      {"vulnerabilitySource", "DEBIAN_CVE", "02"},
      {"vendorSeverity", "not yet assigned", "02"},
      {"relatedVulnerabilities", "GHSA-2", "02"},
      {"fixAvailable", "PARTIAL", "02"},
      {"exploitAvailable", "YES", "02"},
      {"lambdaFunctionName", "resize", "3"},
      {"lambdaFunctionLayers", "arn:aws:lambda:us-east-1:123456789012:layer:pillow:3", "3"},
      {"lambdaFunctionRuntime", "PYTHON_3_11", "3"},
      {"lambdaFunctionExecutionRoleArn", role, "3"},
      {"codeVulnerabilityDetectorName", "Hardcoded credentials", "34"},
      {"codeVulnerabilityDetectorTags", "secrets", "34"},
      {"codeVulnerabilityFilePath", "src/app/login.py", "34"},
      {"codeRepositoryProjectName", "shop/backend", "4"},
      {"codeRepositoryProviderType", "GITHUB", "4"},
      {"cloudProvider", "AWS", "01234"},
      {"cloudProviderRegion", "us-east-1", "01234"},
      {"cloudProviderAccountId", "123456789012", "01234"},
      {"cloudProviderOrgId", "o-abcdefghij", "3"},
      {"cloudVmImageReference", "ami-1", "01"},
      {"cloudVmNetworkId", "vpc-1", "01"},
      {"cloudVmSubnetIds", "subnet-1", "01"},
      {"cloudImageRepositoryName", "library/nginx", "2"},
      {"cloudImageRegistry", "docker.io", "2"},
      {"cloudImageDigest", digest, "2"},
      {"cloudImageTags", "1.27", "2"},
      {"cloudImageArchitecture", "amd64", "2"},
      {"cloudServerlessFunctionName", "resize", "3"},
      {"cloudServerlessFunctionRuntime", "PYTHON_3_11", "3"},
      {"cloudServerlessFunctionExecutionRole", role, "3"},
      {"firstObservedAt", "1000", "01234"},
      {"lastObservedAt", "2000", "01234"},
      {"updatedAt", "3000", "01234"},
      {"ecrImagePushedAt", "1700000000", "2"},
      {"ecrImageLastInUseAt", "1700000100", "2"},
      {"lambdaFunctionLastModifiedAt", "1700000000", "3"},
      {"cloudImagePushedAt", "1700000000", "2"},
      {"cloudImageLastInUseAt", "1700000100", "2"},
      {"cloudServerlessFunctionLastModifiedAt", "1700000000", "3"},
      {"inspectorScore", "7.5", "02"},
      {"epssScore", "0.25", "02"},
      {"ecrImageInUseCount", "0", "2"},
      {"cloudImageInUseCount", "0", "2"},
      {"resourceTags", "team", "01"},
      {"portRange", "22", "1"},
      {"vulnerablePackages", "openssl", "02"},
  };
  ASSERT_EQ(std::size(cases), filter_fields().size());
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    const Case& c = cases[i];
    const FilterField& field = filter_fields()[i];
    ASSERT_EQ(c.field, field.name);
    const std::string quoted = "\"" + c.value + "\"";
    const auto range = [&](const std::string& low, const std::string& high) {
      return "{\"" + low + "\":" + c.value + ",\"" + high + "\":" + c.value + "}";
    };
    std::string test = R"({"comparison":"EQUALS","value":)" + quoted + "}";
    if (field.kind == FieldKind::Date) test = range("startInclusive", "endInclusive");
    if (field.kind == FieldKind::Number) test = range("lowerInclusive", "upperInclusive");
    if (field.kind == FieldKind::PortRange) test = range("beginInclusive", "endInclusive");
    if (field.kind == FieldKind::Map) test = R"({"comparison":"EQUALS","key":)" + quoted + "}";
    if (field.kind == FieldKind::Package) test = R"({"name":)" + test + "}";
    const auto filter = parse_filter("{\"" + std::string(c.field) + "\":[" + test + "]}");
    ASSERT_TRUE(filter) << c.field << filter.error().text();
    std::string where;
    for (std::size_t subject = 0; subject < std::size(subjects); ++subject) {
      if (matches(*filter, subjects[subject])) where += std::to_string(subject);
    }
    EXPECT_EQ(where, c.where) << c.field;
  }
}

}  // namespace
}  // namespace vigil::findings
