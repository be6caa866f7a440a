#include "source/registry/token.h"

#include <gtest/gtest.h>

namespace vigil::source::registry {
namespace {

const Challenge kHub{.scheme = "bearer",
                     .realm = "https://auth.docker.io/token",
                     .service = "registry.docker.io",
                     .scope = "repository:library/nginx:pull",
                     .error = {}};

TEST(RegistryToken, AskedForWithoutCredentials) {
  const TokenRequest request = token_request(kHub, {});
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "https://auth.docker.io/token?service=registry.docker.io"
            "&scope=repository%3Alibrary%2Fnginx%3Apull");
  EXPECT_EQ(request.authorization, "");
}

TEST(RegistryToken, AskedForWithAPassword) {
  Challenge challenge = kHub;
  challenge.realm = "https://gitlab.example/jwt/auth?x=1";
  challenge.scope = "repository:a:pull repository:b:pull";
  const TokenRequest request = token_request(
      challenge, {.user = "user", .password = "pass", .identity_token = {}, .from = {}});
  EXPECT_EQ(request.url,
            "https://gitlab.example/jwt/auth?x=1&service=registry.docker.io"
            "&scope=repository%3Aa%3Apull&scope=repository%3Ab%3Apull");
  EXPECT_EQ(request.authorization, "Basic dXNlcjpwYXNz");
}

TEST(RegistryToken, AnIdentityTokenIsPosted) {
  const TokenRequest request =
      token_request(kHub, {.user = {}, .password = {}, .identity_token = "a b", .from = {}});
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, kHub.realm);
  EXPECT_EQ(request.authorization, "");
  EXPECT_EQ(request.body,
            "grant_type=refresh_token&service=registry.docker.io&client_id=vigil"
            "&scope=repository%3Alibrary%2Fnginx%3Apull&refresh_token=a%20b");
}

TEST(RegistryToken, Answers) {
  EXPECT_EQ(parse_token(R"({"token":"t","access_token":"other","expires_in":300})")->value, "t");
  EXPECT_EQ(parse_token(R"({"token":"t","expires_in":300})")->lifetime.count(), 300);
  EXPECT_EQ(parse_token(R"({"access_token":"a"})")->value, "a");
  EXPECT_EQ(parse_token(R"({"access_token":"a"})")->lifetime.count(), 60);
  EXPECT_EQ(parse_token(R"({"token":"t","expires_in":-5})")->lifetime.count(), 1);
}

TEST(RegistryToken, ATokenThatCouldNotBeSentIsNone) {
  for (const std::string_view json :
       {"", "[]", "{}", R"({"token":""})", R"({"token":"a\r\nX: y"})", R"({"token":"a b"})"}) {
    EXPECT_FALSE(parse_token(json)) << json;
  }
}

}  // namespace
}  // namespace vigil::source::registry
