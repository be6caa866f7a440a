#include "source/registry/ecr.h"

#include <gtest/gtest.h>

#include <map>

#include "base/base64_encode.h"
#include "base/testing/web_server_test.h"
#include "source/registry/credentials.h"

namespace vigil::source::registry {
namespace {

using base::WebReply;
using base::WebRequest;
using base::WebServer;

TEST(RegistryEcr, Hosts) {
  const struct {
    std::string_view host;
    std::string_view region;
    std::string_view endpoint;
  } cases[] = {
      {"123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1",
       "https://api.ecr.eu-west-1.amazonaws.com"},
      {"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1",
       "https://api.ecr.cn-north-1.amazonaws.com.cn"},
      {"123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1",
       "https://ecr-fips.us-gov-west-1.amazonaws.com"},
      {"123456789012.dkr-ecr.us-east-2.on.aws", "us-east-2", "https://ecr.us-east-2.api.aws"},
  };
  for (const auto& one : cases) {
    const auto found = parse_ecr_host(one.host);
    ASSERT_TRUE(found) << one.host;
    EXPECT_EQ(found->account, "123456789012");
    EXPECT_EQ(found->region, one.region);
    EXPECT_EQ(found->endpoint, one.endpoint);
  }
  // AWS keys must not be used for what only looks like Amazon's.
  for (const std::string_view host :
       {"123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example", "docker.io", "",
        "12345678901x.dkr.ecr.eu-west-1.amazonaws.com", "123456789012.dkr.ecr..amazonaws.com",
        "123456789012.dkr.ecr.evil.example/.amazonaws.com", "public.ecr.aws",
        "123456789012.dkr.ecr.a.b.amazonaws.com"}) {
    EXPECT_FALSE(parse_ecr_host(host)) << host;
  }
}

class RegistryEcrApi : public ::testing::Test {
 protected:
  Environment environment(const std::string& endpoint) {
    variables_ = {{"AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"},
                  {"AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
                  {"AWS_ENDPOINT_URL_ECR", endpoint}};
    return [this](const char* name) -> const char* {
      const auto found = variables_.find(name);
      return found == variables_.end() ? nullptr : found->second.c_str();
    };
  }
  std::map<std::string, std::string> variables_;
};

constexpr std::string_view kHost = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

TEST_F(RegistryEcrApi, AuthorizationToken) {
  WebServer server([](const WebRequest&) {
    return WebReply{.body = R"({"authorizationData":[{"authorizationToken":")" +
                            base::encode_base64("AWS:the:password") +
                            R"(","expiresAt":1.6E9,"proxyEndpoint":"https://x"}]})"};
  });
  const auto found = find_credentials(kHost, "a", environment(server.url("")));
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->user, "AWS");
  EXPECT_EQ(found->password, "the:password");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].body, "{}");
  EXPECT_TRUE(requests[0].has(
      "X-Amz-Target: AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken\r\n"));
  EXPECT_TRUE(requests[0].has("Content-Type: application/x-amz-json-1.1\r\n"));
  EXPECT_TRUE(requests[0].has("/eu-west-1/ecr/aws4_request, SignedHeaders=content-type;host;"));
}

TEST_F(RegistryEcrApi, RepositoriesWithPages) {
  WebServer server([](const WebRequest& request) {
    const bool second = request.body.find(R"("nextToken":"more")") != std::string::npos;
    return WebReply{.body =
                        second ? R"({"repositories":[{"repositoryName":"b"}]})"
                               : R"({"repositories":[{"repositoryName":"a"}],"nextToken":"more"})"};
  });
  const auto client = ecr_client(*parse_ecr_host(kHost), environment(server.url("")));
  ASSERT_TRUE(client);
  EXPECT_EQ(*ecr_repositories(*client, 10), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(ecr_repositories(*client, 1).error().code, ErrorCode::TooLarge);
  EXPECT_NE(server.requests()[0].body.find(R"("registryId":"123456789012")"), std::string::npos);
}

TEST_F(RegistryEcrApi, ARefusal) {
  WebServer server([](const WebRequest&) {
    return WebReply{.status = "400 Bad Request",
                    .body = R"({"__type":"UnrecognizedClientException","message":"no such key"})"};
  });
  const auto found = find_credentials(kHost, "a", environment(server.url("")));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().what,
            "ECR refuses GetAuthorizationToken: 400 UnrecognizedClientException: no such key");
}

TEST_F(RegistryEcrApi, WithoutKeysOneIsNobody) {
  const auto found =
      find_credentials(kHost, "a", [](const char*) -> const char* { return nullptr; });
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
}

}  // namespace
}  // namespace vigil::source::registry
