#include "intel/feeds/testing.h"

namespace vigil::intel::debian_tracker {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::ranges_of;
using feeds::read_text;
using model::FixState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Collected read_release(std::string_view release, std::string_view codename = "bookworm") {
  return read_text(feed(), R"({"foo":{"CVE-2024-0001":{"description":"d","releases":{")" +
                               std::string(codename) + "\":" + std::string(release) + "}}}}");
}

struct StateCase {
  std::string_view release;
  FixState state;
  std::string_view ranges;
  std::string_view severity;
  std::string_view note;
};

class DebianTrackerState : public testing::TestWithParam<StateCase> {};

TEST_P(DebianTrackerState, FollowsTheTrackersWords) {
  const Collected read = read_release(GetParam().release);
  EXPECT_THAT(read.problems, IsEmpty());
  ASSERT_EQ(read.statements.size(), 1U);
  const Statement& statement = read.statements[0];
  EXPECT_EQ(statement.ecosystem, "Debian:12");
  EXPECT_EQ(statement.state, GetParam().state);
  EXPECT_EQ(ranges_of(statement), GetParam().ranges);
  EXPECT_EQ(statement.vendor_severity, GetParam().severity);
  EXPECT_EQ(statement.note, GetParam().note);
}

INSTANTIATE_TEST_SUITE_P(
    DebianTracker, DebianTrackerState,
    testing::Values(
        StateCase{R"({"status":"resolved","fixed_version":"1.2-3+deb12u1","urgency":"low**"})",
                  FixState::Fixed, "[,1.2-3+deb12u1)", "low", ""},
        StateCase{R"({"status":"resolved","fixed_version":"0","urgency":"unimportant"})",
                  FixState::NotAffected, "", "unimportant", ""},
        StateCase{R"({"status":"open","urgency":"not yet assigned"})", FixState::Affected, "",
                  "not yet assigned", ""},
        StateCase{R"({"status":"open","urgency":"unimportant"})", FixState::Affected, "",
                  "unimportant", ""},
        StateCase{R"({"status":"open","nodsa":"Minor issue","nodsa_reason":""})",
                  FixState::Deferred, "", "", "no-dsa: Minor issue"},
        StateCase{R"({"status":"open","nodsa":"Minor issue","nodsa_reason":"postponed"})",
                  FixState::Deferred, "", "", "postponed: Minor issue"},
        StateCase{R"({"status":"open","nodsa":"Too intrusive","nodsa_reason":"ignored"})",
                  FixState::WillNotFix, "", "", "ignored: Too intrusive"},
        StateCase{R"({"status":"open","urgency":"end-of-life"})", FixState::EndOfLife, "", "", ""},
        StateCase{R"({"status":"undetermined","urgency":"not yet assigned"})",
                  FixState::UnderInvestigation, "", "not yet assigned", ""}));

TEST(DebianTracker, CodenamesBecomeNumbers) {
  const std::pair<const char*, const char*> cases[] = {
      {"buster", "Debian:10"}, {"bullseye", "Debian:11"}, {"bookworm", "Debian:12"},
      {"trixie", "Debian:13"}, {"forky", "Debian:14"},    {"duke", "Debian:15"},
      {"sid", "Debian:sid"},   {"jessie", "Debian:8"},    {"sarge", "Debian:3.1"}};
  for (const auto& [codename, ecosystem] : cases) {
    const Collected read = read_release(R"({"status":"open"})", codename);
    EXPECT_EQ(read.statements.at(0).ecosystem, ecosystem);
  }
}

TEST(DebianTracker, UnknownReleasesAndWordsAreProblems) {
  EXPECT_THAT(read_release(R"({"status":"open"})", "zurg").problems,
              ElementsAre(HasSubstr("zurg")));
  EXPECT_THAT(read_release(R"({"status":"maybe"})").problems, ElementsAre(HasSubstr("maybe")));
  EXPECT_THAT(read_release(R"({"status":"resolved"})").problems,
              ElementsAre(HasSubstr("fixed_version")));
  EXPECT_THAT(read_text(feed(), R"({"foo":7,"bar":{"CVE-2024-0001":[]}})").problems.size(), 2U);
}

TEST(DebianTracker, FactsOncePerVulnerability) {
  const Collected read =
      read_text(feed(), R"({"a":{"CVE-2024-0001":{"description":"d","debianbug":7,"releases":{}},
                       "TEMP-0000000-AB12CD":{"releases":{}}},
                  "b":{"CVE-2024-0001":{"description":"d","releases":{}}}})");
  ASSERT_EQ(read.all_facts.size(), 2U);
  EXPECT_EQ(read.all_facts[0].details.description, "d");
  EXPECT_THAT(read.all_facts[0].details.references, ElementsAre("https://bugs.debian.org/7"));
  EXPECT_EQ(read.all_facts[1].details.id, "TEMP-0000000-AB12CD");
}

TEST(DebianTracker, ACutFileIsAnError) {
  EXPECT_THAT(feeds::error_of(feed(), R"({"a":{"CVE-2024-0001":{"releases":{}}})"),
              HasSubstr("ends in the middle"));
}

TEST(DebianTracker, RecognisesTheShape) {
  EXPECT_TRUE(
      feed().recognises(R"({"a":{"CVE-2024-0001":{"debianbug":1,"releases":{"sid":{}}}}})", ""));
  EXPECT_FALSE(feed().recognises(R"({"a":{"1.0":{"releases":{}}}})", ""));
  EXPECT_FALSE(feed().recognises(R"({"CVE-2024-0001":["1"],"releases":{}})", ""));
}

TEST(DebianTracker, RealData) {
  const std::string path = feeds::real_feed("debian/tracker-data-reconstructed.json.gz");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 1U);
  EXPECT_EQ(sink.statements, 90'385U);
  EXPECT_EQ(sink.facts_count, 37'283U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::debian_tracker
