#include "source/registry/challenge.h"

#include <gtest/gtest.h>

namespace vigil::source::registry {
namespace {

TEST(RegistryChallenge, OfDockerHub) {
  const auto found = parse_challenges(
      R"(Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull")");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].scheme, "bearer");
  EXPECT_EQ(found[0].realm, "https://auth.docker.io/token");
  EXPECT_EQ(found[0].service, "registry.docker.io");
  EXPECT_EQ(found[0].scope, "repository:library/nginx:pull");
}

TEST(RegistryChallenge, SeveralInOneHeader) {
  const auto found = parse_challenges(
      R"(Negotiate, BASIC realm="a \"b\", c" , bearer error="invalid_token" ,realm=https://x/y?z)");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].scheme, "negotiate");
  EXPECT_EQ(found[1].scheme, "basic");
  EXPECT_EQ(found[1].realm, "a \"b\", c");
  EXPECT_EQ(found[2].error, "invalid_token");
  EXPECT_EQ(found[2].realm, "https://x/y?z");
}

TEST(RegistryChallenge, ScopeWithCommasAndSeveralResources) {
  const auto found = parse_challenges(
      R"(Bearer realm="https://a/t",scope="repository:a/b:pull,push repository:c:pull")");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].scope, "repository:a/b:pull,push repository:c:pull");
}

TEST(RegistryChallenge, NonsenseEndsAndIsBounded) {
  EXPECT_TRUE(parse_challenges("").empty());
  EXPECT_TRUE(parse_challenges("=,=,\"").empty());
  EXPECT_TRUE(parse_challenges("realm=\"x").empty());
  EXPECT_EQ(parse_challenges(R"(Bearer realm="x)")[0].realm, "x");
  EXPECT_EQ(parse_challenges(std::string(1 << 16, 'a').append(" b c d e f g h i j k")).size(), 8U);
}

}  // namespace
}  // namespace vigil::source::registry
