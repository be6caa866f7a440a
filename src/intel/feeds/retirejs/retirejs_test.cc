#include "intel/feeds/testing.h"

namespace vigil::intel::retirejs {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string library(std::string_view entries, std::string_view more = "") {
  return R"({"lib":{)" + std::string(more) + R"("vulnerabilities":[)" + std::string(entries) +
         "]}}";
}

std::vector<std::string> statements(const std::string& text) {
  const Collected read = read_text(feed(), text);
  std::vector<std::string> lines;
  for (const Statement& statement : read.statements) {
    lines.push_back(statement.vulnerability + " " + statement.package + " " + ranges_of(statement));
  }
  return lines;
}

TEST(RetireJs, AnEntryIsAStatementPerCve) {
  EXPECT_THAT(statements(library(R"({"atOrAbove":"1.0.0","below":"1.2.0",
        "identifiers":{"CVE":["CVE-2020-0001","CVE-2020-0002"],"githubID":"GHSA-aaaa-bbbb-cccc"}})")),
              ElementsAre("CVE-2020-0001 lib [1.0.0,1.2.0)", "CVE-2020-0002 lib [1.0.0,1.2.0)"));
}

TEST(RetireJs, OneCveAndGithubsIdAreTheSame) {
  const Collected read = read_text(feed(), library(R"({"below":"1.2.0","severity":"medium",
      "cwe":["CWE-79"],"identifiers":{"CVE":["CVE-2020-0001"],"githubID":"GHSA-aaaa-bbbb-cccc",
      "summary":"XSS"},"info":["https://example.org/a"]})"));
  ASSERT_EQ(read.all_facts.size(), 1U);
  const model::Vulnerability& details = read.all_facts[0].details;
  EXPECT_EQ(details.id, "CVE-2020-0001");
  EXPECT_THAT(details.aliases, ElementsAre("GHSA-aaaa-bbbb-cccc"));
  EXPECT_THAT(details.cwes, ElementsAre("CWE-79"));
  EXPECT_EQ(details.title, "XSS");
  EXPECT_EQ(details.vendor_severities.at(0).word, "medium");
  EXPECT_EQ(read.statements.at(0).state, model::FixState::Fixed);
}

TEST(RetireJs, WithoutAnIdItGetsOneThatLasts) {
  const auto id_of = [](std::string_view rest) {
    const Collected read =
        read_text(feed(), library(R"({"below":"1.2.0",)" + std::string(rest) + "}"));
    return read.all_facts.at(0).details.id;
  };
  EXPECT_EQ(id_of(R"("identifiers":{"githubID":"GHSA-aaaa-bbbb-cccc"})"), "GHSA-aaaa-bbbb-cccc");
  EXPECT_EQ(id_of(R"("identifiers":{"retid":"73","issue":"1"})"), "RETIREJS-73");
  EXPECT_EQ(id_of(R"("identifiers":{"issue":"11974"})"), "RETIREJS-lib-issue-11974");
  EXPECT_EQ(id_of(R"("identifiers":{"osvdb":["94317"]})"), "RETIREJS-lib-osvdb-94317");
  EXPECT_EQ(id_of(R"("identifiers":{"CVE":["CVE-XXXX-XXXX"],"bug":"12"})"), "RETIREJS-lib-bug-12");
  EXPECT_EQ(id_of(R"("info":["https://nodesecurity.io/advisories/13"])"), "NSWG-ECO-13");
  EXPECT_EQ(id_of(R"("identifiers":{"summary":"a flaw"})"),
            id_of(R"("identifiers":{"summary":"a flaw"})"));
  EXPECT_NE(id_of(R"("identifiers":{"summary":"a flaw"})"),
            id_of(R"("identifiers":{"summary":"b"})"));
}

TEST(RetireJs, APackageIsWhatNpmCallsIt) {
  const std::string entry = R"({"below":"1.0.0","identifiers":{"retid":"1"}})";
  EXPECT_THAT(statements(library(entry, R"("npmname":"angular",)")),
              ElementsAre("RETIREJS-1 angular [,1.0.0)"));
  EXPECT_THAT(statements(library(entry, R"("basePurl":"pkg:npm/%40a/b",)")),
              ElementsAre("RETIREJS-1 @a/b [,1.0.0)"));
  EXPECT_THAT(statements(library(entry, R"("basePurl":"pkg:github/a/b",)")), IsEmpty());
}

TEST(RetireJs, VersionsAreReadAsTheyAreMeant) {
  const auto range = [](std::string_view bounds) {
    return statements(library("{" + std::string(bounds) + R"(,"identifiers":{"retid":"1"}})"));
  };
  EXPECT_THAT(range(R"("atOrAbove":"0","below":"1.1.0-*")"),
              ElementsAre("RETIREJS-1 lib [,1.1.0-0)"));
  EXPECT_THAT(range(R"("below":"2.999.999","excludes":["1.12.4-aem"])"),
              ElementsAre("RETIREJS-1 lib [,1.12.4-aem) (1.12.4-aem,<2.999.999)"));
  EXPECT_THAT(range(R"("atOrAbove":"1.0.0")"), ElementsAre("RETIREJS-1 lib [1.0.0,)"));
  const Collected wrong =
      read_text(feed(), library(R"({"below":"~","identifiers":{"CVE":["CVE-2020-0001"]}})"));
  EXPECT_THAT(wrong.problems, ElementsAre(HasSubstr("CVE-2020-0001 lib")));
  EXPECT_THAT(wrong.statements, IsEmpty());
}

TEST(RetireJs, ItsExampleIsNone) {
  EXPECT_THAT(statements(R"({"retire-example":{"vulnerabilities":[{"below":"0.0.2"}]}})"),
              IsEmpty());
}

TEST(RetireJs, RecognisesItselfOnly) {
  const auto recognises = [](std::string_view head) { return feed().recognises(head, "x.json"); };
  EXPECT_TRUE(recognises(
      R"({ "a" : { "vulnerabilities" : [ {"below":"1"}]}, "b":{"npmname":"b","vulnerabilities":[]}})"));
  for (const char* foreign : {R"({"vulnerabilities":[{"below":"1"}]})", R"({"a":{"below":"1"}})",
                              "{}", "", R"({"a":1,"b":{"vulnerabilities":[{"below":"1"}]}})"}) {
    EXPECT_FALSE(recognises(foreign)) << foreign;
  }
}

TEST(RetireJs, RealRepositories) {
  if (feeds::real_feed("retirejs").empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  for (const char* name : {"jsrepository-v6", "npmrepository"}) {
    feeds::read_real(feed(), feeds::real_feed("retirejs/" + std::string(name) + ".json.gz"), sink,
                     documents);
  }
  EXPECT_EQ(documents, 2U);
  EXPECT_EQ(sink.statements, 1'279U);
  EXPECT_EQ(sink.problems, 10U);
}

}  // namespace
}  // namespace vigil::intel::retirejs
