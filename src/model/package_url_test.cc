#include "model/package_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace vigil::model {
namespace {

using ::testing::HasSubstr;

PackageUrl parsed(std::string_view text) {
  Result<PackageUrl> purl = parse_package_url(text);
  EXPECT_TRUE(purl) << text << ": " << (purl ? "" : purl.error().text());
  return purl ? *purl : PackageUrl{};
}

// The examples of the specification and of its types, in canonical form.
TEST(PackageUrl, CanonicalTextStaysAsItIs) {
  for (const char* text : {
           "pkg:apk/alpine/curl@7.83.0-r0?arch=x86",
           "pkg:cargo/rand@0.7.2",
           "pkg:composer/laravel/laravel@5.5.0",
           "pkg:conan/openssl.org/openssl@3.0.3?channel=stable&user=bincrafters",
           "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64",
           "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
           "pkg:gem/jruby-launcher@1.1.2?platform=java",
           "pkg:generic/openssl@1.1.10g",
           "pkg:github/package-url/purl-spec@244fd47e07d1004#everybody/loves/dogs",
           "pkg:golang/google.golang.org/genproto#googleapis/api/annotations",
           "pkg:hex/phoenix_html@2.13.3#priv/static/phoenix_html.js",
           "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=dist&type=zip",
           "pkg:npm/%40angular/animation@12.3.1",
           "pkg:nuget/EnterpriseLibrary.Common@6.0.1304",
           "pkg:oci/debian@sha256:244fd47e07d10?arch=amd64&tag=latest",
           "pkg:pub/characters@1.2.0",
           "pkg:pypi/django-allauth@12.23",
           "pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25",
           "pkg:swift/github.com/Alamofire/Alamofire@5.4.3",
       }) {
    EXPECT_EQ(parsed(text).text(), text);
    EXPECT_EQ(parsed(parsed(text).text()), parsed(text));
  }
}

TEST(PackageUrl, Components) {
  const PackageUrl purl =
      parsed("pkg:deb/debian/libc6@2.36-9%2Bdeb12u9?distro=debian-12&arch=amd64#a/b");
  EXPECT_EQ(purl.type, "deb");
  EXPECT_EQ(purl.name_space, "debian");
  EXPECT_EQ(purl.name, "libc6");
  EXPECT_EQ(purl.version, "2.36-9+deb12u9");
  EXPECT_EQ(purl.qualifier("arch"), "amd64");
  EXPECT_EQ(purl.qualifier("distro"), "debian-12");
  EXPECT_EQ(purl.qualifier("none"), "");
  EXPECT_EQ(purl.subpath, "a/b");
}

TEST(PackageUrl, TypeDecidesTheNormalForm) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"pkg:PyPI/Django_Foo..Bar@1.0", "pkg:pypi/django-foo-bar@1.0"},
      {"pkg:deb/Debian/LibC6@1", "pkg:deb/debian/libc6@1"},
      {"pkg:rpm/Fedora/ImageMagick@7", "pkg:rpm/fedora/ImageMagick@7"},
      {"pkg:composer/Laravel/Framework@5", "pkg:composer/laravel/framework@5"},
      {"pkg:golang/github.com/Masterminds/semver@v1",
       "pkg:golang/github.com/masterminds/semver@v1"},
      {"pkg:github/Package-url/PURL-Spec@1", "pkg:github/package-url/purl-spec@1"},
      {"pkg:hex/Jason@1", "pkg:hex/jason@1"},
      {"pkg:pub/Flutter-Test@1", "pkg:pub/flutter_test@1"},
      {"pkg:nuget/Newtonsoft.Json@13", "pkg:nuget/Newtonsoft.Json@13"},
      {"pkg:maven/Org.Example/Art_ifact@1", "pkg:maven/Org.Example/Art_ifact@1"},
      {"pkg:swift/github.com/RxSwiftCommunity/RxFlow@2",
       "pkg:swift/github.com/RxSwiftCommunity/RxFlow@2"},
      {"pkg:cargo/Inflector@1", "pkg:cargo/Inflector@1"},
      {"pkg:gem/RedCloth@4", "pkg:gem/RedCloth@4"},
  };
  for (const auto& [written, canonical] : cases) EXPECT_EQ(parsed(written).text(), canonical);
  // The fields keep what was written, because advisories do.
  EXPECT_EQ(parsed("pkg:golang/github.com/Masterminds/semver").name_space,
            "github.com/Masterminds");
}

TEST(PackageUrl, AcceptsWhatParsersMustAccept) {
  EXPECT_EQ(parsed("pkg://gem/ruby-advisory-db-check@0.12.4").text(),
            "pkg:gem/ruby-advisory-db-check@0.12.4");
  EXPECT_EQ(parsed("PKG:GEM/a@1").text(), "pkg:gem/a@1");
  EXPECT_EQ(parsed("pkg:maven//org.example//a/@1").text(), "pkg:maven/org.example/a@1");
  EXPECT_EQ(parsed("pkg:gem/a@1?Arch=x&b=&a=2").text(), "pkg:gem/a@1?a=2&arch=x");
  EXPECT_EQ(parsed("pkg:gem/a@1#/x/../y/./z/").text(), "pkg:gem/a@1#x/y/z");
  EXPECT_EQ(parsed("pkg:npm/@angular/animation@12.3.1").text(),
            "pkg:npm/%40angular/animation@12.3.1");
  EXPECT_EQ(parsed("pkg:npm/@angular/animation").name_space, "@angular");
  EXPECT_EQ(parsed("pkg:npm/@angular/animation").version, "");
  EXPECT_EQ(parsed("pkg:generic/x?vcs_url=git%2Bhttps://h/p%40c").text(),
            "pkg:generic/x?vcs_url=git%2Bhttps:%2F%2Fh%2Fp%40c");
}

TEST(PackageUrl, EveryByteSurvivesTheRoundTrip) {
  PackageUrl purl{"generic", "a b", "n@m?e#%", "1:2+3/4", {{"k", "v&=w/"}}, "s p/q"};
  for (int byte = 1; byte < 256; ++byte) {
    if (byte != '/') purl.name += static_cast<char>(byte);
    purl.version += static_cast<char>(byte);
    purl.qualifiers[0].second += static_cast<char>(byte);
  }
  EXPECT_EQ(parsed(purl.text()), purl);
  EXPECT_EQ(purl.text().find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                          "0123456789.-_~:/@?=&#%"),
            std::string::npos);
}

TEST(PackageUrl, ErrorsSayWhich) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"", "does not start with 'pkg:'"},
      {"deb/debian/curl", "does not start with 'pkg:'"},
      {"http:gem/a", "does not start with 'pkg:'"},
      {"pkg:", "not a package type"},
      {"pkg:gem", "no name after the type"},
      {"pkg:gem/", "no name after the type"},
      {"pkg:3gem/a", "'3gem' is not a package type"},
      {"pkg:g%65m/a", "is not a package type"},
      {"pkg:gem/%", "'%' is not a percent-encoded byte"},
      {"pkg:gem/a@%4", "'%4' is not a percent-encoded byte"},
      {"pkg:gem/a@1?in%20v=1", "is not a qualifier's key"},
      {"pkg:gem/a@1?x", "has no '='"},
      {"pkg:gem/a@1?x=1&X=2", "'x' is given twice"},
      {"pkg:maven/a%2Fb/c@1", "namespace holds an encoded slash"},
      {"pkg:gem/a#b%2Fc", "subpath holds an encoded slash"},
  };
  for (const auto& [text, says] : cases) {
    const Result<PackageUrl> purl = parse_package_url(text);
    ASSERT_FALSE(purl) << text;
    EXPECT_THAT(purl.error().text(), HasSubstr(says)) << text;
  }
  EXPECT_EQ(parse_package_url("pkg:gem/" + std::string(10'000, 'a')).error().code,
            ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::model
