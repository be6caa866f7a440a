#include "score/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/source_directory_test.h"
#include "base/text.h"
#include "score/score.h"

namespace vigil::score {
namespace {

using ::testing::HasSubstr;

/// The default policy with one piece of its text replaced.
std::string changed(std::string_view from, std::string_view to) {
  std::string text(default_policy_text());
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string error_of(std::string_view json) {
  const Result<Policy> policy = parse_policy(json, "mine.json");
  return policy ? "" : policy.error().text();
}

TEST(Policy, DefaultIsValidAndHoldsItsOwnTests) {
  const Result<Policy> policy = parse_policy(default_policy_text(), "default.json");
  ASSERT_TRUE(policy) << policy.error().text();
  EXPECT_EQ(policy->name, "default");
  EXPECT_GE(policy->tests.size(), 4U);
  EXPECT_EQ(default_policy().rules.size(), policy->rules.size());
}

TEST(Policy, DefaultIsTheFileOfTheRepository) {
  const Result<Policy> policy =
      load_policy(base::source_directory() + "/share/policy/default.json");
  ASSERT_TRUE(policy) << policy.error().text();
  EXPECT_EQ(policy->name, "default");
}

TEST(Policy, CanBeReplaced) {
  const Result<Policy> policy = parse_policy(R"({
    "format": 1, "name": "images are sealed",
    "base_versions": [["4.0"], ["3.1"]], "base_sources": ["cna", "nvd"],
    "rules": [{"name": "sealed", "when": {"resource": "image"}, "if_base": {"AV": ["N"]},
               "set": {"MAV": "L"}, "reason": "Our images run without a network."}],
    "tests": [{"name": "t", "vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
               "facts": {"resource": "image"}, "score": 8.4}]
  })",
                                             "mine.json");
  ASSERT_TRUE(policy) << policy.error().text();
  const Result<Score> score =
      score_vector(*policy, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                   {.context = {.resource = ResourceKind::Image}});
  ASSERT_TRUE(score);
  ASSERT_EQ(score->adjustments.size(), 1U);
  EXPECT_EQ(score->adjustments[0].reason, "Our images run without a network.");
}

TEST(Policy, TheFirstRuleOfAMetricDecides) {
  const Result<Policy> policy = parse_policy(R"({
    "format": 1, "name": "n", "base_versions": [["3.1"]], "base_sources": ["nvd"],
    "rules": [
      {"name": "a", "when": {"exposure": "none"}, "set": {"MAV": "L"}, "reason": "A."},
      {"name": "b", "when": {"exposure": ["none", "inside"]}, "set": {"MAV": "P"}, "reason": "B."}]
  })",
                                             "mine.json");
  ASSERT_TRUE(policy) << policy.error().text();
  const Result<Score> score = score_vector(*policy, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                                           {.context = {.exposure = Exposure::None}});
  ASSERT_TRUE(score);
  ASSERT_EQ(score->adjustments.size(), 1U);
  EXPECT_EQ(score->adjustments[0].to, "L");
}

TEST(Policy, ErrorsSayWhereAndWhatMayStandThere) {
  struct Case {
    std::string json;
    const char* says;
  };
  const std::vector<Case> cases = {
      {"", "mine.json: is not valid JSON"},
      {"{", "mine.json: is not valid JSON"},
      {"[]", "mine.json: is not an object"},
      {std::string(10'000, '['), "mine.json: is not valid JSON"},
      {changed("\"format\": 1", "\"format\": 2"), "format: is not a format this version reads"},
      {changed("\"name\": \"default\",", ""), "the key 'name' is missing"},
      {changed("\"when\"", "\"whn\""), "mine.json: rules[0]: unknown key 'whn' (known are name"},
      {changed("{\"exposure\": \"none\"}", "{}"), "rules[0].when: has no condition"},
      {changed("\"exposure\": \"none\"", "\"exposure\": \"nowhere\""),
       "rules[0].when.exposure: 'nowhere' is not known (one of unknown, internet, inside, none)"},
      {changed("[\"N\", \"A\"]", "[\"N\", \"Q\"]"),
       "rules[0].if_base.AV[1]: the metric 'AV' has no value 'Q' (one of N, A, L, P)"},
      {changed("\"if_base\": {\"AV\"", "\"if_base\": {\"E\""),
       "rules[0].if_base.E: is not a base metric"},
      {changed("{\"MAV\": \"P\"}", "{\"MAV\": \"Z\"}"),
       "rules[0].set.MAV: the metric 'MAV' has no value 'Z'"},
      {changed("{\"MAV\": \"P\"}", "{\"AV\": \"P\"}"),
       "rules[0].set.AV: is a base metric, which is the publisher's (set the modified one: 'MAV')"},
      {changed("{\"MAV\": \"P\"}", "{\"MAV\": \"X\"}"), "rules[0].set.MAV: sets nothing"},
      {changed("\"set_v4\": {\"E\": \"A\"},", ""),
       "rules[5].set: cannot be set on a vector of CVSS 4.0: the metric 'E' has no value 'F'"},
      {changed("\"score\": 9.0", "\"score\": 11"), "floors[0].score: is not a number from 0 to 10"},
      {changed("\"epss_at_least\": 0.5", "\"epss_at_least\": \"high\""),
       "floors[0].when.any[1].epss_at_least: is not a number from 0 to 1"},
      {changed("\"score\": 6.2", "\"score\": 6.3"),
       "tests[0]: the test 'a private host without an open port' expects 6.3, but the policy gives "
       "6.2"},
      {changed("[\"2.0\"]", "[\"5.0\"]"), "base_versions[2][0]: '5.0' is not known"},
      {changed("\"nvd\"", "\"nist\""), "base_sources[1]: 'nist' is not known"},
      {changed("\"reason\": \"No network", "\"name\": \"No network"), "'name' is given twice"},
  };
  for (const Case& c : cases) EXPECT_THAT(error_of(c.json), HasSubstr(c.says));
}

TEST(Policy, LargeFilesAreRefused) {
  EXPECT_EQ(parse_policy(std::string(2U << 20, ' '), "mine.json").error().code,
            ErrorCode::TooLarge);
}

TEST(Policy, MissingFileIsAnError) {
  EXPECT_EQ(load_policy("/nonexistent/policy.json").error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace vigil::score
