#include "api/patterns.h"

#include <gtest/gtest.h>

#include <string>

namespace vigil::api {
namespace {

const std::string kHex32 = "0123456789abcdef0123456789abcdef";
const std::string kHex64 = kHex32 + kHex32;

struct Sample {
  const char* pattern;
  std::string value;
  bool matches;
};

const Sample kSamples[] = {
    {"account", "123456789012", true},
    {"account", "12345678901", false},
    {"account", "1234567890123", false},
    {"account", "12345678901a", false},
    {"account", "", false},
    {"finding-arn", "arn:aws:inspector2:us-east-1:123456789012:finding/" + kHex32, true},
    {"finding-arn", "arn:aws-cn:inspector2:cn-north-1:123456789012:finding/" + kHex32, true},
    {"finding-arn", "arn:aws-us-gov:inspector2:us-gov-west-1:123456789012:finding/" + kHex32, true},
    {"finding-arn", "arn::inspector2:us-east-1:123456789012:finding/" + kHex32, true},
    {"finding-arn", "arn:aws:inspector2:us-gov-1:123456789012:finding/" + kHex32, true},
    {"finding-arn", "arn:aws:inspector2:us-east-12:123456789012:finding/" + kHex32, false},
    {"finding-arn", "arn:aws:inspector2:us-east-1:12345678901:finding/" + kHex32, false},
    {"finding-arn", "arn:aws:inspector2:us-east-1:123456789012:finding/" + kHex32 + "0", false},
    {"finding-arn", "arn:aws:inspector2:us-east-1:123456789012:finding/x" + kHex32.substr(1),
     false},
    {"finding-arn", "arn:aws:inspector2:us-east-1:123456789012:finding/' OR 1=1 --", false},
    {"cve", "CVE-2024-6119", true},
    {"cve", "CVE-1999-0001", true},
    {"cve", "CVE-2024-1234567890", true},
    {"cve", "CVE-2024-12345678901", false},
    {"cve", "CVE-3024-6119", false},
    {"cve", "cve-2024-6119", false},
    {"cve", "CVE-2024-", false},
    {"cve", "GHSA-xxxx-yyyy-zzzz", false},
    {"tag-key", "team", true},
    {"tag-key", "vigil:expires", true},
    {"tag-key", "a+b-c=d.e_f:g/h", true},
    {"tag-key", "9", true},
    {"tag-key", "aws:cloudformation", false},
    {"tag-key", "has blank", false},
    {"tag-key", "", false},
    {"tag-key", "quote'", false},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/app", true},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/team/app-1.2_x/sha256:" + kHex64,
     true},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/app/sha256:" + kHex32, false},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/App", false},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/app--x", false},
    {"ecr-arn", "arn:aws:ecr:us-east-1:12345678901:repository/app", false},
    {"ecr-arn", "arn:aws:ecs:us-east-1:123456789012:repository/app", false},
    {"ecr-arn", "arn:aws:ecr:us-east-1:123456789012:repository/", false},
};

TEST(Patterns, DecideAsTheirTextSays) {
  for (const Sample& sample : kSamples) {
    const Pattern* pattern = find_pattern(sample.pattern);
    ASSERT_NE(pattern, nullptr) << sample.pattern;
    EXPECT_EQ(pattern->matches(sample.value), sample.matches)
        << sample.pattern << " " << sample.value;
  }
}

TEST(Patterns, EachHasSamplesOfBothKinds) {
  for (const Pattern& pattern : patterns()) {
    int matching = 0;
    int refused = 0;
    for (const Sample& sample : kSamples) {
      if (pattern.name == sample.pattern) ++(sample.matches ? matching : refused);
    }
    EXPECT_GT(matching, 0) << pattern.name;
    EXPECT_GT(refused, 0) << pattern.name;
  }
}

}  // namespace
}  // namespace vigil::api
