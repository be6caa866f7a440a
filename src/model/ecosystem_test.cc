#include "model/ecosystem.h"

#include <gtest/gtest.h>

#include <string_view>

namespace vigil::model {
namespace {

TEST(Ecosystem, SplitsAtTheFirstColon) {
  struct Case {
    std::string_view text, family, release;
  };
  const Case cases[] = {
      {"PyPI", "PyPI", ""},
      {"Debian:12", "Debian", "12"},
      {"Rocky Linux:9", "Rocky Linux", "9"},
      {"Ubuntu:Pro:18.04:LTS", "Ubuntu", "Pro:18.04:LTS"},
      {"Packagist:https://packages.drupal.org/8", "Packagist", "https://packages.drupal.org/8"},
      {"", "", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(split_ecosystem(c.text).family, c.family);
    EXPECT_EQ(split_ecosystem(c.text).release, c.release);
  }
}

TEST(Ecosystem, NormalSpelling) {
  struct Case {
    std::string_view written, normal;
  };
  const Case cases[] = {
      {"Ubuntu:22.04:LTS", "Ubuntu:22.04"},
      {"Ubuntu:23.10", "Ubuntu:23.10"},
      {"Ubuntu:Pro:18.04:LTS", "Ubuntu:Pro:18.04"},
      {"Ubuntu:Pro:FIPS-updates:22.04:LTS", "Ubuntu:Pro:FIPS-updates:22.04"},
      {"Alpine:v3.21", "Alpine:v3.21"},
      {"Alpine:3.21", "Alpine:v3.21"},
      {"Alpine:edge", "Alpine:edge"},
      {"Debian", "Debian"},
      {"debian:12", "Debian:12"},
      {"Rocky Linux:9", "Rocky Linux:9"},
      {"Red Hat:rhel_eus:9.2::appstream", "Red Hat:rhel_eus:9.2::appstream"},
      {"Packagist:https://packages.drupal.org/8", "Packagist:https://packages.drupal.org/8"},
      {"pypi", "PyPI"},
      {"kubernetes", "kubernetes"},
      {" Ubuntu : 22.04 :LTS:LTS", "Ubuntu:22.04"},
      {"Debian:", "Debian"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(normal_ecosystem(c.written), c.normal);
    EXPECT_EQ(normal_ecosystem(c.normal), c.normal) << "not idempotent";
  }
}

TEST(Ecosystem, FromAndToPackageUrls) {
  struct Case {
    std::string_view purl, family, name;
  };
  const Case cases[] = {
      {"pkg:deb/debian/curl@1", "Debian", "curl"},
      {"pkg:deb/ubuntu/curl@1", "Ubuntu", "curl"},
      {"pkg:deb/curl@1?distro=debian-12", "Debian", "curl"},
      {"pkg:deb/raspbian/curl@1", "", "curl"},
      {"pkg:apk/alpine/curl@1", "Alpine", "curl"},
      {"pkg:apk/wolfi/curl@1", "Wolfi", "curl"},
      {"pkg:rpm/rocky/curl@1", "Rocky Linux", "curl"},
      {"pkg:rpm/redhat/curl@1", "Red Hat", "curl"},
      {"pkg:pypi/django@1", "PyPI", "django"},
      {"pkg:npm/%40angular/core@1", "npm", "@angular/core"},
      {"pkg:npm/JSONStream@1", "npm", "JSONStream"},
      {"pkg:golang/github.com/Masterminds/semver@1", "Go", "github.com/Masterminds/semver"},
      {"pkg:maven/org.example/a@1", "Maven", "org.example:a"},
      {"pkg:composer/drupal/core@1", "Packagist", "drupal/core"},
      {"pkg:cargo/rand@1", "crates.io", "rand"},
      {"pkg:gem/rails@1", "RubyGems", "rails"},
      {"pkg:nuget/A.B@1", "NuGet", "A.B"},
      {"pkg:hex/jason@1", "Hex", "jason"},
      {"pkg:pub/http@1", "Pub", "http"},
      {"pkg:swift/github.com/vapor/vapor@1", "SwiftURL", "github.com/vapor/vapor"},
      {"pkg:github/actions/checkout@4", "GitHub Actions", "actions/checkout"},
      {"pkg:generic/openssl@1", "", "openssl"},
  };
  for (const Case& c : cases) {
    const Result<PackageUrl> purl = parse_package_url(c.purl);
    ASSERT_TRUE(purl) << c.purl;
    EXPECT_EQ(ecosystem_of_purl(*purl), c.family) << c.purl;
    EXPECT_EQ(name_of_purl(*purl), c.name) << c.purl;
  }
  EXPECT_EQ(purl_type_of_ecosystem("Debian:12"), "deb");
  EXPECT_EQ(purl_namespace_of_ecosystem("Rocky Linux:9"), "rocky");
  EXPECT_EQ(purl_type_of_ecosystem("PyPI"), "pypi");
  EXPECT_EQ(purl_namespace_of_ecosystem("PyPI"), "");
  EXPECT_EQ(purl_type_of_ecosystem("Linux"), "");
}

}  // namespace
}  // namespace vigil::model
