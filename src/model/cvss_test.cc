#include "model/cvss.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace vigil::model {
namespace {

using ::testing::HasSubstr;

Cvss parsed(std::string_view text) {
  Result<Cvss> cvss = parse_cvss(text);
  EXPECT_TRUE(cvss) << text << ": " << (cvss ? "" : cvss.error().text());
  if (!cvss) return *parse_cvss("AV:N/AC:L/Au:N/C:N/I:N/A:N");
  return *cvss;
}

struct BaseCase {
  const char* what;
  const char* vector;
  double base;
};

void expect_base(const std::vector<BaseCase>& cases) {
  for (const BaseCase& c : cases) {
    EXPECT_DOUBLE_EQ(parsed(c.vector).scores().base, c.base) << c.what << " " << c.vector;
    EXPECT_DOUBLE_EQ(parsed(c.vector).scores().overall, c.base) << c.what;
  }
}

// The worked examples of the version 2.0 guide, section 3.3.
TEST(CvssV2, GuideExamples) {
  struct Case {
    const char* vector;
    double base, temporal, environmental;
  };
  const Case cases[] = {
      // CVE-2002-0392, Apache chunked encoding, at the most and the least it can mean
      {"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 7.8, 6.4, 9.2},
      {"AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:N/TD:N/CR:M/IR:M/AR:H", 7.8, 6.4, 0.0},
      // CVE-2003-0818, Microsoft ASN.1
      {"AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L", 10.0, 8.3, 9.0},
      // CVE-2003-0062, NOD32
      {"AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M", 6.2, 4.9, 7.5},
  };
  for (const Case& c : cases) {
    const CvssScores scores = parsed(c.vector).scores();
    EXPECT_DOUBLE_EQ(scores.base, c.base) << c.vector;
    EXPECT_EQ(scores.temporal, c.temporal) << c.vector;
    EXPECT_EQ(scores.environmental, c.environmental) << c.vector;
    EXPECT_DOUBLE_EQ(scores.overall, c.environmental) << c.vector;
  }
}

// FIRST, "CVSS v3.1 Examples".
TEST(CvssV3, PublishedExamples) {
  expect_base({
      {"CVE-2013-1937", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1},
      {"CVE-2013-0375", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4},
      {"CVE-2014-3566", "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1},
      {"CVE-2012-1516", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9},
      {"CVE-2009-0783", "CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2},
      {"CVE-2012-0384", "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8},
      {"CVE-2015-1098", "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8},
      {"CVE-2014-0160", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5},
      {"CVE-2014-6271", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8},
      {"CVE-2008-1447", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8},
      {"CVE-2014-2005", "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8},
      {"CVE-2010-0467", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8},
      {"CVE-2013-6014", "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3},
      {"CVE-2014-9253", "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N", 5.4},
      {"CVE-2011-1265", "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.8},
      {"CVE-2014-2019", "CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6},
      {"CVE-2014-0224", "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", 7.4},
      {"CVE-2012-5376", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H", 9.6},
      {"no impact", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N", 0.0},
  });
}

TEST(CvssV3, TemporalAndEnvironmental) {
  const CvssScores scores =
      parsed("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/MAV:P").scores();
  EXPECT_DOUBLE_EQ(scores.base, 9.8);
  EXPECT_EQ(scores.temporal, 9.0);       // 9.8 x 0.91 = 8.918
  EXPECT_EQ(scores.environmental, 6.2);  // 6.8 x 0.91 = 6.188
  EXPECT_DOUBLE_EQ(scores.overall, 6.2);
}

TEST(CvssV3, NotDefinedIsAsNotGiven) {
  const Cvss cvss = parsed("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/MAV:X/CR:X");
  EXPECT_FALSE(cvss.scores().temporal);
  EXPECT_FALSE(cvss.scores().environmental);
  EXPECT_EQ(cvss.text(), "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
}

TEST(CvssV3, ModifiedImpactOfChangedScopeDiffersBetweenVersions) {
  const std::string metrics =
      "AV:P/AC:H/PR:L/UI:R/S:U/C:L/I:H/A:H/E:H/RL:U/RC:U/CR:H/IR:H/AR:H/MS:C";
  // miss 0.915: 7.52 x 0.886 - 3.25 x 0.895^15 = 6.0470 against - 3.25 x 0.8703865^13 = 6.1265
  EXPECT_EQ(parsed("CVSS:3.0/" + metrics).scores().environmental, 6.4);
  EXPECT_EQ(parsed("CVSS:3.1/" + metrics).scores().environmental, 6.5);
}

// Products that are exact tenths in decimal, but not in binary fractions, are not rounded up twice.
TEST(CvssV3, ExactTenthsStay) {
  // 10.0 x 0.97 x 1.0 = 9.7; 10.0 x 0.95 = 9.5; 5.0 x 0.96 = 4.8
  for (const std::string version : {"CVSS:3.0/", "CVSS:3.1/"}) {
    const std::string top = version + "AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H";
    EXPECT_EQ(parsed(top + "/E:F").scores().temporal, 9.7) << version;
    EXPECT_EQ(parsed(top + "/RL:O").scores().temporal, 9.5) << version;
    EXPECT_EQ(parsed(top + "/E:P").scores().temporal, 9.4) << version;
  }
}

// FIRST, "CVSS v4.0 Examples".
TEST(CvssV4, PublishedExamples) {
  expect_base({
      {"CVE-2022-41741", "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 8.5},
      {"CVE-2020-3549", "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7},
      {"CVE-2023-3089", "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3},
      {"CVE-2021-44714", "CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6},
      {"CVE-2022-21830", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1},
      {"CVE-2022-22186", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 6.9},
      {"CVE-2023-21989", "CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9},
      {"CVE-2020-3947", "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 9.3},
      {"CVE-2013-6014", "CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:H", 6.4},
      {"all", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0},
      {"none", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0},
  });
}

TEST(CvssV4, ThreatLowersTheScore) {
  const CvssScores scores =
      parsed("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U").scores();
  EXPECT_DOUBLE_EQ(scores.base, 7.7);
  EXPECT_EQ(scores.temporal, 5.2);
  EXPECT_FALSE(scores.environmental);
  EXPECT_DOUBLE_EQ(scores.overall, 5.2);
}

TEST(CvssV4, EnvironmentIsScoredFromModifiedMetrics) {
  const CvssScores scores = parsed(
                                "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N"
                                "/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L")
                                .scores();
  EXPECT_DOUBLE_EQ(scores.base, 8.3);
  EXPECT_EQ(scores.environmental, 8.1);
}

TEST(CvssV4, SupplementalMetricsDoNotChangeTheScore) {
  const std::string base = "CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N";
  const CvssScores scores = parsed(base + "/S:P/AU:Y/R:I/V:D/RE:L/U:Amber").scores();
  EXPECT_DOUBLE_EQ(scores.base, 8.3);
  EXPECT_FALSE(scores.environmental);
  EXPECT_EQ(parsed(base + "/S:P/V:D").text(), base + "/S:P/V:D");
}

// Every base vector of every version: the sum of all scores in tenths and how many fall into each
// band, as an independent calculator gives them.
struct Space {
  std::string prefix;
  std::vector<std::pair<std::string, std::string>> metrics;
};
struct Tally {
  int vectors = 0;
  long tenths = 0;
  std::array<int, 5> bands{};
  bool operator==(const Tally&) const = default;
};

void tally(Cvss& cvss, const Space& space, std::size_t depth, Tally& out) {
  if (depth == space.metrics.size()) {
    const long tenths = std::lround(cvss.scores().base * 10);
    ++out.vectors;
    out.tenths += tenths;
    ++out.bands[tenths == 0 ? 0 : tenths < 40 ? 1 : tenths < 70 ? 2 : tenths < 90 ? 3 : 4];
    return;
  }
  for (const char value : space.metrics[depth].second) {
    ASSERT_TRUE(cvss.set(space.metrics[depth].first, std::string(1, value)));
    tally(cvss, space, depth + 1, out);
  }
}

Tally tally(const Space& space) {
  std::string first;
  for (const auto& [metric, values] : space.metrics) {
    first += (first.empty() ? "" : "/") + metric + ":" + values.front();
  }
  Cvss cvss = parsed(space.prefix + first);
  Tally out;
  tally(cvss, space, 0, out);
  return out;
}

TEST(Cvss, EveryBaseVector) {
  const std::vector<std::pair<std::string, std::string>> v3 = {
      {"AV", "NALP"}, {"AC", "LH"}, {"PR", "NLH"}, {"UI", "NR"},
      {"S", "UC"},    {"C", "HLN"}, {"I", "HLN"},  {"A", "HLN"}};
  EXPECT_EQ(tally({"",
                   {{"AV", "LAN"},
                    {"AC", "HML"},
                    {"Au", "MSN"},
                    {"C", "NPC"},
                    {"I", "NPC"},
                    {"A", "NPC"}}}),
            (Tally{729, 38007, {27, 134, 441, 112, 15}}));
  EXPECT_EQ(tally({"CVSS:3.0/", v3}), (Tally{2592, 142706, {96, 416, 1464, 555, 61}}));
  EXPECT_EQ(tally({"CVSS:3.1/", v3}), (Tally{2592, 142706, {96, 416, 1464, 555, 61}}));
  EXPECT_EQ(tally({"CVSS:4.0/",
                   {{"AV", "NALP"},
                    {"AC", "LH"},
                    {"AT", "NP"},
                    {"PR", "NLH"},
                    {"UI", "NPA"},
                    {"VC", "HLN"},
                    {"VI", "HLN"},
                    {"VA", "HLN"},
                    {"SC", "HLN"},
                    {"SI", "HLN"},
                    {"SA", "HLN"}}}),
            (Tally{104976, 5964883, {144, 15438, 57559, 29278, 2557}}));
}

TEST(CvssParse, KnowsTheVersion) {
  EXPECT_EQ(parsed("AV:N/AC:L/Au:N/C:C/I:C/A:C").version(), CvssVersion::V20);
  EXPECT_EQ(parsed("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").version(), CvssVersion::V30);
  EXPECT_EQ(parsed("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").version(), CvssVersion::V31);
}

TEST(CvssParse, TakesWhatSourcesWrite) {
  for (const char* text : {"(AV:N/AC:L/Au:N/C:C/I:C/A:C)", " AV:N/AC:L/Au:N/C:C/I:C/A:C\r\n",
                           "CVSS2#AV:N/AC:L/Au:N/C:C/I:C/A:C",
                           "CVSS:2.0/AV:N/AC:L/Au:N/C:C/I:C/A:C", "AC:L/AV:N/C:C/Au:N/I:C/A:C"}) {
    EXPECT_EQ(parsed(text).text(), "AV:N/AC:L/Au:N/C:C/I:C/A:C") << text;
  }
}

TEST(CvssParse, PrintsInTheOrderOfTheSpecification) {
  EXPECT_EQ(parsed("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N/MAV:P/RC:C/E:U").text(),
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/RC:C/MAV:P");
}

TEST(CvssParse, ErrorsNameTheMetric) {
  struct Case {
    const char* text;
    const char* says;
  };
  const Case cases[] = {
      {"", "empty"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", "the mandatory metric 'A' is missing"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:C", "the metric 'A' has no value 'C'"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:", "the metric 'A' has no value ''"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/", "nothing"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N//S:U/C:H/I:H/A:H", "nothing"},
      {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/AV:N", "'AV' is given twice"},
      {"CVSS:3.1/AV:N/AC:L/Au:N/C:C/I:C/A:C", "CVSS 3.1 has no metric 'Au'"},
      {"CVSS:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h", "CVSS 3.1 has no metric 'av'"},
      {"CVSS:3.1/AV:n/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "the metric 'AV' has no value 'n'"},
      {"cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "has no metric 'cvss'"},
      {"CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "unknown CVSS version '3.2'"},
      {"CVSS:", "unknown CVSS version ''"},
      {"AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS 2.0 has no metric 'PR'"},
      {"(AV:N/AC:L/Au:N/C:C/I:C/A:C", "CVSS 2.0 has no metric '(AV'"},
      {"CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H",
       "the metric 'AV' stands after 'AC'"},
      {"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:S/SA:H",
       "the metric 'SI' has no value 'S'"},
      {"garbage", "'garbage' is not of the form METRIC:VALUE"},
  };
  for (const Case& c : cases) {
    const Result<Cvss> cvss = parse_cvss(c.text);
    ASSERT_FALSE(cvss) << c.text;
    EXPECT_THAT(cvss.error().text(), HasSubstr(c.says)) << c.text;
  }
  EXPECT_EQ(parse_cvss(std::string(100'000, 'A')).error().code, ErrorCode::TooLarge);
}

TEST(Cvss, GetAndSetSingleMetrics) {
  Cvss cvss = parsed("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
  EXPECT_EQ(cvss.get("AV"), "N");
  EXPECT_EQ(cvss.get("MAV"), "X");
  EXPECT_EQ(cvss.get("Au"), "");
  EXPECT_FALSE(cvss.defines("MAV"));
  EXPECT_EQ(cvss.effective("AV"), "N");
  ASSERT_TRUE(cvss.set("MAV", "P"));
  EXPECT_EQ(cvss.effective("AV"), "P");
  EXPECT_TRUE(cvss.defines("MAV"));
  ASSERT_TRUE(cvss.set("MAV", "X"));
  EXPECT_EQ(cvss.text(), "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
  EXPECT_THAT(cvss.set("MAV", "Q").error().text(), HasSubstr("'MAV' has no value 'Q'"));
  EXPECT_FALSE(cvss.set("MAT", "N"));
  EXPECT_FALSE(cvss.set("AV", "X"));  // a base metric cannot be left open
}

TEST(Cvss, Ratings) {
  EXPECT_EQ(cvss_rating(CvssVersion::V31, 0.0), "NONE");
  EXPECT_EQ(cvss_rating(CvssVersion::V31, 0.1), "LOW");
  EXPECT_EQ(cvss_rating(CvssVersion::V31, 3.9), "LOW");
  EXPECT_EQ(cvss_rating(CvssVersion::V30, 4.0), "MEDIUM");
  EXPECT_EQ(cvss_rating(CvssVersion::V40, 7.0), "HIGH");
  EXPECT_EQ(cvss_rating(CvssVersion::V40, 9.0), "CRITICAL");
  EXPECT_EQ(cvss_rating(CvssVersion::V20, 0.0), "LOW");
  EXPECT_EQ(cvss_rating(CvssVersion::V20, 10.0), "HIGH");
}

}  // namespace
}  // namespace vigil::model
