#include "intel/feeds/testing.h"

namespace vigil::intel::cve5 {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kPublished = R"({"containers":{
  "adp":[{"title":"CVE Program Container","references":[{"url":"https://example.org/b"}],
          "providerMetadata":{"shortName":"CVE"}},
         {"title":"CISA ADP Vulnrichment","providerMetadata":{"shortName":"CISA-ADP"},
          "problemTypes":[{"descriptions":[{"cweId":"CWE-22","description":"CWE-22 Path"}]}],
          "metrics":[{"other":{"type":"ssvc","content":{"options":[
                        {"Exploitation":"active"},{"Automatable":"no"}]}}},
                     {"other":{"type":"kev","content":{"dateAdded":"2024-06-01"}}},
                     {"cvssV3_1":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}}]}],
  "cna":{"title":"A title","providerMetadata":{"shortName":"GitHub_M"},
         "descriptions":[{"lang":"de","value":"Deutsch"},{"lang":"en-US","value":"English"}],
         "references":[{"url":"https://example.org/a"},{"url":"https://example.org/b"}],
         "problemTypes":[{"descriptions":[{"description":"CWE-79 Cross-site scripting"}]}],
         "metrics":[{"cvssV4_0":{"vectorString":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"}},
                    {"cvssV2_0":{"vectorString":"AV:N/AC:L/Au:N/C:P/I:P/A:P"}},
                    {"cvssV3_1":{"vectorString":"nonsense"}}]}},
 "cveMetadata":{"cveId":"CVE-2024-12345","state":"PUBLISHED","datePublished":"2024-05-22T06:50:34.682Z",
                "dateUpdated":"2024-08-01T18:48:21.867Z"},
 "dataType":"CVE_RECORD"})";

TEST(Cve5, KeepsWhoseWordEveryRatingIs) {
  const Collected read = read_text(feed(), kPublished);
  ASSERT_EQ(read.all_facts.size(), 1U);
  const model::Vulnerability& details = read.all_facts[0].details;
  EXPECT_EQ(details.id, "CVE-2024-12345");
  ASSERT_EQ(details.cvss.size(), 3U);
  EXPECT_EQ(details.cvss[0].version, "4.0");
  EXPECT_EQ(details.cvss[0].score, 10.0);
  EXPECT_EQ(details.cvss[0].source, "GITHUB");
  EXPECT_EQ(details.cvss[0].origin, model::CvssOrigin::Cna);
  EXPECT_EQ(details.cvss[1].score, 7.5);
  EXPECT_EQ(details.cvss[2].source, "CISA_ADP");
  EXPECT_EQ(details.cvss[2].origin, model::CvssOrigin::CisaAdp);
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("'nonsense'")));
}

TEST(Cve5, TextsReferencesWeaknessesAndSsvc) {
  const Collected read = read_text(feed(), kPublished);
  const model::Vulnerability& details = read.all_facts.at(0).details;
  EXPECT_EQ(details.title, "A title");
  EXPECT_EQ(details.description, "English");
  EXPECT_EQ(details.source, "GITHUB");
  EXPECT_EQ(details.published, 1716360634);
  EXPECT_EQ(details.modified, 1722538101);
  EXPECT_THAT(details.cwes, ElementsAre("CWE-79", "CWE-22"));
  EXPECT_THAT(details.references, ElementsAre("https://example.org/a", "https://example.org/b"));
  EXPECT_EQ(details.ssvc_exploitation, "active");
  ASSERT_TRUE(details.known_exploited.has_value());
  EXPECT_EQ(details.known_exploited->date_added, "2024-06-01");
  EXPECT_THAT(read.statements, IsEmpty());
}

TEST(Cve5, ARejectedRecordIsWithdrawn) {
  const Collected read = read_text(
      feed(),
      R"({"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-0001","state":"REJECTED"},
                  "containers":{"cna":{"rejectedReasons":[{"lang":"en","value":"dup"}]}}})");
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_TRUE(read.all_facts[0].withdrawn);
}

TEST(Cve5, ListsAndLinesOfRecords) {
  const std::string one = R"({"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-0001"}})";
  const std::string two = R"({"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2024-0002"}})";
  for (const std::string& text :
       {"[" + one + ",{\"a\":1}," + two + "]", one + "\n{\"a\":1}\r\n\n" + two,
        one + "\n{\"a\":\n" + two + "\n"}) {
    const Collected read = read_text(feed(), text);
    EXPECT_EQ(read.all_facts.size(), 2U) << text;
    EXPECT_EQ(read.problems.size(), 1U) << text;
    EXPECT_TRUE(feed().recognises(text, ""));
  }
}

TEST(Cve5, WrongShapeIsAProblemAndACutFileAnError) {
  EXPECT_THAT(read_text(feed(), R"({"cveMetadata":{"cveId":"CVE-2O24-1"}})").problems,
              ElementsAre(HasSubstr("usable")));
  EXPECT_THAT(feeds::error_of(feed(), kPublished.substr(0, 300)), HasSubstr("cut short"));
}

TEST(Cve5, RecognisesRecordsInAnyOrderOfMembers) {
  EXPECT_TRUE(feed().recognises(kPublished, ""));
  EXPECT_TRUE(feed().recognises(kPublished.substr(0, 200), ""));
  EXPECT_FALSE(feed().recognises(R"({"id":"X","affected":[],"modified":"CVE_RECORD"})", ""));
  EXPECT_FALSE(feed().recognises(R"({"containers":[{"name":"cna"}]})", ""));
}

TEST(Cve5, RealRecords) {
  const std::string path = feeds::real_feed("cve/vulnrichment.tar.zst");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 44'130U);
  EXPECT_EQ(sink.facts_count, 44'130U);
  EXPECT_EQ(sink.withdrawn, 104U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::cve5
