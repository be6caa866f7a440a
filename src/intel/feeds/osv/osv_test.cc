#include "intel/feeds/testing.h"

namespace vigil::intel::osv {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using model::FixState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A record whose one affected element is `affected`.
std::string record(std::string_view id, std::string_view affected, std::string_view more = "") {
  return R"({"id":")" + std::string(id) + R"(","modified":"2024-05-06T07:08:09.123456789Z",)" +
         R"("affected":[)" + std::string(affected) + "]" + std::string(more) + "}";
}

std::string debian(std::string_view events, std::string_view more = "") {
  return R"({"package":{"ecosystem":"Debian:12","name":"foo"},"ranges":[{"type":"ECOSYSTEM","events":[)" +
         std::string(events) + "]}]" + std::string(more) + "}";
}

Statement only_statement(const std::string& text) {
  Collected collected = read_text(feed(), text);
  EXPECT_THAT(collected.problems, IsEmpty());
  if (collected.statements.size() != 1) {
    ADD_FAILURE() << collected.statements.size() << " statements";
    return {};
  }
  return std::move(collected.statements[0]);
}

struct EventCase {
  std::string_view events;
  std::string_view ranges;
  FixState state;
};

class OsvEvents : public testing::TestWithParam<EventCase> {};

TEST_P(OsvEvents, BecomeIntervals) {
  const Statement statement = only_statement(record("X-1", debian(GetParam().events)));
  EXPECT_EQ(ranges_of(statement), GetParam().ranges);
  EXPECT_EQ(statement.state, GetParam().state);
}

INSTANTIATE_TEST_SUITE_P(
    Osv, OsvEvents,
    testing::Values(
        EventCase{R"({"introduced":"0"},{"fixed":"1.2"})", "[,1.2)", FixState::Fixed},
        EventCase{R"({"introduced":"0"})", "[,)", FixState::Affected},
        EventCase{R"({"introduced":"1.0"},{"last_affected":"1.4"})", "[1.0,1.4]",
                  FixState::Affected},
        // Two branches, in the order of the document and out of it.
        EventCase{R"({"introduced":"0"},{"fixed":"1.5"},{"introduced":"2.0"},{"fixed":"2.3"})",
                  "[,1.5) [2.0,2.3)", FixState::Fixed},
        EventCase{R"({"introduced":"0"},{"introduced":"2.0"},{"fixed":"1.5"},{"fixed":"2.3"})",
                  "[,1.5) [2.0,2.3)", FixState::Fixed},
        EventCase{R"({"fixed":"2.3"},{"introduced":"2.0"},{"fixed":"1.5"},{"introduced":"0"})",
                  "[,1.5) [2.0,2.3)", FixState::Fixed},
        // By the ecosystem's order, not by text: 1.9 is before 1.10, 1.0~rc1 before 1.0.
        EventCase{R"({"introduced":"1.10"},{"fixed":"1.9"},{"introduced":"1.0~rc1"})",
                  "[1.0~rc1,1.9) [1.10,)", FixState::Fixed},
        // "0" is before every version, also before one the scheme sorts below it.
        EventCase{R"({"introduced":"0"},{"fixed":"0~1"},{"introduced":"3"},{"fixed":"4"})",
                  "[,0~1) [3,4)", FixState::Fixed},
        // A second introduction changes nothing, a fix of what is not affected neither.
        EventCase{R"({"introduced":"0"},{"introduced":"1.0"},{"fixed":"2.0"},{"fixed":"3.0"})",
                  "[,2.0)", FixState::Fixed},
        // Introduced and fixed in the same version: an empty interval, not an endless one.
        EventCase{R"({"introduced":"1.0"},{"fixed":"1.0"})", "[1.0,1.0)", FixState::Fixed},
        // A limit ends what is said and is no fix.
        EventCase{R"({"introduced":"0"},{"limit":"2.0"})", "[,2.0)", FixState::Affected},
        EventCase{R"({"introduced":"0"},{"fixed":"1.5"},{"introduced":"3.0"},{"limit":"2.0"})",
                  "[,1.5)", FixState::Fixed},
        EventCase{R"({"introduced":"0"},{"limit":"*"})", "[,)", FixState::Affected}));

TEST(Osv, AVersionThatIsNoneKeepsTheOrderOfTheDocumentAndIsReported) {
  const Collected read =
      read_text(feed(), record("X-1", debian(R"({"introduced":"1.0"},{"fixed":"not a version"})")));
  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(ranges_of(read.statements[0]), "[1.0,not a version)");
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("'not a version' is none")));
}

TEST(Osv, VersionsOutsideTheRangesAreKept) {
  const Statement statement = only_statement(
      record("X-1", debian(R"({"introduced":"1.0"},{"fixed":"1.2"})",
                           R"(,"versions":["0.9","1.0","1.1","1.2~rc1","1.2","1.10"])")));
  EXPECT_THAT(statement.versions, ElementsAre("0.9", "1.2", "1.10"));
}

TEST(Osv, VersionsAloneAreAStatement) {
  const Statement statement = only_statement(
      record("X-1", R"({"package":{"ecosystem":"npm","name":"a"},"versions":["1.0.0"]})"));
  EXPECT_THAT(statement.versions, ElementsAre("1.0.0"));
  EXPECT_EQ(statement.state, FixState::Affected);
}

TEST(Osv, NothingAboutVersionsIsNoStatement) {
  for (
      const char* affected :
      {R"({"package":{"ecosystem":"npm","name":"a"}})",
       R"({"package":{"ecosystem":"npm","name":"a"},"ranges":[],"versions":null})",
       R"({"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"GIT","events":[{"introduced":"0"}]}]})",
       R"({"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]})"}) {
    const Collected read = read_text(feed(), record("X-1", affected));
    EXPECT_THAT(read.statements, IsEmpty()) << affected;
    EXPECT_EQ(read.all_facts.size(), 1U) << affected;
  }
}

TEST(Osv, EcosystemsAreSpelledOneWay) {
  EXPECT_EQ(
      only_statement(record("X-1", R"({"package":{"ecosystem":"Ubuntu:Pro:20.04:LTS","name":"a"},
                                  "versions":["1"]})"))
          .ecosystem,
      "Ubuntu:Pro:20.04");
}

TEST(Osv, ADistributionsAdvisorySpeaksOfVulnerabilitiesWithoutBeingThem) {
  const Collected read =
      read_text(feed(), record("DSA-5000-1", debian(R"({"introduced":"0"},{"fixed":"1.2"})"),
                               R"(,"related":["CVE-2024-0002"],"upstream":["CVE-2024-0001"],
                        "aliases":["CVE-2024-0003","CVE-2024-0003"])"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_THAT(read.all_facts[0].details.aliases, IsEmpty());
  EXPECT_THAT(read.all_facts[0].covers,
              ElementsAre("CVE-2024-0001", "CVE-2024-0002", "CVE-2024-0003"));
  EXPECT_EQ(read.statements.at(0).advisory, "DSA-5000-1");
}

TEST(Osv, RelatedOfAVulnerabilityIsAnotherVulnerability) {
  const Collected read =
      read_text(feed(), record("GHSA-gwrp-pvrq-jmwv", "",
                               R"(,"aliases":["CVE-2024-0001","GHSA-gwrp-pvrq-jmwv"],
                                  "related":["CVE-2024-0002","CGA-2222-3333-4444"])"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_THAT(read.all_facts[0].details.aliases, ElementsAre("CVE-2024-0001"));
  EXPECT_THAT(read.all_facts[0].covers, IsEmpty());
}

TEST(Osv, TheCveInAWrappedIdIsCovered) {
  for (const char* id : {"DEBIAN-CVE-2024-1234", "UBUNTU-CVE-2024-1234", "ALPINE-CVE-2024-1234"}) {
    const Collected read = read_text(feed(), record(id, ""));
    ASSERT_EQ(read.all_facts.size(), 1U);
    EXPECT_THAT(read.all_facts[0].covers, ElementsAre("CVE-2024-1234"));
  }
}

TEST(Osv, FactsOfAGitHubAdvisory) {
  const Collected read = read_text(feed(), record("GHSA-aaaa-bbbb-cccc", "", R"(,
    "published":"2024-01-02T03:04:05Z","summary":"Short","details":"Long",
    "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    "database_specific":{"severity":"CRITICAL","cwe_ids":["CWE-79","CWE-20","NVD-CWE-noinfo"]},
    "references":[{"type":"WEB","url":"https://example.org/1"},{"url":"https://example.org/1"},
                  {"url":"javascript:x"},{"url":7}],
    "credits":[{"name":"x"}])"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  const model::Vulnerability& details = read.all_facts[0].details;
  EXPECT_EQ(details.title, "Short");
  EXPECT_EQ(details.description, "Long");
  EXPECT_EQ(details.source, "GITHUB");
  EXPECT_EQ(details.source_url, "https://github.com/advisories/GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(details.published, 1704164645);
  EXPECT_EQ(details.modified, 1714979289);
  EXPECT_EQ(read.date, 1714979289);
  EXPECT_THAT(details.cwes, ElementsAre("CWE-79", "CWE-20"));
  EXPECT_THAT(details.references, ElementsAre("https://example.org/1"));
  ASSERT_EQ(details.cvss.size(), 1U);
  EXPECT_EQ(details.cvss[0].score, 9.8);
  EXPECT_EQ(details.cvss[0].source, "GITHUB");
  EXPECT_EQ(details.cvss[0].origin, model::CvssOrigin::Cna);
  ASSERT_EQ(details.vendor_severities.size(), 1U);
  EXPECT_EQ(details.vendor_severities[0].word, "CRITICAL");
}

TEST(Osv, SeverityInsideAffectedCountsOnceAndBadVectorsAreDropped) {
  const std::string entry =
      R"({"package":{"ecosystem":"Bitnami","name":"a"},"severity":[
         {"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]})";
  const Collected read =
      read_text(feed(), record("BIT-a-2024-1", entry + "," + entry,
                               R"(,"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"},
                                      {"type":"Ubuntu","score":"medium"}])"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_EQ(read.all_facts[0].details.cvss.size(), 1U);
  EXPECT_EQ(read.all_facts[0].details.vendor_severities.at(0).word, "medium");
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("CVSS:3.1/AV:N")));
}

TEST(Osv, AVendorsWordForOnePackage) {
  EXPECT_EQ(only_statement(
                record("CVE-2024-1", debian(R"({"introduced":"0"})",
                                            R"(,"ecosystem_specific":{"urgency":"unimportant"})")))
                .vendor_severity,
            "unimportant");
}

TEST(Osv, RustSecTellsUnmaintainedCrates) {
  const Statement statement = only_statement(
      record("RUSTSEC-2024-0001", R"({"package":{"ecosystem":"crates.io","name":"a"},"versions":[],
      "ranges":[{"type":"SEMVER","events":[{"introduced":"0.0.0-0"}]}],
      "database_specific":{"informational":"unmaintained","cvss":null}})"));
  EXPECT_EQ(statement.note, "unmaintained");
  EXPECT_EQ(ranges_of(statement), "[,)");
}

TEST(Osv, SymbolsOfGoImports) {
  const Statement statement =
      only_statement(record("GO-2024-1", R"({"package":{"ecosystem":"Go","name":"example.org/m"},
      "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}],
      "ecosystem_specific":{"imports":[{"path":"example.org/m/x","symbols":["T.Do","Run"]},
                                       {"path":"example.org/m/y"}]}})"));
  EXPECT_THAT(statement.symbols,
              ElementsAre("example.org/m/x.Run", "example.org/m/x.T.Do", "example.org/m/y.*"));
}

TEST(Osv, GoPlatforms) {
  const auto platforms = [](std::string_view imports) {
    return only_statement(
               record("GO-2024-1",
                      R"({"package":{"ecosystem":"Go","name":"stdlib"},"versions":["1.0.0"],
                      "ecosystem_specific":{"imports":[)" +
                          std::string(imports) + "]}}"))
        .platforms;
  };
  EXPECT_THAT(platforms(R"({"path":"a","goos":["windows","js"]},{"path":"b","goos":["windows"]})"),
              ElementsAre("js", "windows"));
  EXPECT_THAT(
      platforms(R"({"path":"a","goos":["js"],"goarch":["wasm"]},{"path":"b","goarch":["amd64"]})"),
      ElementsAre("/amd64", "js/wasm"));
  EXPECT_THAT(platforms(R"({"path":"a","goos":["windows"]},{"path":"b"})"), IsEmpty())
      << "b is everywhere";
  EXPECT_THAT(platforms(""), IsEmpty());
}

TEST(Osv, CurlsRecordsAreAboutCurl) {
  const Collected read = read_text(
      feed(),
      record("CURL-CVE-2025-9086", R"({"ranges":[{"type":"SEMVER","events":[{"introduced":"7.31.0"},
      {"fixed":"8.16.0"}]},{"type":"GIT","events":[{"introduced":"f24d"}]}],"versions":["8.15.0"]})"));
  ASSERT_EQ(read.statements.size(), 2U);
  EXPECT_EQ(read.statements[0].ecosystem, "CPE");
  EXPECT_EQ(read.statements[0].package, "haxx:curl");
  EXPECT_EQ(read.statements[1].package, "haxx:libcurl");
  EXPECT_EQ(ranges_of(read.statements[1]), "[7.31.0,8.16.0)");
}

TEST(Osv, GithubsLinksToFormerAdvisoriesAreAliases) {
  const auto aliases = [](std::string_view urls) {
    return read_text(feed(), record("GHSA-aaaa-bbbb-cccc", "",
                                    R"(,"references":[)" + std::string(urls) + "]"))
        .all_facts.at(0)
        .details.aliases;
  };
  EXPECT_THAT(aliases(R"({"url":"https://www.npmjs.com/advisories/118"})"),
              ElementsAre("NSWG-ECO-118"));
  EXPECT_THAT(aliases(R"({"url":"https://www.npmjs.com/advisories/118"},
                         {"url":"https://www.npmjs.com/advisories/119"})"),
              IsEmpty())
      << "of related flaws";
  EXPECT_THAT(
      aliases(
          R"({"url":"https://github.com/FriendsOfPHP/security-advisories/blob/master/a/b/2015-08-06.yaml"})"),
      ElementsAre("FOP-a/b/2015-08-06"));
}

TEST(Osv, AWithdrawnRecordHasNoStatements) {
  const Collected read =
      read_text(feed(), record("GHSA-aaaa-bbbb-cccc", debian(R"({"introduced":"0"})"),
                               R"(,"withdrawn":"2024-01-01T00:00:00Z")"));
  EXPECT_THAT(read.statements, IsEmpty());
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_TRUE(read.all_facts[0].withdrawn);
}

TEST(Osv, MaliciousPackages) {
  EXPECT_TRUE(read_text(feed(), record("MAL-2024-1", "")).all_facts.at(0).details.malicious);
}

TEST(Osv, TheZeroTimeIsUnknown) {
  const Collected read =
      read_text(feed(), R"({"id":"GO-2024-1","modified":"0001-01-01T00:00:00Z","affected":null})");
  EXPECT_EQ(read.all_facts.at(0).details.modified, 0);
  EXPECT_EQ(read.date, 0);
}

TEST(Osv, WrongTypesAndBrokenTextDoNotEndTheReading) {
  EXPECT_THAT(read_text(feed(), R"({"id":7,"modified":true})").problems,
              ElementsAre(HasSubstr("without a usable id")));
  EXPECT_THAT(read_text(feed(), R"("text")").problems, ElementsAre(HasSubstr("usable id")));
  const Collected odd =
      read_text(feed(), R"({"id":"X-1","id":"X-2","modified":[],"aliases":{"a":1},"severity":7,
      "affected":[1,null,{"package":"a"},{"package":{"ecosystem":"Debian:12","name":"a"},
      "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":0},7,{"fixed":""}]}],"versions":"1"}]})");
  EXPECT_EQ(odd.all_facts.at(0).details.id, "X-1");
  EXPECT_EQ(odd.problems.size(), 2U);
  const Collected text =
      read_text(feed(), "{\"id\":\"X-1\",\"modified\":\"\",\"details\":\"a\xFF\\ud800z\"}");
  EXPECT_EQ(text.all_facts.at(0).details.description, "a\xEF\xBF\xBD\xEF\xBF\xBDz");
}

TEST(Osv, ACutOrDeepDocumentIsAnError) {
  const std::string whole = record("X-1", debian(R"({"introduced":"0"})"));
  EXPECT_THAT(feeds::error_of(feed(), whole.substr(0, whole.size() / 2)), HasSubstr("cut short"));
  EXPECT_THAT(feeds::error_of(feed(), ""), HasSubstr("not JSON"));
  EXPECT_THAT(feeds::error_of(feed(), std::string(100'000, '[')), HasSubstr("not JSON"));
}

TEST(Osv, AListOfRecordsIsRead) {
  const Collected read =
      read_text(feed(), "[" + record("X-1", "") + "," + record("X-2", "") + ",{}]");
  EXPECT_EQ(read.all_facts.size(), 2U);
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("document record 3")));
}

TEST(Osv, RecognisesRecordsAndNothingElse) {
  const auto recognises = [](std::string_view head) { return feed().recognises(head, "x.json"); };
  EXPECT_TRUE(recognises(record("X-1", "")));
  EXPECT_TRUE(recognises("\xEF\xBB\xBF [ " + record("X-1", "") + "]"));
  EXPECT_TRUE(recognises(R"({"id":"X-1","withdrawn":"2024-01-01","modified":"2024-01-01"})"));
  // A record that is longer than the head, whose id comes last.
  std::string versions =
      R"({"affected":[{"package":{"ecosystem":"Alpine:v3.18","name":"a"},"versions":[)";
  while (versions.size() < (64U << 10U)) versions += R"("1.2.3-r0",)";
  EXPECT_TRUE(recognises(versions.substr(0, 64U << 10U)));
  for (const char* foreign :
       {R"({"spdxVersion":"SPDX-2.3","SPDXID":"x","id":"a","modified":"b","affected":[]})",
        R"({"bomFormat":"CycloneDX","vulnerabilities":[{"id":"a","affects":[]}]})",
        R"({"document":{"category":"csaf_vex"},"vulnerabilities":[]})",
        R"({"version":"2.1.0","runs":[{"tool":{"id":"a","modified":"b"}}]})",
        R"({"name":"x","lockfileVersion":3,"packages":{"":{"affected":[],"modified":""}}})",
        R"({"type":"bundle","id":"bundle--1","objects":[{"modified":"x","affected":1}]})",
        R"({"dataType":"CVE_RECORD","containers":{"cna":{"affected":[]}}})", "", "[]",
        "affected"}) {
    EXPECT_FALSE(recognises(foreign)) << foreign;
  }
}

TEST(Osv, RealExports) {
  if (feeds::real_feed("osv").empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  for (const char* ecosystem : {"AlmaLinux", "Go", "PyPI", "crates.io", "Maven", "Debian"}) {
    const std::string path = feeds::real_feed("osv/" + std::string(ecosystem) + "/all.zip");
    if (!path.empty()) feeds::read_real(feed(), path, sink, documents);
  }
  EXPECT_EQ(documents, 13776U);
  EXPECT_EQ(sink.statements, 79900U);
  EXPECT_EQ(sink.withdrawn, 37U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::osv
