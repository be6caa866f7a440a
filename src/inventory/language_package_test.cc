#include "inventory/language_package.h"

#include <gtest/gtest.h>

namespace vigil::inventory {
namespace {

TEST(LanguagePackage, PurlAndManagerFollowFromEcosystemAndFile) {
  struct Case {
    std::string_view ecosystem, name, version;
    std::string path;
    std::string_view purl, manager;
  };
  const Case kCases[] = {
      {"npm", "@babel/core", "7.0.0", "/a/yarn.lock", "pkg:npm/%40babel/core@7.0.0", "YARN"},
      {"npm", "lodash", "4.17.20", "/a/node_modules/lodash/package.json", "pkg:npm/lodash@4.17.20",
       "NODEPKG"},
      {"Maven", "org.a:b", "1", "/x.jar", "pkg:maven/org.a/b@1", "JAR"},
      {"Go", "github.com/A/b", "v1.2.3", "/go.mod", "pkg:golang/github.com/a/b@v1.2.3", "GOMOD"},
      {"PyPI", "Foo_Bar", "1", "/x.dist-info/METADATA", "pkg:pypi/foo-bar@1", "PYTHONPKG"},
      {"SwiftURL", "https://github.com/a/b.git", "1", "/Package.resolved",
       "pkg:swift/github.com/a/b@1", ""},
      {"conda", "numpy", "1.26.0", "/x.json", "pkg:conda/numpy@1.26.0", ""},
  };
  for (const Case& one : kCases) {
    const model::Package package =
        language_package(one.ecosystem, one.name, one.version, one.path, 7);
    EXPECT_EQ(package.package_url, one.purl);
    EXPECT_EQ(package.manager, one.manager) << one.purl;
    EXPECT_EQ(package.ecosystem, one.ecosystem);
    EXPECT_EQ(package.name, one.name);
    ASSERT_EQ(package.locations.size(), 1U);
    EXPECT_EQ(package.locations[0].line, 7U);
  }
}

TEST(LanguagePackage, AQualifierIsAddedInItsPlace) {
  model::Package package = language_package("Maven", "g:a", "1", "/x.jar");
  add_qualifier(package, "type", "war");
  add_qualifier(package, "classifier", "all");
  add_qualifier(package, "empty", "");
  EXPECT_EQ(package.package_url, "pkg:maven/g/a@1?classifier=all&type=war");
}

}  // namespace
}  // namespace vigil::inventory
