#include "intel/feeds/testing.h"

namespace vigil::intel::epss {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Epss, TheLayoutsOfTheYears) {
  struct Case {
    const char* text;
    double percentile;
    const char* date;
  };
  const Case cases[] = {
      {"cve,epss\nCVE-2020-5902,0.65117\n", 0, ""},
      {"cve,epss,percentile\nCVE-2020-5902,0.65117,0.9981\n", 0.9981, ""},
      {"#model_version:v2022.01.01,score_date:2022-02-04T00:00:00+0000\ncve,epss,percentile\n"
       "CVE-2020-5902,0.65117,0.9981\n",
       0.9981, "2022-02-04"},
      {"\xEF\xBB\xBF#model_version:unknown,score_date:2022-02-04T00:00:00+0000\r\n"
       "cve,epss,percentile\r\nCVE-2020-5902,0.65117,0.9981",
       0.9981, "2022-02-04"},
  };
  for (const Case& one : cases) {
    const Collected read = read_text(feed(), one.text);
    ASSERT_EQ(read.all_facts.size(), 1U) << one.text;
    EXPECT_EQ(read.all_facts[0].details.id, "CVE-2020-5902");
    EXPECT_EQ(read.all_facts[0].details.epss->score, 0.65117);
    EXPECT_EQ(read.all_facts[0].details.epss->percentile, one.percentile);
    EXPECT_EQ(read.all_facts[0].details.epss->date, one.date);
  }
  EXPECT_EQ(read_text(feed(), cases[2].text).date, 1643932800);
}

TEST(Epss, RowsThatAreNoneAreProblems) {
  const Collected read =
      read_text(feed(),
                "cve,epss,percentile\nCVE-2020-5902,1.5,0.1\nCVE-2020-5902,0.5\n"
                "GHSA-1,0.5,0.5\nCVE-2020-5902,nan,0.1\nCVE-2020-5902,0.5,x\n\n");
  EXPECT_EQ(read.problems.size(), 5U);
  EXPECT_TRUE(read.all_facts.empty());
}

TEST(Epss, WithoutAHeaderItIsSomethingElse) {
  EXPECT_THAT(feeds::error_of(feed(), "a,b\n1,2\n"), HasSubstr("header"));
  EXPECT_THAT(feeds::error_of(feed(), ""), HasSubstr("header"));
  EXPECT_THAT(feeds::error_of(feed(), "cve,epss\n" + std::string(1U << 20U, 'x')),
              HasSubstr("longer than"));
}

TEST(Epss, RecognisesByItsHeader) {
  EXPECT_TRUE(feed().recognises("#model_version:v1,score_date:x\ncve,epss,percentile\n", ""));
  EXPECT_TRUE(feed().recognises("cve,epss\r\n", ""));
  EXPECT_FALSE(feed().recognises("cve,epss,other\n", ""));
}

TEST(Epss, RealScores) {
  const std::string path = feeds::real_feed("epss/epss_scores-2026-08-15.csv.gz");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(sink.facts_count, 360'142U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::epss
