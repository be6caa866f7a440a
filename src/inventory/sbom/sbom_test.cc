#include "inventory/sbom/sbom.h"

#include <gtest/gtest.h>

#include <chrono>

namespace vigil::inventory {
namespace {

Sbom read(std::string_view document) {
  auto sbom = read_sbom(document);
  EXPECT_TRUE(sbom) << sbom.error().text();
  return sbom ? std::move(*sbom) : Sbom{};
}

std::string cyclonedx(std::string_view members) {
  return R"({"bomFormat":"CycloneDX","specVersion":"1.5",)" + std::string(members) + "}";
}

TEST(CycloneDx, ReadsPackagesAndTheSystemTheyBelongTo) {
  const Sbom sbom = read(R"({"bomFormat":"CycloneDX","specVersion":"1.4","version":1,
    "metadata":{"component":{"type":"container","name":"web"}},
    "components":[
      {"type":"library","bom-ref":"a","name":"libssl3","version":"3.0.15-1",
       "purl":"pkg:deb/debian/libssl3@3.0.15-1?arch=amd64&upstream=openssl",
       "licenses":[{"license":{"id":"Apache-2.0"}},{"expression":"MIT OR ISC"}],
       "evidence":{"occurrences":[{"location":"/var/lib/dpkg/status"}]}},
      {"type":"operating-system","bom-ref":"os","name":"debian","version":"12.5",
       "description":"Debian GNU/Linux 12"},
      {"type":"library","bom-ref":"b","name":"lodash","version":"4.17.20",
       "purl":"pkg:npm/lodash@4.17.20","properties":[
         {"name":"amazon:inspector:sbom_generator:source_path","value":"srv/package-lock.json"}]}]
})");
  EXPECT_EQ(sbom.format, SbomFormat::CycloneDx);
  EXPECT_EQ(sbom.version, "1.4");
  EXPECT_EQ(sbom.inventory.os.id, "debian");
  EXPECT_EQ(sbom.inventory.os.version, "12.5");
  EXPECT_EQ(sbom.inventory.os.ecosystem, "Debian:12");
  EXPECT_EQ(sbom.inventory.os.name, "Debian GNU/Linux 12");
  ASSERT_EQ(sbom.components.size(), 3U);
  ASSERT_EQ(sbom.inventory.packages.size(), 2U);
  const model::Package& ssl = sbom.inventory.packages[0];
  EXPECT_EQ(ssl.ecosystem, "Debian:12");
  EXPECT_EQ(ssl.source_name, "openssl");
  EXPECT_EQ(ssl.license, "Apache-2.0 AND MIT OR ISC");
  ASSERT_EQ(ssl.locations.size(), 1U);
  EXPECT_EQ(ssl.locations[0].path, "/var/lib/dpkg/status");
  EXPECT_EQ(sbom.components[0].kind, ComponentKind::Package);
  EXPECT_EQ(sbom.components[0].reference, "a");
  EXPECT_EQ(sbom.components[1].kind, ComponentKind::NoUrl) << "the system has no purl";
  EXPECT_EQ(sbom.components[2].package, 1U);
  EXPECT_EQ(sbom.inventory.packages[1].manager, "NPM");
  EXPECT_EQ(sbom.inventory.packages[1].locations[0].path, "/srv/package-lock.json");
  EXPECT_FALSE(sbom.inventory.runtime);
}

TEST(CycloneDx, WhatIsNoPackageIsAProblem) {
  const Sbom sbom = read(cyclonedx(R"("components":[
    {"type":"library","name":"left","version":"1"},
    {"type":"library","name":"bad","purl":"left-pad@1"},
    {"type":"library","name":"odd","purl":"pkg:generic/odd@1"},
    {"type":"file","bom-ref":"f"}])"));
  ASSERT_EQ(sbom.components.size(), 4U);
  EXPECT_EQ(sbom.components[0].kind, ComponentKind::NoUrl);
  EXPECT_EQ(sbom.components[1].kind, ComponentKind::InvalidUrl);
  EXPECT_EQ(sbom.components[2].kind, ComponentKind::NoRules);
  ASSERT_EQ(sbom.inventory.problems.size(), 4U);
  const auto text = [&](std::size_t i) {
    return sbom.inventory.problems[i].where + ": " + sbom.inventory.problems[i].why;
  };
  EXPECT_EQ(text(0), "left@1: no purl provided");
  EXPECT_EQ(text(1), "left-pad@1: invalid purl: does not start with 'pkg:'");
  EXPECT_EQ(text(2), "pkg:generic/odd@1: no rules found");
  EXPECT_EQ(text(3), "f: no purl provided");
}

TEST(CycloneDx, ABinaryNestedInItsSourceIsBuiltFromIt) {
  const Sbom sbom = read(cyclonedx(R"("components":[
    {"type":"operating-system","name":"debian","version":"12"},
    {"type":"library","bom-ref":"comp-1","purl":"pkg:deb/debian/openssl@3.0.15-1?epoch=0",
     "components":[
       {"type":"library","bom-ref":"comp-2","purl":"pkg:deb/debian/libssl3@3.0.15-1?epoch=0"},
       {"type":"library","bom-ref":"comp-3","purl":"pkg:npm/a@1"}]},
    {"type":"library","bom-ref":"comp-4","purl":"pkg:deb/debian/bash@5.2"}])"));
  ASSERT_EQ(sbom.components.size(), 5U);
  EXPECT_EQ(sbom.components[2].reference, "comp-2");
  ASSERT_EQ(sbom.inventory.packages.size(), 4U);
  EXPECT_EQ(sbom.inventory.packages[1].name, "libssl3");
  EXPECT_EQ(sbom.inventory.packages[1].source_name, "openssl");
  EXPECT_EQ(sbom.inventory.packages[2].source_name, "a");
  EXPECT_EQ(sbom.inventory.packages[3].source_name, "bash");
}

TEST(CycloneDx, ReadsTheSourcePackageTrivyWritesIntoProperties) {
  const Sbom sbom = read(cyclonedx(R"("components":[
    {"type":"library","purl":"pkg:deb/debian/libbsd0@0.11.7-2?arch=amd64&distro=debian-12.8",
     "properties":[{"name":"aquasecurity:trivy:SrcEpoch","value":"1"},
                   {"name":"aquasecurity:trivy:SrcName","value":"libbsd"},
                   {"name":"aquasecurity:trivy:SrcRelease","value":"2"},
                   {"name":"aquasecurity:trivy:SrcVersion","value":"0.11.7"}]}])"));
  ASSERT_EQ(sbom.inventory.packages.size(), 1U);
  EXPECT_EQ(sbom.inventory.packages[0].source_name, "libbsd");
  EXPECT_EQ(sbom.inventory.packages[0].source_version, "1:0.11.7-2");
}

TEST(CycloneDx, TheSystemIsThatOfThePackagesWhereNoComponentNamesIt) {
  const Sbom sbom = read(cyclonedx(
      R"("components":[{"purl":"pkg:npm/a@1"},{"purl":"pkg:deb/ubuntu/bash@5?distro=jammy"}])"));
  EXPECT_EQ(sbom.inventory.os.id, "ubuntu");
  EXPECT_EQ(sbom.inventory.os.version, "22.04");
  EXPECT_EQ(read(cyclonedx(R"("components":[{"purl":"pkg:npm/a@1"}])")).inventory.os.id, "");
}

TEST(CycloneDx, TheSubjectMayBeTheSystem) {
  const Sbom sbom = read(cyclonedx(
      R"("metadata":{"component":{"type":"operating-system","name":"alpine","version":"3.20.1"}},
         "components":[{"purl":"pkg:apk/alpine/zlib@1.3"}])"));
  EXPECT_EQ(sbom.inventory.packages[0].ecosystem, "Alpine:v3.20");
  EXPECT_EQ(sbom.components.size(), 1U);
}

TEST(CycloneDx, KnowsTheKernelThatRuns) {
  const Sbom sbom = read(cyclonedx(R"("components":[{"type":"operating-system","name":"debian",
    "version":"12","properties":[{"name":"amazon:inspector:sbom_generator:kernel_version",
    "value":"6.1.0-28-amd64"}]}])"));
  ASSERT_TRUE(sbom.inventory.runtime);
  EXPECT_EQ(sbom.inventory.runtime->kernel_release, "6.1.0-28-amd64");
  EXPECT_FALSE(sbom.inventory.runtime->complete);
}

TEST(Spdx, ReadsPackages) {
  const Sbom sbom = read(R"({"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","packages":[
    {"SPDXID":"SPDXRef-os","name":"alpine","versionInfo":"3.21.2",
     "primaryPackagePurpose":"OPERATING-SYSTEM"},
    {"SPDXID":"SPDXRef-1","name":"libssl3","versionInfo":"3.3.2-r4","licenseDeclared":"NOASSERTION",
     "licenseConcluded":"Apache-2.0","sourceInfo":"found in: /lib/apk/db/installed",
     "externalRefs":[{"referenceCategory":"SECURITY","referenceType":"cpe23Type",
       "referenceLocator":"cpe:2.3:a:openssl"},{"referenceCategory":"PACKAGE-MANAGER",
       "referenceType":"purl","referenceLocator":"pkg:apk/alpine/libssl3@3.3.2-r4?upstream=openssl"}]},
    {"SPDXID":"SPDXRef-2","name":"own"}]})");
  EXPECT_EQ(sbom.format, SbomFormat::Spdx);
  EXPECT_EQ(sbom.version, "2.3");
  EXPECT_EQ(sbom.inventory.os.ecosystem, "Alpine:v3.21");
  ASSERT_EQ(sbom.components.size(), 3U);
  EXPECT_EQ(sbom.components[1].reference, "SPDXRef-1");
  ASSERT_EQ(sbom.inventory.packages.size(), 1U);
  const model::Package& ssl = sbom.inventory.packages[0];
  EXPECT_EQ(ssl.ecosystem, "Alpine:v3.21");
  EXPECT_EQ(ssl.source_name, "openssl");
  EXPECT_EQ(ssl.license, "Apache-2.0");
  EXPECT_EQ(ssl.locations[0].path, "/lib/apk/db/installed");
  EXPECT_EQ(sbom.inventory.problems.size(), 2U);
}

TEST(CycloneDx, XmlIsTheSameDocument) {
  const auto sbom = read_sbom(R"(<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1">
  <metadata><properties><property name="vigil:kernel">6.1.0</property></properties></metadata>
  <components>
    <component type="operating-system" bom-ref="os"><name>debian</name><version>12</version></component>
    <component type="library" bom-ref="ssl"><name>openssl</name><version>3.0.15-1~deb12u1</version>
      <licenses><license><name>OpenSSL</name></license><expression>MIT OR ISC</expression></licenses>
      <purl>pkg:deb/debian/openssl@3.0.15-1~deb12u1?arch=amd64</purl>
      <properties><property name="vigil:path">/var/lib/dpkg/status</property></properties>
      <components><component type="library"><name>libssl3</name>
        <purl>pkg:deb/debian/libssl3@3.0.15-1~deb12u1</purl></component></components>
    </component>
    <component type="file"><name>x</name></component>
  </components>
</bom>)");
  ASSERT_TRUE(sbom) << sbom.error().text();
  EXPECT_EQ(sbom->version, "1.4");
  EXPECT_EQ(sbom->inventory.os.ecosystem, "Debian:12");
  ASSERT_EQ(sbom->inventory.packages.size(), 2U);
  const model::Package& ssl = sbom->inventory.packages[0];
  EXPECT_EQ(ssl.name, "openssl");
  EXPECT_EQ(ssl.ecosystem, "Debian:12");
  EXPECT_EQ(ssl.license, "OpenSSL AND MIT OR ISC");
  EXPECT_EQ(ssl.locations[0].path, "/var/lib/dpkg/status");
  EXPECT_EQ(sbom->inventory.packages[1].source_name, "openssl");
  EXPECT_EQ(sbom->inventory.problems.size(), 2U) << "the system and a file have no purl";
}

TEST(CycloneDx, OtherXmlIsRefused) {
  EXPECT_EQ(read_sbom("<project><name>x</name></project>").error().code, ErrorCode::Unsupported);
  EXPECT_FALSE(read_sbom("<bom xmlns='http://cyclonedx.org/schema/bom/9.9'/>"));
  EXPECT_FALSE(read_sbom("<bom"));
}

TEST(Spdx, TagsAreTheSameDocument) {
  const auto sbom = read_sbom(R"(# made by hand
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
DocumentName: x

PackageName: debian
SPDXID: SPDXRef-os
PackageVersion: 12
PrimaryPackagePurpose: OPERATING-SYSTEM

PackageName: openssl
SPDXID: SPDXRef-ssl
PackageVersion: 3.0.15-1~deb12u1
PackageLicenseDeclared: MIT
PackageComment: <text>PackageName: not-one
over lines</text>
PackageSourceInfo: <text>acquired package info from the following paths: /usr/lib/x</text>
ExternalRef: SECURITY cpe23Type cpe:2.3:a:openssl:openssl:3.0.15:*:*:*:*:*:*:*
ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/openssl@3.0.15-1~deb12u1?arch=amd64

FileName: ./usr/lib/x
SPDXID: SPDXRef-file
)");
  ASSERT_TRUE(sbom) << sbom.error().text();
  EXPECT_EQ(sbom->inventory.os.ecosystem, "Debian:12");
  ASSERT_EQ(sbom->inventory.packages.size(), 1U);
  const model::Package& ssl = sbom->inventory.packages[0];
  EXPECT_EQ(ssl.version, "3.0.15-1~deb12u1");
  EXPECT_EQ(ssl.license, "MIT");
  EXPECT_EQ(ssl.locations[0].path, "/usr/lib/x");
  EXPECT_EQ(sbom->components[1].reference, "SPDXRef-ssl");
}

TEST(Syft, ReadsArtifactsAndTheirSystem) {
  const auto sbom = read_sbom(R"({"artifacts":[
    {"id":"a1","name":"libssl3","version":"3.0.15-1~deb12u1","locations":[{"path":"/var/lib/dpkg/status"}],
     "licenses":[{"value":"OpenSSL"}],
     "purl":"pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64&distro=debian-12&upstream=openssl"},
    {"id":"b2","name":"x","version":"1"}],
    "distro":{"prettyName":"Debian GNU/Linux 12","id":"debian","versionID":"12"},
    "schema":{"version":"16.0.18","url":"https://example.org/schema-16.0.18.json"}})");
  ASSERT_TRUE(sbom) << sbom.error().text();
  EXPECT_EQ(sbom->format, SbomFormat::Syft);
  EXPECT_EQ(sbom->inventory.os.name, "Debian GNU/Linux 12");
  ASSERT_EQ(sbom->inventory.packages.size(), 1U);
  EXPECT_EQ(sbom->inventory.packages[0].source_name, "openssl");
  EXPECT_EQ(sbom->inventory.packages[0].locations[0].path, "/var/lib/dpkg/status");
  EXPECT_EQ(sbom->inventory.problems.size(), 1U);
}

TEST(Sbom, ADocumentOfAnotherKindIsRefused) {
  const struct {
    std::string document;
    const char* error;
    ErrorCode code;
  } kCases[] = {
      {"{}",
       "neither CycloneDX nor SPDX (an object with \"bomFormat\": \"CycloneDX\" or with "
       "\"spdxVersion\")",
       ErrorCode::Unsupported},
      {"[]",
       "neither CycloneDX nor SPDX (an object with \"bomFormat\": \"CycloneDX\" or with "
       "\"spdxVersion\")",
       ErrorCode::Unsupported},
      {R"({"bomFormat":"CycloneDX","specVersion":"2.0"})",
       "specVersion: CycloneDX '2.0' cannot be read (versions 1.2 to 1.7 can)",
       ErrorCode::Unsupported},
      {R"({"spdxVersion":"SPDX-3.0"})",
       "spdxVersion: 'SPDX-3.0' cannot be read (SPDX 2.2 and 2.3 can)", ErrorCode::Unsupported},
      {cyclonedx(R"("components":{})"), "components: not an array", ErrorCode::Invalid},
      {cyclonedx(R"("components":[{},{"components":[{},7]}])"),
       "components[1].components[1]: not an object", ErrorCode::Invalid},
      {R"({"spdxVersion":"SPDX-2.2","packages":[7]})", "packages[0]: not an object",
       ErrorCode::Invalid},
  };
  for (const auto& [document, error, code] : kCases) {
    const auto sbom = read_sbom(document);
    ASSERT_FALSE(sbom) << document;
    EXPECT_EQ(sbom.error().text(), error);
    EXPECT_EQ(sbom.error().code, code);
  }
}

TEST(Sbom, IsBounded) {
  const std::string document =
      cyclonedx(R"("components":[{"name":"a","components":[{"name":"b"}]}])");
  EXPECT_TRUE(read_sbom(document, {.components = 2}));
  const auto many = read_sbom(document, {.components = 1});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().text(), "more than 1 components (split the document)");
  EXPECT_EQ(many.error().code, ErrorCode::TooLarge);
  EXPECT_EQ(read_sbom(document, {.bytes = 10}).error().code, ErrorCode::TooLarge);
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += R"({"components":[)";
  for (int i = 0; i < 400; ++i) deep += "]}";
  EXPECT_EQ(read(cyclonedx("\"components\":[" + deep + "]")).components.size(), 400U);
}

TEST(Sbom, ReadsTwentyThousandComponentsAtOnce) {
  std::string components;
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = "package-" + std::to_string(i);
    if (i > 0) components += ',';
    components += R"({"type":"library","bom-ref":"comp-)" + std::to_string(i) + R"(","name":")" +
                  name + R"(","version":"1.2.3","purl":"pkg:npm/)" + name + R"(@1.2.3"})";
  }
  const auto begin = std::chrono::steady_clock::now();
  const Sbom sbom = read(cyclonedx("\"components\":[" + components + "]"));
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin);
  EXPECT_EQ(sbom.inventory.packages.size(), 20'000U);
  EXPECT_LT(seconds.count(), 5.0) << "an unoptimised build on a busy machine takes a tenth of it";
  RecordProperty("milliseconds", static_cast<int>(seconds.count() * 1000));
}

}  // namespace
}  // namespace vigil::inventory
