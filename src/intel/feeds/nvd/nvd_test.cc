#include "intel/feeds/testing.h"

namespace vigil::intel::nvd {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using model::CvssOrigin;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kPage = R"json({"resultsPerPage":3,"format":"NVD_CVE","version":"2.0",
 "timestamp":"2025-06-25T03:01:03.1299776","vulnerabilities":[
 {"cve":{"id":"CVE-2023-1000","sourceIdentifier":"security-advisories@github.com",
   "published":"2023-11-09T06:15:24.290","lastModified":"2023-11-09T13:46:10.880",
   "vulnStatus":"Analyzed","descriptions":[{"lang":"es","value":"no"},{"lang":"en","value":"yes"}],
   "cisaExploitAdd":"2023-12-01","cisaActionDue":"2023-12-22","cisaRequiredAction":"Patch.",
   "metrics":{
    "cvssMetricV31":[
     {"source":"nvd@nist.gov","type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}},
     {"source":"security-advisories@github.com","type":"Secondary","cvssData":{"vectorString":"CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}},
     {"source":"134c704f-9b21-4f2e-91b3-4a467353bcc0","type":"Secondary","cvssData":{"vectorString":"CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}],
    "cvssMetricV2":[{"source":"nvd@nist.gov","cvssData":{"vectorString":"(AV:N/AC:L/Au:N/C:P/I:P/A:P)"
}
}]
}
, "configurations":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[
     {"vulnerable":true,"criteria":"cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*:*","versionStartIncluding":"7.1","versionEndExcluding":"8.4.0"}]}]}], "weaknesses" : [ {
  "description" :
      [ {"lang" : "en", "value" : "CWE-89"}, {"lang" : "en", "value" : "NVD-CWE-noinfo"} ]
} ],
                 "references" : [ {"url" : "https://example.org/a"} ]
}
},
 {"cve":{"id":"CVE-2023-1001","vulnStatus":"Rejected"}},
 {"cve":{"id":7}}]
})json";

TEST(Nvd, KeepsWhoseWordEveryRatingIs) {
  const Collected read = read_text(feed(), kPage);
  ASSERT_EQ(read.all_facts.size(), 2U);
  const auto& cvss = read.all_facts[0].details.cvss;
  ASSERT_EQ(cvss.size(), 4U);
  EXPECT_EQ(cvss[0].source, "NVD");
  EXPECT_EQ(cvss[0].origin, CvssOrigin::Nvd);
  EXPECT_EQ(cvss[1].source, "GITHUB");
  EXPECT_EQ(cvss[1].origin, CvssOrigin::Cna);
  EXPECT_EQ(cvss[2].source, "CISA_ADP");
  EXPECT_EQ(cvss[2].origin, CvssOrigin::CisaAdp);
  EXPECT_EQ(cvss[3].vector, "AV:N/AC:L/Au:N/C:P/I:P/A:P");
  EXPECT_EQ(cvss[3].score, 7.5);
}

TEST(Nvd, FactsRejectedRecordsAndProblems) {
  const Collected read = read_text(feed(), kPage);
  const model::Vulnerability& details = read.all_facts.at(0).details;
  EXPECT_EQ(details.description, "yes");
  EXPECT_EQ(details.published, 1699510524);
  EXPECT_THAT(details.cwes, ElementsAre("CWE-89"));
  EXPECT_EQ(details.known_exploited->due_date, "2023-12-22");
  EXPECT_EQ(details.known_exploited->required_action, "Patch.");
  EXPECT_TRUE(read.all_facts.at(1).withdrawn);
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("record 3")));
  EXPECT_EQ(read.date, 1750820463);
}

TEST(Nvd, ACutPageIsAnError) {
  EXPECT_THAT(feeds::error_of(feed(), kPage.substr(0, kPage.size() - 30)),
              HasSubstr("ends in the middle"));
}

TEST(Nvd, RecognisesNeitherKevNorCpeNorOverlays) {
  EXPECT_TRUE(feed().recognises(kPage, ""));
  EXPECT_TRUE(feed().recognises(kPage.substr(0, 400), ""));
  for (const char* foreign :
       {R"({"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2024-0001"}]})",
        R"({"format":"NVD_CPE","vulnerabilities":[{"cve":{}}]})",
        R"({"bomFormat":"CycloneDX","vulnerabilities":[{"id":"CVE-2024-0001"}]})",
        R"({"document":{},"vulnerabilities":[{"cve":"CVE-2024-0001"}]})",
        R"({"_annotation":{},"cve":{"configurations":[]}})"}) {
    EXPECT_FALSE(feed().recognises(foreign, "")) << foreign;
  }
}

/// "product [ranges] on platforms: note" of each statement about the configurations.
std::vector<std::string> products(std::string_view configurations) {
  const Collected read =
      read_text(feed(), R"({"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2024-0001",
      "configurations":[)" + std::string(configurations) +
                            "]}}]}");
  std::vector<std::string> lines;
  for (const Statement& statement : read.statements) {
    std::string line = statement.package + " " + feeds::ranges_of(statement);
    for (const std::string& platform : statement.platforms) line += " on " + platform;
    if (!statement.note.empty()) line += ": " + statement.note;
    EXPECT_EQ(statement.ecosystem, "CPE");
    EXPECT_EQ(statement.vulnerability, "CVE-2024-0001");
    lines.push_back(line);
  }
  return lines;
}

std::string node(std::string_view matches) {
  return R"({"operator":"OR","negate":false,"cpeMatch":[)" + std::string(matches) + "]}";
}

std::string cpe(std::string_view name, std::string_view bounds = "", bool vulnerable = true) {
  return R"({"vulnerable":)" + std::string(vulnerable ? "true" : "false") +
         R"(,"criteria":"cpe:2.3:)" + std::string(name) + R"(")" + std::string(bounds) + "}";
}

TEST(NvdConfigurations, ProductsAndTheirVersions) {
  EXPECT_THAT(
      products(R"({"nodes":[)" +
               node(cpe("a:haxx:curl:*:*:*:*:*:*:*:*",
                        R"(,"versionStartIncluding":"7.1","versionEndExcluding":"8.4.0")") +
                    "," + cpe("a:haxx:curl:*:*:*:*:*:*:*:*", R"(,"versionEndIncluding":"6.5")") +
                    "," + cpe("a:haxx:curl:9.0:p1:*:*:*:*:*:*") + "," +
                    cpe("a:haxx:libcurl:*:*:*:*:*:*:*:*", R"(,"versionStartExcluding":"7.1")") +
                    "," + cpe("a:other:thing:*:*:*:*:*:*:*:*") + "," +
                    cpe("a:other:unknown:-:*:*:*:*:*:*:*") + "," +
                    cpe("o:linux:linux_kernel:*:*:*:*:*:*:*:*", R"(,"versionEndExcluding":"6")")) +
               "]}"),
      ElementsAre("haxx:curl [,6.5] [7.1,8.4.0) [9.0p1,9.0p1]", "haxx:libcurl (7.1,)",
                  "other:thing [,)"));
}

TEST(NvdConfigurations, WhatItRunsOn) {
  const std::string curl = cpe("a:haxx:curl:*:*:*:*:*:*:*:*", R"(,"versionEndExcluding":"8.4.0")");
  const auto on = [&](const std::string& grounds) {
    return products(R"({"operator":"AND","nodes":[)" + node(curl) + "," + node(grounds) + "]}");
  };
  EXPECT_THAT(on(cpe("o:microsoft:windows:-:*:*:*:*:*:*:*", "", false)),
              ElementsAre("haxx:curl [,8.4.0) on windows"));
  EXPECT_THAT(on(cpe("a:oracle:jdk:1.8.0:*:*:*:*:*:*:*", "", false) + "," +
                 cpe("o:microsoft:windows:-:*:*:*:*:*:*:*", "", false)),
              ElementsAre("haxx:curl [,8.4.0): only with oracle:jdk"));
  EXPECT_THAT(
      products(R"({"nodes":[)" +
               node(cpe("a:haxx:curl:*:*:*:*:*:windows:*:*", R"(,"versionEndExcluding":"8")")) +
               "]}"),
      ElementsAre("haxx:curl [,8) on windows"));
}

TEST(NvdConfigurations, WhatIsTurnedRoundSaysNothing) {
  EXPECT_THAT(products(R"({"negate":true,"nodes":[)" + node(cpe("a:a:b:*:*:*:*:*:*:*:*")) + "]}"),
              testing::IsEmpty());
}

}  // namespace
}  // namespace vigil::intel::nvd
