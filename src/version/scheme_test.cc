#include "version/scheme.h"

#include <algorithm>

namespace vigil::version {
namespace {

std::string_view name_of(const Scheme* scheme) {
  return scheme == nullptr ? "" : scheme->name;
}

TEST(Schemes, AreOrderedByNameAndFoundByIt) {
  const auto schemes = all_schemes();
  ASSERT_FALSE(schemes.empty());
  EXPECT_TRUE(std::is_sorted(schemes.begin(), schemes.end(),
                             [](const Scheme* a, const Scheme* b) { return a->name < b->name; }));
  for (const Scheme* scheme : schemes) {
    EXPECT_EQ(find_scheme(scheme->name), scheme);
    EXPECT_FALSE(scheme->summary.empty()) << scheme->name;
  }
  EXPECT_EQ(find_scheme("none such"), nullptr);
}

TEST(Schemes, EveryEcosystemHasOneScheme) {
  std::vector<std::string_view> ecosystems;
  for (const Scheme* scheme : all_schemes()) {
    ecosystems.insert(ecosystems.end(), scheme->ecosystems.begin(), scheme->ecosystems.end());
  }
  std::sort(ecosystems.begin(), ecosystems.end());
  const auto twice = std::adjacent_find(ecosystems.begin(), ecosystems.end());
  EXPECT_EQ(twice, ecosystems.end()) << *twice;
}

TEST(Schemes, AreFoundByEcosystemWithOrWithoutRelease) {
  EXPECT_EQ(name_of(scheme_of_ecosystem("Debian")), "deb");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Debian:12")), "deb");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Ubuntu:Pro:18.04:LTS")), "deb");
  EXPECT_EQ(scheme_of_ecosystem(""), nullptr);
  EXPECT_EQ(scheme_of_ecosystem("Debianish:12"), nullptr);
}

TEST(Schemes, WhoPatchesOthersPackagesUsesTheirScheme) {
  EXPECT_EQ(name_of(scheme_of_ecosystem("Root:Alpine:3.18")), "apk");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Root:Debian:12")), "deb");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Root:npm")), "semver");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Echo:npm")), "semver");
  EXPECT_EQ(name_of(scheme_of_ecosystem("Echo")), "deb");
  EXPECT_EQ(scheme_of_ecosystem("Root"), nullptr);
  EXPECT_EQ(scheme_of_ecosystem("Root:"), nullptr);
}

TEST(Schemes, EveryOneRefusesAnOverlongVersion) {
  const std::string overlong(kMaximumLength + 1, '1');
  for (const Scheme* scheme : all_schemes()) {
    EXPECT_FALSE(scheme->key(overlong)) << scheme->name;
  }
}

TEST(Schemes, CompareReportsTheFirstInvalidVersion) {
  const Scheme* deb = find_scheme("deb");
  EXPECT_EQ(*compare(*deb, "1.0", "1.0-1"), std::strong_ordering::less);
  const auto failed = compare(*deb, "1.0-", ":2");
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().text(), ::testing::HasSubstr("1.0-"));
}

}  // namespace
}  // namespace vigil::version
