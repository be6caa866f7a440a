#include "source/registry/pattern.h"

#include <gtest/gtest.h>

#include <chrono>

namespace vigil::source::registry {
namespace {

TEST(RegistryPattern, Fits) {
  const struct {
    std::string_view pattern;
    std::string_view name;
    bool fits;
  } cases[] = {
      {"team/app", "team/app", true},
      {"team/app", "team/apps", false},
      {"team/*", "team/app", true},
      {"team/*", "team/a/b", true},
      {"team/*", "team/", true},
      {"team/*", "teams/app", false},
      {"*", "", true},
      {"*", "anything/at/all", true},
      {"", "", true},
      {"", "a", false},
      {"*-prod", "a-prod", true},
      {"*-prod", "a-prod-b", false},
      {"a*b*c", "a-b-b-c", true},
      {"a*b*c", "acb", false},
      {"v?.?", "v1.2", true},
      {"v?.?", "v1.10", false},
      {"?", "", false},
      {"**a**", "bab", true},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(fits_pattern(one.pattern, one.name), one.fits) << one.pattern << " " << one.name;
  }
}

TEST(RegistryPattern, NoNameMakesItSlow) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  std::string name(2'000, 'a');
  name += 'b';
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(fits_pattern(pattern, name));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
}

TEST(RegistryPattern, InAndOut) {
  const Patterns patterns = *Patterns::parse("team/*, library/nginx !*-debug");
  EXPECT_TRUE(patterns.match("team/app"));
  EXPECT_TRUE(patterns.match("library/nginx"));
  EXPECT_FALSE(patterns.match("team/app-debug"));
  EXPECT_FALSE(patterns.match("other/app"));
  EXPECT_TRUE(patterns.plain_names().empty());

  const Patterns all_but = *Patterns::parse("!*-debug");
  EXPECT_TRUE(all_but.match("a"));
  EXPECT_FALSE(all_but.match("a-debug"));
  EXPECT_TRUE(Patterns().match("a"));
  EXPECT_TRUE(Patterns().plain_names().empty());
}

TEST(RegistryPattern, PlainNamesNeedNoListing) {
  EXPECT_EQ(Patterns::parse("a/b c !x*")->plain_names(), (std::vector<std::string>{"a/b", "c"}));
  EXPECT_TRUE(Patterns::parse("a/b c*")->plain_names().empty());
}

TEST(RegistryPattern, RefusesWhatNoNameHas) {
  for (const std::string_view text : {"a b;c", "!", "[a-z]", "a\x01"}) {
    EXPECT_FALSE(Patterns::parse(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::source::registry
