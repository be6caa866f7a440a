#include "findings/document.h"

#include "base/json_tree.h"
#include "findings/testing.h"

namespace vigil::findings {
namespace {

constexpr std::string_view kResource = R"({"type":"AWS_EC2_INSTANCE","id":"i-1"})";

/// The document of a finding on a resource of which nothing is said.
std::string document(const Finding& finding) {
  const std::string vulnerability = vulnerability_document(finding);
  const std::string assessment = assessment_document(finding);
  FindingDocument parts;
  parts.arn = finding.arn;
  parts.account = "123456789012";
  parts.type = finding_type(finding);
  parts.resource = kResource;
  parts.vulnerability = vulnerability;
  parts.assessment = assessment;
  parts.severity = finding.severity;
  parts.state = {Status::Suppressed, 1, 2, 3};
  return finding_document(parts);
}

TEST(FindingDocument, AVulnerablePackage) {
  EXPECT_EQ(
      document(testing::vulnerable_package()),
      R"({"findingArn":"arn:aws:inspector2:us-east-1:123456789012:finding/)"
      R"(0123456789abcdef0123456789abcdef","awsAccountId":"123456789012",)"
      R"("type":"PACKAGE_VULNERABILITY",)"
      R"("description":"A name check reads \"too far\".\nIt may crash.",)"
      R"("title":"CVE-2024-6119 - libssl3, openssl",)"
      R"("remediation":{"recommendation":{"text":"None Provided"}},"severity":"HIGH",)"
      R"("firstObservedAt":1,"lastObservedAt":2,"updatedAt":3,"status":"SUPPRESSED",)"
      R"("resources":[{"type":"AWS_EC2_INSTANCE","id":"i-1"}],"inspectorScore":7.5,)"
      R"("inspectorScoreDetails":{"adjustedCvss":{"scoreSource":"NVD","cvssSource":"NVD",)"
      R"("version":"3.1","score":7.5,)"
      R"("scoringVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/MAC:H",)"
      R"("adjustments":[{"metric":"MAC","reason":"nothing runs it"},)"
      R"({"metric":"Floor","reason":"exploited and exposed"}]}},)"
      R"("packageVulnerabilityDetails":{"vulnerabilityId":"CVE-2024-6119",)"
      R"("vulnerablePackages":[{"name":"libssl3","version":"3.0.14","epoch":0,)"
      R"("release":"1~deb12u1","arch":"AMD64","packageManager":"OS",)"
      R"("fixedInVersion":"0:3.0.14-1~deb12u2",)"
      R"("remediation":"apt-get update && apt-get install --only-upgrade libssl3"},)"
      R"({"name":"openssl","version":"3.0.14","epoch":1,"release":"1~deb12u1","arch":"AMD64",)"
      R"("packageManager":"OS","fixedInVersion":"NotAvailable"}],"source":"DEBIAN_CVE",)"
      R"("sourceUrl":"https://security-tracker.debian.org/tracker/CVE-2024-6119",)"
      R"("vendorSeverity":"not yet assigned",)"
      R"("cvss":[{"baseScore":8.7,"scoringVector":"CVSS:4.0/AV:N","version":"4.0",)"
      R"("source":"OPENSSL"},{"baseScore":5.5,"scoringVector":"CVSS:3.1/AV:L","version":"3.1",)"
      R"("source":"REDHAT_CVE"},{"baseScore":7.5,)"
      R"("scoringVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H","version":"3.1",)"
      R"("source":"NVD"}],"relatedVulnerabilities":["GHSA-1","GHSA-2"],)"
      R"("vendorCreatedAt":1725379200,"vendorUpdatedAt":1725465600,)"
      R"("referenceUrls":["https://openssl.org/a","https://openssl.org/b"]},)"
      R"("fixAvailable":"PARTIAL","exploitAvailable":"YES",)"
      R"("exploitabilityDetails":{"lastKnownExploitAt":1730764800},"epss":{"score":0.25}})");
}

TEST(FindingDocument, OfWhatHardlyAnythingIsKnown) {
  Finding finding;
  finding.arn = "arn";
  finding.title = "GHSA-x - leftpad";
  finding.vulnerability.id = "GHSA-x";
  finding.source = "GITHUB";
  AffectedPackage package;
  package.package.name = "leftpad";
  package.package.version = "1.0.0";
  package.package.manager = "NPM";
  package.package.locations = {{"/srv/app/package-lock.json", 7}};
  finding.packages = {package};
  EXPECT_EQ(document(finding),
            R"({"findingArn":"arn","awsAccountId":"123456789012",)"
            R"("type":"PACKAGE_VULNERABILITY","description":"None Provided",)"
            R"("title":"GHSA-x - leftpad",)"
            R"("remediation":{"recommendation":{"text":"None Provided"}},"severity":"UNTRIAGED",)"
            R"("firstObservedAt":1,"lastObservedAt":2,"updatedAt":3,"status":"SUPPRESSED",)"
            R"("resources":[{"type":"AWS_EC2_INSTANCE","id":"i-1"}],)"
            R"("packageVulnerabilityDetails":{"vulnerabilityId":"GHSA-x",)"
            R"("vulnerablePackages":[{"name":"leftpad","version":"1.0.0",)"
            R"("packageManager":"NPM","filePath":"/srv/app/package-lock.json",)"
            R"("fixedInVersion":"NotAvailable"}],"source":"GITHUB","cvss":[]},)"
            R"("fixAvailable":"NO","exploitAvailable":"NO"})");
}

TEST(FindingDocument, APackageOfAnImageOrALayer) {
  Finding finding = testing::vulnerable_package();
  finding.packages.resize(1);
  finding.packages[0].layer = "sha256:" + std::string(64, '0');
  finding.packages[0].lambda_layer = "arn:aws:lambda:us-east-1:123456789012:layer:l:1";
  EXPECT_THAT(
      document(finding),
      ::testing::AllOf(
          ::testing::HasSubstr(R"("version":"3.0.14","sourceLayerHash":"sha256:00)"),
          ::testing::HasSubstr(
              R"("sourceLambdaLayerArn":"arn:aws:lambda:us-east-1:123456789012:layer:l:1"}])")));
}

TEST(FindingDocument, AnOpenPort) {
  EXPECT_EQ(
      document(testing::open_port()),
      R"({"findingArn":"arn:aws:inspector2:us-east-1:123456789012:finding/)"
      R"(0123456789abcdef1123456789abcdef","awsAccountId":"123456789012",)"
      R"("type":"NETWORK_REACHABILITY","description":"On the instance i-0123456789abcdef0, )"
      R"(the port range 22-22 is reachable from the InternetGateway igw-1 from an attached ENI )"
      R"(eni-1.","title":"Port 22 is reachable from an Internet Gateway - TCP",)"
      R"("remediation":{"recommendation":{"text":"You can restrict access to your instance by )"
      R"(modifying the Security Groups or ACLs in the network path."}},"severity":"MEDIUM",)"
      R"("firstObservedAt":1,"lastObservedAt":2,"updatedAt":3,"status":"SUPPRESSED",)"
      R"("resources":[{"type":"AWS_EC2_INSTANCE","id":"i-1"}],)"
      R"("networkReachabilityDetails":{"openPortRange":{"begin":22,"end":22},"protocol":"TCP",)"
      R"("networkPath":{"steps":[{"componentId":"igw-1",)"
      R"("componentType":"AWS::EC2::InternetGateway",)"
      R"("componentArn":"arn:aws:ec2:us-east-1:123456789012:internet-gateway/igw-1"},)"
      R"({"componentId":"sg-1","componentType":"AWS::EC2::SecurityGroup"},)"
      R"({"componentId":"i-0123456789abcdef0","componentType":"AWS::EC2::Instance"}]}}})");
}

TEST(FindingDocument, AFlawOfCode) {
  EXPECT_EQ(document(testing::code_flaw()),
            R"({"findingArn":"arn:aws:inspector2:us-east-1:123456789012:finding/)"
            R"(0123456789abcdef2123456789abcdef","awsAccountId":"123456789012",)"
            R"("type":"CODE_VULNERABILITY","description":"Credentials stand in the code.",)"
            R"("title":"CWE-798 - Hardcoded credentials","remediation":{"recommendation":{)"
            R"("text":"Keep them in a secret store.","Url":"https://example.org/secrets"}},)"
            R"("severity":"CRITICAL","firstObservedAt":1,"lastObservedAt":2,"updatedAt":3,)"
            R"("status":"SUPPRESSED","resources":[{"type":"AWS_EC2_INSTANCE","id":"i-1"}],)"
            R"("fixAvailable":"YES","codeVulnerabilityDetails":{"filePath":{"fileName":"login.py",)"
            R"("filePath":"src/app/login.py","startLine":10,"endLine":12},)"
            R"("detectorTags":["security","secrets"],"referenceUrls":["https://example.org/798"],)"
            R"("ruleId":"python-detect-hardcoded-aws-credentials",)"
            R"("sourceLambdaLayerArn":"arn:aws:lambda:us-east-1:123456789012:layer:l:1",)"
            R"("detectorId":"python/hardcoded-credentials@v1.0",)"
            R"("detectorName":"Hardcoded credentials","cwes":["CWE-798"]}})");
}

TEST(FindingDocument, TextsOfOthersCannotBreakTheStoredForm) {
  for (const std::string text :
       {"a\nb", "\n", "{}\n{}", "\"}\n{\"x\":\"", "\r\n\x01", "\\n\\", "\xFF\n"}) {
    Finding finding = testing::vulnerable_package();
    finding.title = finding.description = finding.vulnerability.description = text;
    finding.vulnerability.aliases = finding.vulnerability.references = {text, text};
    finding.vulnerability.cvss[0].vector = text;
    finding.packages[0].package.name = finding.packages[0].package.version = text;
    finding.packages[0].remediation = finding.vendor_severity = finding.source_url = text;
    finding.score.adjustments[0].reason = text;
    finding.vulnerability.known_exploited->required_action = text;
    base::JsonParser parser;
    const auto root = parser.parse(document(finding));
    ASSERT_TRUE(root) << text;
    std::vector<std::string_view> keys;
    for (const auto member : root->members()) keys.push_back(member.key);
    EXPECT_THAT(keys, ::testing::ElementsAre("findingArn", "awsAccountId", "type", "description",
                                             "title", "remediation", "severity", "firstObservedAt",
                                             "lastObservedAt", "updatedAt", "status", "resources",
                                             "inspectorScore", "inspectorScoreDetails",
                                             "packageVulnerabilityDetails", "fixAvailable",
                                             "exploitAvailable", "exploitabilityDetails", "epss"));
    EXPECT_TRUE(parser.parse(finding_detail_document("arn", vulnerability_document(finding))));
  }
}

TEST(FindingDocument, KeepsWithinInspectorsBounds) {
  Finding finding = testing::vulnerable_package();
  finding.title = finding.description = std::string(3000, 'x');
  finding.vulnerability.references.assign(300, "https://example.org");
  finding.packages[0].package.name = std::string(3000, 'n');
  finding.packages[0].package.architecture = std::string(100, 'a');
  base::JsonParser parser;
  const auto root = parser.parse(document(finding));
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["title"].text().size(), 1024U);
  EXPECT_EQ((*root)["description"].text().size(), 1024U);
  const base::Json details = (*root)["packageVulnerabilityDetails"];
  int references = 0;
  for ([[maybe_unused]] const base::Json reference : details["referenceUrls"].items()) ++references;
  EXPECT_EQ(references, 100);
  const base::Json package = *details["vulnerablePackages"].items().begin();
  EXPECT_EQ(package["name"].text().size(), 1024U);
  EXPECT_EQ(package["arch"].text().size(), 64U);
}

TEST(FindingDocument, OfAFindingThatIsNotStoredIsActive) {
  const std::string text = finding_document(testing::vulnerable_package(), testing::instance());
  EXPECT_THAT(text,
              ::testing::HasSubstr(R"("firstObservedAt":1795000000,"lastObservedAt":1795392000,)"
                                   R"("updatedAt":1795392000,"status":"ACTIVE","resources":[)" +
                                   resource_document(testing::instance()) + "]"));
}

TEST(FindingDetailDocument, HasTheIntelligence) {
  EXPECT_EQ(
      finding_detail_document("arn", vulnerability_document(testing::vulnerable_package())),
      R"({"findingArn":"arn","cisaData":{"dateAdded":1727740800,"dateDue":1729555200,)"
      R"("action":"Patch."},"tools":["Exploit-DB","Metasploit"],)"
      R"("exploitObserved":{"lastSeen":1730764800,"firstSeen":1726790400},)"
      R"("referenceUrls":["https://openssl.org/a","https://openssl.org/b"],"cwes":["CWE-843"],)"
      R"("epssScore":0.25})");
}

TEST(FindingDetailDocument, MayHaveNothingToSay) {
  EXPECT_EQ(finding_detail_document("arn", vulnerability_document(Finding{})),
            R"({"findingArn":"arn"})");
  EXPECT_EQ(finding_detail_document("arn", ""), R"({"findingArn":"arn"})");
}

TEST(SearchDocument, PrefersNvdsRatingOfEachVersion) {
  EXPECT_EQ(search_document(testing::vulnerable_package().vulnerability),
            R"({"id":"CVE-2024-6119","cwes":["CWE-843"],"cisaData":{"dateAdded":1727740800,)"
            R"("dateDue":1729555200,"action":"Patch."},"source":"NVD",)"
            R"("description":"A name check reads \"too far\".\nIt may crash.",)"
            R"("vendorSeverity":"not yet assigned",)"
            R"("cvss4":{"baseScore":8.7,"scoringVector":"CVSS:4.0/AV:N"},"cvss3":{"baseScore":7.5,)"
            R"("scoringVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"},)"
            R"("relatedVulnerabilities":["GHSA-1","GHSA-2"],"vendorCreatedAt":1725379200,)"
            R"("vendorUpdatedAt":1725465600,)"
            R"("sourceUrl":"https://nvd.nist.gov/vuln/detail/CVE-2024-6119",)"
            R"("referenceUrls":["https://openssl.org/a","https://openssl.org/b"],)"
            R"("exploitObserved":{"lastSeen":1730764800,"firstSeen":1726790400},)"
            R"("epss":{"score":0.25}})");
}

TEST(FindingDocument, AMissingPartOfTheStoredFormIsNoCrash) {
  FindingDocument parts;
  parts.type = "PACKAGE_VULNERABILITY";
  parts.resource = "{}";
  EXPECT_EQ(finding_document(parts),
            R"({"findingArn":"","awsAccountId":"","type":"PACKAGE_VULNERABILITY",)"
            R"("severity":"UNTRIAGED","firstObservedAt":0,"lastObservedAt":0,"updatedAt":0,)"
            R"("status":"ACTIVE","resources":[{}],"packageVulnerabilityDetails":{}})");
}

}  // namespace
}  // namespace vigil::findings
