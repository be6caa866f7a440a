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
, "weaknesses" : [ {
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

}  // namespace
}  // namespace vigil::intel::nvd
