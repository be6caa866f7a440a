#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "match/vex/read.h"
#include "match/vex/verdicts.h"

namespace vigil::match::vex {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Document document(std::string_view json) {
  auto read_document = read(json, "file.json");
  EXPECT_TRUE(read_document) << read_document.error().text();
  return read_document.value_or(Document{});
}

model::Package package(std::string url, std::string source = "", std::string source_version = "") {
  model::Package made;
  made.package_url = std::move(url);
  made.source_name = std::move(source);
  made.source_version = std::move(source_version);
  return made;
}

/// "CVE not affected: reason", or empty if the document says nothing.
std::string said(const Document& read_document, const char* id, const std::string& url,
                 const std::vector<std::string>& resource = {}) {
  const Verdicts verdicts(read_document.statements, resource);
  const Statement* statement = verdicts.about({id}, package(url));
  return statement == nullptr ? "" : reason_of(*statement);
}

std::string openvex(std::string_view statements) {
  return R"({"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.org/vex-1",
    "author":"a","timestamp":"2024-01-01T00:00:00Z","version":1,"statements":[)" +
         std::string(statements) + "]}";
}

TEST(OpenVex, AStatementAboutAPackage) {
  const Document read_document = document(openvex(R"({"vulnerability":{"name":"CVE-2024-0001",
      "aliases":["GHSA-aaaa-bbbb-cccc"]},"products":[{"@id":"pkg:npm/lodash@4.17.20"}],
      "status":"not_affected","justification":"vulnerable_code_not_in_execute_path",
      "impact_statement":"template() is never called"})"));
  const std::string reason =
      "not affected: vulnerable_code_not_in_execute_path (template() is never called)";
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/lodash@4.17.20"), reason);
  EXPECT_EQ(said(read_document, "ghsa-aaaa-bbbb-cccc", "pkg:npm/lodash@4.17.20"), reason);
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/lodash@4.17.21"), "");
  EXPECT_EQ(said(read_document, "CVE-2024-0002", "pkg:npm/lodash@4.17.20"), "");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/%40a/lodash@4.17.20"), "");
  EXPECT_EQ(read_document.statements.at(0).document, "https://example.org/vex-1");
  EXPECT_EQ(read_document.statements.at(0).timestamp, 1704067200);
}

TEST(OpenVex, AComponentOfAProduct) {
  const Document read_document = document(openvex(R"({"vulnerability":{"name":"CVE-2024-0001"},
      "products":[{"@id":"pkg:oci/app@sha256%3Aaa?repository_url=example.org/app",
      "subcomponents":[{"@id":"pkg:deb/debian/zlib1g?arch=amd64"}]}],"status":"fixed"})"));
  const std::string zlib = "pkg:deb/debian/zlib1g@1.2.13?arch=amd64&distro=debian-12";
  EXPECT_EQ(said(read_document, "CVE-2024-0001", zlib), "fixed");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:deb/debian/zlib1g@1?arch=arm64"), "");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:deb/ubuntu/zlib1g@1?arch=amd64"), "");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", zlib,
                 {"pkg:oci/app@sha256:aa?repository_url=example.org/app"}),
            "fixed");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", zlib, {"pkg:oci/other@sha256:aa"}), "")
      << "another product";
}

TEST(OpenVex, AProductWholeSpeaksOfAllInIt) {
  const Document read_document = document(openvex(R"({"vulnerability":{"name":"CVE-2024-0001"},
      "products":[{"@id":"pkg:oci/app"}],"status":"not_affected"})"));
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/a@1", {"pkg:oci/app@sha256:aa"}),
            "not affected");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/a@1"), "");
}

TEST(OpenVex, TheLatestStatementCounts) {
  const char* kTwo = R"({"vulnerability":{"name":"CVE-2024-0001"},"products":["pkg:npm/a"],
      "status":"not_affected","timestamp":"2024-02-01T00:00:00Z"},
      {"vulnerability":"CVE-2024-0001","products":["pkg:npm/a"],
      "status":"affected","timestamp":"2024-03-01T00:00:00Z"},
      {"vulnerability":"CVE-2024-0001","products":["pkg:npm/a"],
      "status":"fixed","timestamp":"2024-01-01T00:00:00Z"})";
  EXPECT_EQ(said(document(openvex(kTwo)), "CVE-2024-0001", "pkg:npm/a@1"), "affected");
}

TEST(OpenVex, TheOldFormHasTexts) {
  const Document read_document = document(R"({"@context":"https://openvex.dev/ns","statements":[
      {"vulnerability":"CVE-2024-0001","products":["pkg:oci/app"],
       "subcomponents":["pkg:golang/golang.org/x/text"],"status":"not_affected"}]})");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:golang/golang.org/x/text@v0.3.7"),
            "not affected");
  EXPECT_EQ(read_document.statements.at(0).document, "file.json");
}

TEST(OpenVex, WhatSaysNothingIsReported) {
  const Document read_document = document(openvex(
      R"({"vulnerability":{},"products":["pkg:npm/a"],"status":"fixed"},
         {"vulnerability":"CVE-2024-0001","products":[],"status":"fixed"},
         {"vulnerability":"CVE-2024-0001","products":["pkg:npm/a"],"status":"maybe"})"));
  EXPECT_THAT(read_document.statements, IsEmpty());
  EXPECT_THAT(read_document.problems,
              ElementsAre("statement 1: it names no vulnerability",
                          "statement 2: it names no product", "statement 3: 'maybe' is no status"));
}

TEST(Purls, ADebianSourceSpeaksOfItsPackages) {
  const auto stated = *model::parse_package_url("pkg:deb/debian/openssl@3.0.11-1?arch=source");
  const std::string url = "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64";
  EXPECT_TRUE(speaks_of(stated, package(url, "openssl", "3.0.11-1")));
  EXPECT_FALSE(speaks_of(stated, package(url, "openssl", "3.0.12-1")));
  EXPECT_FALSE(speaks_of(stated, package(url, "libressl", "3.0.11-1")));
  EXPECT_FALSE(speaks_of(*model::parse_package_url("pkg:deb/debian/openssl@3.0.11-1"),
                         package(url, "openssl", "3.0.11-1")));
}

TEST(Purls, NamesAreSpelledAsTheTypeDoes) {
  const auto speaks = [](const char* stated, const char* found) {
    return speaks_of(*model::parse_package_url(stated), package(found));
  };
  EXPECT_TRUE(speaks("pkg:pypi/Foo_Bar", "pkg:pypi/foo-bar@1"));
  EXPECT_TRUE(speaks("pkg:maven/org.a/b@1.0", "pkg:maven/org.a/b@1.0?type=jar"));
  EXPECT_FALSE(speaks("pkg:maven/org.a/b@1.0?type=war", "pkg:maven/org.a/b@1.0?type=jar"));
  EXPECT_FALSE(speaks("pkg:maven/org.a/b", "pkg:maven/org.c/b@1.0"));
  EXPECT_FALSE(speaks("pkg:npm/b", "pkg:pypi/b@1.0"));
  EXPECT_FALSE(speaks("pkg:npm/b", "no purl"));
}

std::string cyclonedx(std::string_view vulnerabilities) {
  return R"({"bomFormat":"CycloneDX","specVersion":"1.5","serialNumber":"urn:uuid:1",
    "metadata":{"timestamp":"2024-01-01T00:00:00Z","component":{"bom-ref":"app","purl":"pkg:oci/app"}},
    "components":[{"bom-ref":"l","purl":"pkg:npm/lodash@4.17.20",
                   "components":[{"bom-ref":"inner","purl":"pkg:npm/inner@1.0.0"}]}],
    "vulnerabilities":[)" +
         std::string(vulnerabilities) + "]}";
}

TEST(CycloneDxVex, AnAnalysisIsAStatement) {
  const Document read_document = document(cyclonedx(R"({"id":"CVE-2024-0001",
      "references":[{"id":"GHSA-aaaa-bbbb-cccc"}],
      "analysis":{"state":"not_affected","justification":"code_not_reachable","detail":"why"},
      "affects":[{"ref":"l"},{"ref":"inner"},{"ref":"urn:cdx:uuid/1#pkg:npm/linked@2.0"},
                 {"ref":"urn:cdx:uuid/1#pkg%3Anpm%2Fencoded%402.0"},{"ref":"pkg:npm/direct@3.0"}]},
      {"id":"CVE-2024-0002","affects":[{"ref":"l"}]})"));
  for (const char* url : {"pkg:npm/lodash@4.17.20", "pkg:npm/inner@1.0.0", "pkg:npm/linked@2.0",
                          "pkg:npm/encoded@2.0", "pkg:npm/direct@3.0"}) {
    EXPECT_EQ(said(read_document, "GHSA-aaaa-bbbb-cccc", url),
              "not affected: code_not_reachable (why)")
        << url;
  }
  EXPECT_EQ(said(read_document, "CVE-2024-0002", "pkg:npm/lodash@4.17.20"), "");
}

TEST(CycloneDxVex, States) {
  const auto status = [](const char* state) {
    return said(document(cyclonedx(
                    R"({"id":"CVE-2024-0001","affects":[{"ref":"l"}],"analysis":{"state":")" +
                    std::string(state) + R"("}})")),
                "CVE-2024-0001", "pkg:npm/lodash@4.17.20");
  };
  EXPECT_EQ(status("resolved"), "fixed");
  EXPECT_EQ(status("resolved_with_pedigree"), "fixed");
  EXPECT_EQ(status("false_positive"), "not affected");
  EXPECT_EQ(status("in_triage"), "under investigation");
  EXPECT_EQ(status("exploitable"), "affected");
  EXPECT_EQ(status("unheard of"), "");
}

TEST(CycloneDxVex, SingleVersionsSpeakForThemselves) {
  const Document read_document = document(cyclonedx(R"({"id":"CVE-2024-0001",
      "analysis":{"state":"exploitable"},"affects":[{"ref":"l","versions":[
      {"version":"4.17.20","status":"affected"},{"version":"4.17.21","status":"unaffected"},
      {"range":"vers:npm/>=5.0.0","status":"unaffected"}]}]})"));
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/lodash@4.17.20"), "affected");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/lodash@4.17.21"), "not affected");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:npm/lodash@5.0.0"), "");
}

std::string csaf(std::string_view vulnerabilities) {
  return R"({"document":{"category":"csaf_vex","csaf_version":"2.0",
      "tracking":{"id":"V-1","current_release_date":"2024-01-01T00:00:00Z"}},
    "product_tree":{"branches":[{"category":"vendor","name":"v","branches":[
      {"category":"product_version","name":"app","product":{"name":"app","product_id":"APP",
        "product_identification_helper":{"purl":"pkg:oci/app"}}},
      {"category":"product_version","name":"zlib","product":{"name":"zlib","product_id":"ZLIB",
        "product_identification_helper":{"purl":"pkg:rpm/v/zlib@1.2.13-1?arch=x86_64"}}}]}],
      "relationships":[{"category":"default_component_of","product_reference":"ZLIB",
        "relates_to_product_reference":"APP","full_product_name":{"name":"n","product_id":"APP:ZLIB"}}]},
    "vulnerabilities":[)" +
         std::string(vulnerabilities) + "]}";
}

TEST(CsafVex, AStatusOfAComponentOfAProduct) {
  const Document read_document = document(csaf(R"({"cve":"CVE-2024-0001","ids":[{"text":"V-17"}],
      "product_status":{"known_not_affected":["APP:ZLIB","unknown"]},
      "flags":[{"label":"vulnerable_code_not_present","product_ids":["APP:ZLIB"]}],
      "threats":[{"category":"impact","details":"minizip is not built","product_ids":["APP:ZLIB"]},
                 {"category":"exploit_status","details":"none","product_ids":["APP:ZLIB"]}]})"));
  const std::string zlib = "pkg:rpm/v/zlib@1.2.13-1?arch=x86_64&distro=v-9";
  const std::string reason = "not affected: vulnerable_code_not_present (minizip is not built)";
  EXPECT_EQ(said(read_document, "CVE-2024-0001", zlib), reason);
  EXPECT_EQ(said(read_document, "V-17", zlib, {"pkg:oci/app@sha256:aa"}), reason);
  EXPECT_EQ(said(read_document, "CVE-2024-0001", zlib, {"pkg:oci/other"}), "");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:rpm/v/zlib@1.2.12-1?arch=x86_64"), "");
  EXPECT_EQ(read_document.statements.at(0).document, "V-1");
}

TEST(CsafVex, OfTwoStatusesTheMoreSevereCounts) {
  const Document read_document = document(csaf(R"({"cve":"CVE-2024-0001","product_status":
      {"known_affected":["ZLIB"],"fixed":["ZLIB"],"under_investigation":["APP"],
       "known_not_affected":["ZLIB","APP"]}})"));
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:rpm/v/zlib@1.2.13-1?arch=x86_64"),
            "affected");
  EXPECT_EQ(said(read_document, "CVE-2024-0001", "pkg:oci/app@1"), "under investigation");
}

TEST(CsafVex, AVulnerabilityWithoutAnIdIsReported) {
  EXPECT_THAT(document(csaf(R"({"product_status":{"fixed":["ZLIB"]}})")).problems,
              ElementsAre(HasSubstr("without an id")));
}

TEST(Vex, OtherDocumentsAreRefused) {
  const auto error = [](std::string_view json) {
    const auto read_document = read(json, "file.json");
    return read_document ? "none" : read_document.error().text();
  };
  EXPECT_THAT(error(R"({"spdxVersion":"SPDX-2.3"})"), HasSubstr("not a VEX document"));
  EXPECT_THAT(error("[]"), HasSubstr("file.json"));
  EXPECT_THAT(error("{"), HasSubstr("file.json"));
}

}  // namespace
}  // namespace vigil::match::vex
