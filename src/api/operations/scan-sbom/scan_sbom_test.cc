#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "api/dispatch.h"
#include "base/file.h"
#include "base/json_copy.h"
#include "base/time.h"
#include "intel/compile.h"

namespace vigil::api {
namespace {

const intel::Feed kTracker{"debian-tracker", "", "", {}, 1, nullptr, nullptr, 30};
const intel::Feed kOsv{"osv", "", "", {}, 1, nullptr, nullptr, 20};
constexpr std::int64_t kNow = 1'795'392'000;  ///< 2026-11-23T00:00:00Z

class ScanSbom : public testing::Test {
 protected:
  ScanSbom() : estate_(nullptr, {}) {}

  void SetUp() override {
    path_ = testing::TempDir() + "vigil-scan-sbom-" + std::to_string(::getpid());
    intel::SegmentWriter writer("one");
    writer.begin_document(kTracker);
    say(writer, "Debian:12", "openssl", "CVE-2024-6119", "3.0.15-1", "low");
    say(writer, "Debian:12", "linux", "CVE-2024-0001", "6.1.200-1");
    writer.begin_document(kOsv);
    say(writer, "Maven", "org.apache.logging.log4j:log4j-core", "CVE-2021-44832", "2.17.1");
    say(writer, "npm", "left-pad", "GHSA-aaaa-bbbb-cccc", "");
    facts(writer);
    ASSERT_TRUE(base::write_file_atomically(path_ + ".segment", writer.take()));
    auto segment = intel::Segment::open(path_ + ".segment");
    ASSERT_TRUE(segment);
    const auto bytes = intel::compile({{&*segment, {"a", "a", "directory", 0, false, "", {}}}}, 0);
    ASSERT_TRUE(bytes);
    ASSERT_TRUE(base::write_file_atomically(path_ + ".intel", *bytes));
    auto snapshot = intel::Snapshot::open(path_ + ".intel");
    ASSERT_TRUE(snapshot);
    estate_.set_intelligence(std::make_shared<intel::Snapshot>(std::move(*snapshot)));
  }
  void TearDown() override {
    std::filesystem::remove(path_ + ".segment");
    std::filesystem::remove(path_ + ".intel");
  }

  static void say(intel::SegmentWriter& writer, std::string ecosystem, std::string package,
                  std::string id, std::string fixed, std::string word = "") {
    intel::Statement statement;
    statement.ecosystem = std::move(ecosystem);
    statement.package = std::move(package);
    statement.vulnerability = std::move(id);
    statement.state = fixed.empty() ? model::FixState::Affected : model::FixState::Fixed;
    if (!fixed.empty()) statement.ranges = {{"", std::move(fixed), ""}};
    statement.vendor_severity = std::move(word);
    writer.statement(std::move(statement));
  }

  static void facts(intel::SegmentWriter& writer) {
    intel::Facts log4j;
    model::Vulnerability& details = log4j.details;
    details.id = "CVE-2021-44832";
    details.aliases = {"GHSA-8489-44mv-ggj8"};
    details.description = "Remote code execution by the configuration.";
    details.cvss = {{"3.1", "CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H", 6.6, "NVD",
                     model::CvssOrigin::Nvd}};
    details.cwes = {"CWE-20", "CWE-74"};
    details.references = {"https://example.org/log4j", "see the vendor's page"};
    details.published = *base::parse_time("2021-12-28T20:15:08Z");
    details.modified = *base::parse_time("2022-08-09T01:24:00Z");
    details.known_exploited = model::KnownExploited{"2021-12-30", "2022-01-20", "Patch.", false};
    details.exploits = {{"Exploit-DB", "1", "2022-02-10"}};
    writer.facts(std::move(log4j));
    intel::Facts openssl;
    openssl.details.id = "CVE-2024-6119";
    openssl.details.cvss = {{"3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5, "NVD",
                             model::CvssOrigin::Nvd}};
    writer.facts(std::move(openssl));
  }

  Reply send(const std::string& body) {
    const Caller caller{"123456789012", "tester", "us-east-1"};
    return dispatch(estate_, caller,
                    {.service = "inspector-scan",
                     .method = "POST",
                     .path = "/scan/sbom",
                     .query = "",
                     .body = body,
                     .request_id = "r"},
                    kNow);
  }

  /// The `sbom` of the answer to a CycloneDX document with these members.
  base::Json answer(std::string_view members, std::string_view format = "") {
    std::string body =
        R"({"sbom":{"bomFormat":"CycloneDX","specVersion":"1.5",)" + std::string(members) + "}";
    if (!format.empty()) body += R"(,"outputFormat":")" + std::string(format) + "\"";
    const Reply reply = send(body + "}");
    EXPECT_EQ(reply.status, 200) << reply.body;
    const auto root = parser_.parse(reply.body);
    EXPECT_TRUE(root);
    return root ? (*root)["sbom"] : base::Json();
  }

  static std::string text(const base::Json& value) {
    base::JsonWriter json;
    base::copy_json(json, value);
    return json.take();
  }

  static std::string property(const base::Json& of, std::string_view name) {
    for (const base::Json& item : of["properties"].items()) {
      if (item["name"].text() == "amazon:inspector:sbom_scanner:" + std::string(name)) {
        return std::string(item["value"].text());
      }
    }
    return {};
  }

  std::string path_;
  estate::Estate estate_;
  base::JsonParser parser_;
};

constexpr std::string_view kDocument = R"("serialNumber":"urn:uuid:1","metadata":{
  "timestamp":"2020-01-01T00:00:00Z","tools":[{"vendor":"Acme","name":"maker","version":"1"}],
  "component":{"type":"container","name":"web"},
  "properties":[{"name":"own","value":"1"},
    {"name":"amazon:inspector:sbom_scanner:critical_vulnerabilities","value":"9"}]},
 "components":[
  {"type":"operating-system","bom-ref":"os","name":"debian","version":"12"},
  {"type":"library","bom-ref":"comp-1","name":"openssl","version":"3.0.14-1",
   "purl":"pkg:deb/debian/openssl@3.0.14-1","properties":[{"name":"own","value":"x"}],
   "components":[{"type":"library","name":"libssl3","purl":"pkg:deb/debian/libssl3@3.0.14-1"}]},
  {"type":"library","bom-ref":"log","name":"log4j-core","version":"2.17.0",
   "purl":"pkg:maven/org.apache.logging.log4j/log4j-core@2.17.0"},
  {"type":"library","bom-ref":"pad","name":"left-pad","version":"1.3.0","purl":"pkg:npm/left-pad@1.3.0"},
  {"type":"library","bom-ref":"clean","name":"lodash","purl":"pkg:npm/lodash@4.17.21"},
  {"type":"library","bom-ref":"odd","name":"odd","purl":"pkg:generic/odd@1"},
  {"type":"library","bom-ref":"bad","name":"bad","purl":"bad"},
  {"type":"library","bom-ref":"py","name":"django","purl":"pkg:pypi/django@1"},
  {"type":"library","bom-ref":"kernel","name":"linux-image-6.1.0-28-amd64",
   "purl":"pkg:deb/debian/linux-image-6.1.0-28-amd64@6.1.119-1?upstream=linux"}],
 "dependencies":[{"ref":"log"}],
 "vulnerabilities":[{"id":"CVE-1999-0001"}])";

TEST_F(ScanSbom, GivesTheDocumentBackWithWhatWasFound) {
  const base::Json sbom = answer(kDocument);
  EXPECT_EQ(sbom["specVersion"].text(), "1.5");
  EXPECT_EQ(sbom["serialNumber"].text(), "urn:uuid:1");
  EXPECT_EQ(text(sbom["dependencies"]), R"([{"ref":"log"}])");
  const base::Json metadata = sbom["metadata"];
  EXPECT_EQ(metadata["timestamp"].text(), "2026-11-23T00:00:00Z");
  EXPECT_EQ(metadata["component"]["name"].text(), "web");
  EXPECT_EQ(text(metadata["tools"]["components"]),
            R"([{"type":"application","author":"Acme","name":"maker","version":"1"}])");
  EXPECT_EQ((*metadata["tools"]["services"].items().begin())["name"].text(), "Vigil Scan SBOM API");
  EXPECT_EQ(text(metadata["properties"]),
            R"([{"name":"own","value":"1"},)"
            R"({"name":"amazon:inspector:sbom_scanner:critical_vulnerabilities","value":"0"},)"
            R"({"name":"amazon:inspector:sbom_scanner:high_vulnerabilities","value":"1"},)"
            R"({"name":"amazon:inspector:sbom_scanner:medium_vulnerabilities","value":"1"},)"
            R"({"name":"amazon:inspector:sbom_scanner:low_vulnerabilities","value":"0"},)"
            R"({"name":"amazon:inspector:sbom_scanner:other_vulnerabilities","value":"1"}])");
}

TEST_F(ScanSbom, AVulnerabilityIsWrittenAsInspectorWritesIt) {
  const base::Json sbom = answer(kDocument);
  std::vector<base::Json> found;
  for (const base::Json& one : sbom["vulnerabilities"].items()) found.push_back(one);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]["id"].text(), "CVE-2024-6119") << "the worst first";
  EXPECT_EQ(found[2]["id"].text(), "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(
      text(found[1]),
      R"({"bom-ref":"vuln-2","id":"CVE-2021-44832",)"
      R"("source":{"name":"NVD","url":"https://nvd.nist.gov/vuln/detail/CVE-2021-44832"},)"
      R"("references":[{"id":"GHSA-8489-44mv-ggj8","source":{"name":"GITHUB",)"
      R"("url":"https://github.com/advisories/GHSA-8489-44mv-ggj8"}}],)"
      R"("ratings":[{"source":{"name":"NVD","url":"https://nvd.nist.gov/vuln/detail/CVE-2021-44832"},)"
      R"("score":6.6,"severity":"medium","method":"CVSSv31",)"
      R"("vector":"CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H"}],)"
      R"("cwes":[20,74],"description":"Remote code execution by the configuration.",)"
      R"("advisories":[{"url":"https://example.org/log4j"}],)"
      R"("created":"2021-12-28T20:15:08Z","published":"2021-12-28T20:15:08Z",)"
      R"("updated":"2022-08-09T01:24:00Z","analysis":{"state":"in_triage"},)"
      R"("affects":[{"ref":"log"}],"properties":[)"
      R"({"name":"amazon:inspector:sbom_scanner:exploit_available","value":"true"},)"
      R"({"name":"amazon:inspector:sbom_scanner:exploit_last_seen_in_public","value":"2022-02-10T00:00:00Z"},)"
      R"({"name":"amazon:inspector:sbom_scanner:cisa_kev_date_added","value":"2021-12-30T00:00:00Z"},)"
      R"({"name":"amazon:inspector:sbom_scanner:cisa_kev_date_due","value":"2022-01-20T00:00:00Z"},)"
      R"({"name":"amazon:inspector:sbom_scanner:fixed_version:log","value":"2.17.1"}]})");
}

TEST_F(ScanSbom, ABinaryNestedInItsSourceIsAffectedWithIt) {
  const base::Json sbom = answer(kDocument);
  const base::Json openssl = *sbom["vulnerabilities"].items().begin();
  EXPECT_EQ(text(openssl["affects"]), R"([{"ref":"comp-1"},{"ref":"comp-2"}])");
  EXPECT_EQ(property(openssl, "fixed_version:comp-2"), "3.0.15-1");
  for (const base::Json& component : sbom["components"].items()) {
    if (component["bom-ref"].text() != "comp-1") continue;
    const base::Json nested = *component["components"].items().begin();
    EXPECT_EQ(nested["bom-ref"].text(), "comp-2") << "it had none, and comp-1 is taken";
    EXPECT_EQ(nested["name"].text(), "libssl3");
    EXPECT_EQ(text(component["properties"]), R"([{"name":"own","value":"x"}])");
  }
}

TEST_F(ScanSbom, EveryOtherComponentSaysWhyNothingWasFound) {
  const std::map<std::string, std::string> expected = {
      {"os", "Component skipped: no purl provided."},
      {"comp-1", ""},
      {"log", ""},
      {"pad", ""},
      {"clean", "Component scanned: no vulnerabilities found."},
      {"odd", "Component skipped: no rules found."},
      {"bad", "Component skipped: invalid purl."},
      {"py", "Component skipped: no rules found."},
      {"kernel", "Component skipped: no rules found."},
  };
  std::map<std::string, std::string> said;
  std::map<std::string, std::string> reasons;
  const base::Json sbom = answer(kDocument);
  for (const base::Json& component : sbom["components"].items()) {
    const std::string reference(component["bom-ref"].text());
    said[reference] = property(component, "info") + property(component, "warning");
    for (const base::Json& item : component["properties"].items()) {
      if (item["name"].text() == "vigil:reason") reasons[reference] = item["value"].text();
    }
  }
  EXPECT_EQ(said, expected);
  EXPECT_EQ(reasons,
            (std::map<std::string, std::string>{{"py", "the intelligence holds nothing about PyPI"},
                                                {"kernel", "not the running kernel"}}));
}

TEST_F(ScanSbom, ScanningAnAnswerAgainSaysTheSame) {
  const std::string once = text(answer(kDocument));
  const Reply again = send(R"({"sbom":)" + once + "}");
  ASSERT_EQ(again.status, 200);
  const std::string expected = R"({"name":"Vigil Scan SBOM API","version":)";
  std::string twice = again.body;
  // The service stands among the tools once more; nothing else may differ.
  const std::size_t first = twice.find(expected);
  ASSERT_NE(first, std::string::npos);
  const std::size_t second = twice.find(expected, first + 1);
  ASSERT_NE(second, std::string::npos);
  twice.erase(first, second - first);
  const auto parsed = parser_.parse(twice);
  ASSERT_TRUE(parsed);
  base::JsonParser other;
  const auto was = other.parse(once);
  ASSERT_TRUE(was);
  for (const char* member : {"metadata", "components", "vulnerabilities"}) {
    EXPECT_EQ(text((*parsed)["sbom"][member]), text((*was)[member])) << member;
  }
}

TEST_F(ScanSbom, AnOlderDocumentIsAnsweredAsOnePointFive) {
  const Reply reply = send(R"({"sbom":{"$schema":"http://cyclonedx.org/schema/bom-1.4.schema.json",
    "bomFormat":"CycloneDX","specVersion":"1.4","components":[]}})");
  ASSERT_EQ(reply.status, 200);
  const auto root = parser_.parse(reply.body);
  ASSERT_TRUE(root);
  EXPECT_EQ((*root)["sbom"]["specVersion"].text(), "1.5");
  EXPECT_FALSE((*root)["sbom"]["$schema"].exists());
  EXPECT_EQ(text((*root)["sbom"]["vulnerabilities"]), "[]");
}

TEST_F(ScanSbom, WritesInspectorsOwnFormat) {
  const base::Json sbom = answer(kDocument, "INSPECTOR");
  EXPECT_EQ(text(sbom["vulnerability_count"]),
            R"({"critical":0,"high":1,"medium":1,"low":0,"other":1})");
  std::vector<base::Json> found;
  for (const base::Json& one : sbom["vulnerabilities"].items()) found.push_back(one);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(
      text(found[1]),
      R"({"id":"CVE-2021-44832","severity":"medium",)"
      R"("source":"https://nvd.nist.gov/vuln/detail/CVE-2021-44832","related":["GHSA-8489-44mv-ggj8"],)"
      R"("description":"Remote code execution by the configuration.",)"
      R"("references":["https://example.org/log4j"],"created":"2021-12-28T20:15:08Z",)"
      R"("updated":"2022-08-09T01:24:00Z","properties":{"cwes":[20,74],"cvss":[{"source":"NVD",)"
      R"("severity":"medium","cvss_3_base_score":6.6,)"
      R"("cvss_3_base_vector":"CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H"}],)"
      R"("exploit_available":true,"exploit_last_seen_in_public":"2022-02-10T00:00:00Z",)"
      R"("cisa_kev_date_added":"2021-12-30T00:00:00Z","cisa_kev_date_due":"2022-01-20T00:00:00Z"},)"
      R"("affects":[{"installed_version":"pkg:maven/org.apache.logging.log4j/log4j-core@2.17.0",)"
      R"("fixed_version":"2.17.1"}]})");
  EXPECT_EQ(found[2]["severity"].text(), "unknown");
  const base::Json system = *sbom["messages"].items().begin();
  EXPECT_EQ(text(system), R"({"name":"debian","version":"12",)"
                          R"("info_message":"Component skipped: no purl provided."})");
}

TEST_F(ScanSbom, WritesTheSpellingOfTheDocumentationToo) {
  const base::Json sbom = answer(kDocument, "INSPECTOR_ALT");
  EXPECT_TRUE((*sbom["messages"].items().begin())["info"].is_string());
  const base::Json first = *sbom["vulnerabilities"].items().begin();
  EXPECT_EQ((*first["properties"]["cvss"].items().begin())["cvss3_base_score"].number(), 7.5);
}

TEST_F(ScanSbom, WhatCannotBeScannedIsAValidationException) {
  std::string many = R"({"sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{})";
  for (int i = 1; i < 5000; ++i) many += ",{}";
  EXPECT_EQ(send(many + "]}}").status, 200) << "5,000 components are allowed";
  const struct {
    std::string body;
    const char* reason;
    const char* field;
  } kCases[] = {
      {"{}", "FIELD_VALIDATION_FAILED", "sbom"},
      {R"({"sbom":null})", "FIELD_VALIDATION_FAILED", "sbom"},
      {R"({"sbom":{}})", "UNSUPPORTED_SBOM_TYPE", "sbom"},
      {R"({"sbom":"text"})", "CANNOT_PARSE", "sbom"},
      {R"({"sbom":{"spdxVersion":"SPDX-2.3","packages":[]}})", "UNSUPPORTED_SBOM_TYPE", "sbom"},
      {R"({"sbom":{"bomFormat":"CycloneDX","specVersion":"2.0"}})", "UNSUPPORTED_SBOM_TYPE",
       "sbom.specVersion"},
      {R"({"sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","components":[7]}})", "CANNOT_PARSE",
       "sbom.components[0]"},
      {many + ",{}]}}", "FIELD_VALIDATION_FAILED", "sbom"},
  };
  for (const auto& [body, reason, field] : kCases) {
    const Reply reply = send(body);
    EXPECT_EQ(reply.status, 400) << body.substr(0, 100);
    EXPECT_EQ(reply.error, "ValidationException");
    const auto root = parser_.parse(reply.body);
    ASSERT_TRUE(root);
    EXPECT_EQ((*root)["reason"].text(), reason) << reply.body;
    EXPECT_EQ((*(*root)["fields"].items().begin())["name"].text(), field) << reply.body;
    EXPECT_NE((*root)["message"].text().find(field), std::string_view::npos) << reply.body;
  }
  EXPECT_EQ(send(R"({"sbom":{},"outputFormat":"XML"})").status, 400);
}

TEST_F(ScanSbom, WithoutIntelligenceNothingIsCalledClean) {
  estate_.set_intelligence(nullptr);
  const Reply reply = send(R"({"sbom":{"bomFormat":"CycloneDX","specVersion":"1.5"}})");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(reply.error, "InternalServerException");
  EXPECT_NE(reply.body.find(R"("reason":"OTHER")"), std::string::npos) << reply.body;
}

TEST_F(ScanSbom, TwoThousandComponentsTakeAMoment) {
  std::string components;
  for (int i = 0; i < 2000; ++i) {
    const std::string version = "2.17." + std::to_string(i % 2);
    if (i > 0) components += ',';
    components +=
        R"({"type":"library","bom-ref":"c)" + std::to_string(i) +
        R"(","name":"log4j-core","purl":"pkg:maven/org.apache.logging.log4j/log4j-core@)" +
        version + "\"}";
  }
  const std::string members = "\"components\":[" + components + "]";
  const auto begin = std::chrono::steady_clock::now();
  const base::Json sbom = answer(members);
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin);
  const base::Json found = *sbom["vulnerabilities"].items().begin();
  std::size_t affected = 0;
  for (const base::Json& one : found["affects"].items()) affected += one.exists() ? 1 : 0;
  EXPECT_EQ(affected, 1000U);
  EXPECT_LT(seconds.count(), 2.0) << "an unoptimised build on a busy machine takes a tenth of it";
  RecordProperty("milliseconds", static_cast<int>(seconds.count() * 1000));
}

}  // namespace
}  // namespace vigil::api
