#include "inventory/npm_names.h"

#include <gtest/gtest.h>

namespace vigil::inventory {
namespace {

TEST(NpmNames, DescriptorsAreSplitBehindTheScope) {
  const struct {
    const char* text;
    const char* name;
    const char* range;
  } cases[] = {{"lodash@^4.0.0", "lodash", "^4.0.0"},     {"@babel/core@7", "@babel/core", "7"},
               {"npm:@babel/core@7", "@babel/core", "7"}, {"a@npm:b@1.0.0", "a", "npm:b@1.0.0"},
               {"@scope/name", "@scope/name", ""},        {"", "", ""}};
  for (const auto& one : cases) {
    EXPECT_EQ(split_npm_descriptor(one.text).name, one.name) << one.text;
    EXPECT_EQ(split_npm_descriptor(one.text).range, one.range) << one.text;
  }
}

TEST(NpmNames, ATarballTellsItsPackage) {
  const struct {
    const char* url;
    const char* name;
  } cases[] = {{"https://registry.example.org/lodash/-/lodash-4.17.21.tgz", "lodash"},
               {"https://registry.example.org/@babel/core/-/core-7.0.0.tgz#abc", "@babel/core"},
               {"https://registry.example.org/@babel%2fcore/-/core-7.0.0.tgz?x", "@babel/core"},
               {"https://example.org/npm/lodash/-/other-1.0.0.tgz", ""},
               {"https://codeload.example.org/a/b/tar.gz/abc", ""},
               {"file:lodash-1.0.0.tgz", ""},
               {"/-/", ""},
               {"http/-/-1.tgz", ""}};
  for (const auto& one : cases) EXPECT_EQ(npm_name_of_tarball(one.url), one.name) << one.url;
}

TEST(NpmNames, ExactVersions) {
  for (const char* text : {"1.2.3", "=1.2.3", "v1.2.3", "1.2.3-rc.1+build", " 1.2.3 "}) {
    EXPECT_TRUE(is_exact_npm_version(text)) << text;
  }
  for (const char* text : {"^1.2.3", "~1.2.3", "1.2", "1.2.x", "*", "", "latest", "1.2.3 - 2.0.0",
                           "1.2.3 || 2.0.0", ">=1.2.3", "npm:a@1.2.3", "file:1.2.3"}) {
    EXPECT_FALSE(is_exact_npm_version(text)) << text;
  }
}

TEST(NpmNames, LicencesOfEveryAge) {
  const struct {
    const char* package;
    const char* license;
  } cases[] = {{R"({"license": "MIT"})", "MIT"},
               {R"({"license": {"type": "ISC", "url": "x"}})", "ISC"},
               {R"({"licenses": [{"type": "MIT"}, "GPL-2.0"]})", "MIT OR GPL-2.0"},
               {R"({})", ""}};
  for (const auto& one : cases) {
    base::JsonParser parser;
    const auto root = parser.parse(one.package);
    ASSERT_TRUE(root);
    EXPECT_EQ(npm_license(*root), one.license) << one.package;
  }
}

}  // namespace
}  // namespace vigil::inventory
