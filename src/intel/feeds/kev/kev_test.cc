#include "intel/feeds/testing.h"

namespace vigil::intel::kev {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kJson = R"({"title":"t","catalogVersion":"2025.08.25",
 "dateReleased":"2025-08-25T17:04:19.9796Z","count":2,"vulnerabilities":[
 {"cveID":"CVE-2025-0001","vulnerabilityName":"A flaw","dateAdded":"2025-08-25",
  "shortDescription":"d","requiredAction":"Act.","dueDate":"2025-09-15",
  "knownRansomwareCampaignUse":"Known","cwes":["CWE-59"],
  "notes":"see: https://example.org/a ; https://example.org/b"},
 {"cveID":"CVE-2025-0002","dateAdded":"soon"}]})";

constexpr std::string_view kCsv =
    "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,"
    "dueDate,knownRansomwareCampaignUse,notes,cwes\n"
    "CVE-2025-0001,v,p,\"A flaw\",2025-08-25,d,Act.,2025-09-15,Known,"
    "\"see: https://example.org/a ; https://example.org/b\",\"CWE-59, CWE-436\"\n";

TEST(Kev, JsonAndCsvSayTheSame) {
  for (const std::string_view text : {kJson, kCsv}) {
    const Collected read = read_text(feed(), text);
    ASSERT_EQ(read.all_facts.size(), 1U);
    const model::Vulnerability& details = read.all_facts[0].details;
    EXPECT_EQ(details.id, "CVE-2025-0001");
    EXPECT_EQ(details.title, "A flaw");
    EXPECT_EQ(details.cwes.at(0), "CWE-59");
    EXPECT_THAT(details.references, ElementsAre("https://example.org/a", "https://example.org/b"));
    ASSERT_TRUE(details.known_exploited.has_value());
    EXPECT_EQ(details.known_exploited->date_added, "2025-08-25");
    EXPECT_EQ(details.known_exploited->due_date, "2025-09-15");
    EXPECT_EQ(details.known_exploited->required_action, "Act.");
    EXPECT_TRUE(details.known_exploited->ransomware);
    EXPECT_TRUE(feed().recognises(text, ""));
  }
}

TEST(Kev, DatesAndProblems) {
  const Collected json = read_text(feed(), kJson);
  EXPECT_EQ(json.date, 1756141459);
  EXPECT_THAT(json.problems, ElementsAre(HasSubstr("entry 2")));
  EXPECT_EQ(read_text(feed(), kCsv).date, 1756080000);
}

TEST(Kev, CutFilesAreErrors) {
  EXPECT_THAT(feeds::error_of(feed(), kJson.substr(0, 300)), HasSubstr("ends in the middle"));
  EXPECT_THAT(feeds::error_of(feed(), kCsv.substr(0, kCsv.size() - 5)),
              HasSubstr("ends in the middle"));
}

TEST(Kev, RealCatalogues) {
  for (const char* name : {"kev/known_exploited_vulnerabilities.json.gz",
                           "kev/known_exploited_vulnerabilities.csv.gz"}) {
    const std::string path = feeds::real_feed(name);
    if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
    feeds::CountingSink sink;
    std::size_t documents = 0;
    feeds::read_real(feed(), path, sink, documents);
    EXPECT_EQ(sink.facts_count, 1'404U);
    EXPECT_EQ(sink.problems, 0U);
  }
}

}  // namespace
}  // namespace vigil::intel::kev
