#include "intel/feeds/alpine-secdb/identifiers.h"
#include "intel/feeds/testing.h"

namespace vigil::intel::alpine_secdb {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using model::FixState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct IdCase {
  std::string_view entry;
  std::vector<std::string> ids;
  std::vector<std::string> bad;
};

TEST(AlpineIdentifiers, AsPeopleTypeThem) {
  const IdCase cases[] = {
      {"CVE-2021-30473", {"CVE-2021-30473"}, {}},
      {"CVE-2023-44441 ZDI-CAN-22093", {"CVE-2023-44441"}, {}},
      {"CVE-2021-28687 XSA-368", {"CVE-2021-28687"}, {}},
      {"XSA-248 XSA-249", {"XSA-248", "XSA-249"}, {}},
      {"GHSA-wj6h-64fc-37mp", {"GHSA-wj6h-64fc-37mp"}, {}},
      {"CVE_2019-2426", {"CVE-2019-2426"}, {}},
      {"CVE-2017-17434-1", {"CVE-2017-17434"}, {}},
      {"CVE-2021-35940.patch", {"CVE-2021-35940"}, {}},
      {"CVE-2017-12896 (ISAKMP CVE-2000-0001)", {"CVE-2017-12896"}, {}},
      {"CVE-?-?", {}, {"CVE-?-?"}},
      {"CVE-46838", {}, {"CVE-46838"}},
      {"CVE-2022-1x34", {}, {"CVE-2022-1x34"}},
      {"N/A - partially fixed", {}, {}},
      {"", {}, {}},
  };
  for (const IdCase& one : cases) {
    const Identifiers read = read_identifiers(one.entry);
    EXPECT_EQ(read.ids, one.ids) << one.entry;
    EXPECT_EQ(read.bad, one.bad) << one.entry;
  }
}

std::string document(std::string_view head, std::string_view secfixes) {
  return "{" + std::string(head) + R"(,"packages":[{"pkg":{"name":"foo","secfixes":{)" +
         std::string(secfixes) + "}}}]}";
}

TEST(AlpineSecdb, AVersionFixesWhatStandsUnderIt) {
  const Collected read =
      read_text(feed(), document(R"("distroversion":"v3.21")",
                                 R"("1.2-r3":["CVE-2021-0001"],"0":["CVE-2021-0002"])"));
  ASSERT_EQ(read.statements.size(), 2U);
  EXPECT_EQ(read.statements[0].ecosystem, "Alpine:v3.21");
  EXPECT_EQ(read.statements[0].package, "foo");
  EXPECT_EQ(ranges_of(read.statements[0]), "[,1.2-r3)");
  EXPECT_EQ(read.statements[0].state, FixState::Fixed);
  EXPECT_EQ(read.statements[1].state, FixState::NotAffected);
  EXPECT_EQ(ranges_of(read.statements[1]), "");
}

TEST(AlpineSecdb, WolfiAndChainguardAreKnownByTheirUrls) {
  const std::string fix = R"("1.2-r3":["CVE-2021-0001"])";
  EXPECT_EQ(read_text(feed(), document(R"("urlprefix":"https://packages.wolfi.dev/os")", fix))
                .statements.at(0)
                .ecosystem,
            "Wolfi");
  EXPECT_EQ(read_text(feed(), document(R"("urlprefix":"https://packages.cgr.dev/chainguard")", fix))
                .statements.at(0)
                .ecosystem,
            "Chainguard");
  EXPECT_THAT(read_text(feed(), document(R"("urlprefix":"")", fix)).problems,
              ElementsAre(HasSubstr("which distribution")));
}

TEST(AlpineSecdb, BadVersionsAndIdsAreProblems) {
  const Collected read =
      read_text(feed(), document(R"("distroversion":"edge")",
                                 R"("1.2.-r3":["CVE-2021-0001"],"2-r0":["CVE-2022-?",7])"));
  EXPECT_THAT(read.statements, IsEmpty());
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("'1.2.-r3' is no version"),
                                         HasSubstr("'CVE-2022-?' is no identifier")));
}

TEST(AlpineSecdb, RecognisesTheShape) {
  EXPECT_TRUE(feed().recognises(document(R"("distroversion":"edge")", ""), ""));
  EXPECT_TRUE(feed().recognises(R"({"apkurl":"{{urlprefix}}","packages":[]})", ""));
  EXPECT_FALSE(feed().recognises(R"({"packages":[{"name":"a"}],"spdxVersion":"2"})", ""));
  EXPECT_FALSE(feed().recognises(R"({"packages":{"":{"secfixes":1,"pkg":2}}})", ""));
}

TEST(AlpineSecdb, RealDatabase) {
  const std::string path = feeds::real_feed("alpine/secdb.zip");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 41U);
  EXPECT_EQ(sink.not_affected, 553U);
  EXPECT_EQ(sink.problems, 44U);
}

}  // namespace
}  // namespace vigil::intel::alpine_secdb
