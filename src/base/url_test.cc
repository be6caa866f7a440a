#include "base/url.h"

#include <gtest/gtest.h>

namespace vigil::base {
namespace {

TEST(Url, PartsAndBack) {
  const struct {
    std::string_view text;
    std::string_view host;
    std::uint16_t port;
    std::string_view target;
    std::string_view again;
  } cases[] = {
      {"https://Registry.Example/v2/", "registry.example", 443, "/v2/",
       "https://registry.example/v2/"},
      {"HTTP://a:5000", "a", 5000, "/", "http://a:5000/"},
      {"http://a:80/x", "a", 80, "/x", "http://a/x"},
      {"https://[::1]:8443/?a=b#c", "[::1]", 8443, "/?a=b", "https://[::1]:8443/?a=b"},
      {"https://[fd00::1]", "[fd00::1]", 443, "/", "https://[fd00::1]/"},
      {"https://a?x=1", "a", 443, "/?x=1", "https://a/?x=1"},
  };
  for (const auto& one : cases) {
    const auto url = parse_url(one.text);
    ASSERT_TRUE(url) << one.text;
    EXPECT_EQ(url->host, one.host);
    EXPECT_EQ(url->port, one.port);
    EXPECT_EQ(url->target, one.target);
    EXPECT_EQ(url->text(), one.again);
  }
}

TEST(Url, RefusesWhatTwoReadersCouldReadDifferently) {
  for (const std::string_view text :
       {"", "a/b", "ftp://a/", "https://", "https://user:secret@a/", "https://a:0/",
        "https://a:65536/", "https://a:/", "https://a b/", "https://a\n/", "https://a\\@b/",
        "https://[::1/", "https://[]/", "https://a:1:2/", "file:///etc/passwd"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
}

TEST(Url, ResolvesWhatALocationSays) {
  const Url base = *parse_url("https://a:5000/v2/x/manifests/1?n=2");
  const struct {
    std::string_view reference;
    std::string_view text;
  } cases[] = {
      {"/blob?x", "https://a:5000/blob?x"},
      {"//b/c", "https://b/c"},
      {"http://c:1/d", "http://c:1/d"},
      {"other", "https://a:5000/v2/x/manifests/other"},
      {"?last=3", "https://a:5000/v2/x/manifests/1?last=3"},
  };
  for (const auto& one : cases) {
    const auto url = resolve_url(base, one.reference);
    ASSERT_TRUE(url) << one.reference;
    EXPECT_EQ(url->text(), one.text);
  }
  EXPECT_FALSE(resolve_url(base, "file:///etc/passwd"));
  EXPECT_FALSE(resolve_url(base, ""));
}

TEST(Url, AnOriginIsSchemeHostAndPort) {
  const Url base = *parse_url("https://a/x");
  EXPECT_TRUE(base.same_origin(*parse_url("https://A:443/y")));
  EXPECT_FALSE(base.same_origin(*parse_url("http://a:443/x")));
  EXPECT_FALSE(base.same_origin(*parse_url("https://a:444/x")));
  EXPECT_FALSE(base.same_origin(*parse_url("https://a.b/x")));
}

}  // namespace
}  // namespace vigil::base
