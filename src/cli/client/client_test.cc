#include "cli/client/client.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "base/testing/http_server_test.h"
#include "base/text.h"
#include "cli/client/send_inventory.h"
#include "findings/ingest_document.h"

namespace vigil::cli {
namespace {

using Variables = std::map<std::string, std::string>;

Environment environment_of(Variables variables) {
  return [variables = std::move(variables)](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

TEST(ParseServer, ReadsHostPortAndPrefix) {
  const struct {
    const char* url;
    const char* host;
    const char* prefix;
    bool loopback;
  } kCases[] = {
      {"https://vigil.example.org", "vigil.example.org", "", false},
      {"https://Vigil.Example.org:443/", "vigil.example.org", "", false},
      {"https://vigil.example.org:8443/behind/proxy/", "vigil.example.org:8443", "/behind/proxy",
       false},
      {"http://127.0.0.1:8080", "127.0.0.1:8080", "", true},
      {"HTTP://localhost:80", "localhost", "", true},
      {"http://[::1]:8080", "[::1]:8080", "", true},
      {"http://127.example.org", "127.example.org", "", false},
  };
  for (const auto& expected : kCases) {
    const auto server = parse_server(expected.url);
    ASSERT_TRUE(server) << expected.url;
    EXPECT_EQ(server->host, expected.host);
    EXPECT_EQ(server->prefix, expected.prefix);
    EXPECT_EQ(server->loopback, expected.loopback) << expected.url;
  }
  EXPECT_EQ(parse_server("https://a:8443/b/")->url("/vigil/v1/x"), "https://a:8443/b/vigil/v1/x");
  for (const char* url :
       {"", "vigil.example.org", "ftp://a", "https://", "https://:443", "https://a?b",
        "https://user@a", "https://a#b", "https://a:b", "https://a:0", "https://a:65536",
        "http://[::1]1:80", "http://[]", "http://a:80:80"}) {
    EXPECT_FALSE(parse_server(url)) << url;
  }
}

TEST(FindIdentity, TheEnvironmentComesFirst) {
  const auto identity = find_identity(environment_of({{"AWS_ACCESS_KEY_ID", "AKIA1"},
                                                      {"AWS_SECRET_ACCESS_KEY", "secret"},
                                                      {"AWS_SESSION_TOKEN", "token"},
                                                      {"AWS_REGION", "eu-central-1"},
                                                      {"AWS_DEFAULT_REGION", "us-west-2"}}));
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->credentials.access_key_id, "AKIA1");
  EXPECT_EQ(identity->credentials.secret_access_key, "secret");
  EXPECT_EQ(identity->credentials.session_token, "token");
  EXPECT_EQ(identity->region, "eu-central-1");
}

TEST(FindIdentity, ThenTheFilesOfTheProfile) {
  const std::string home = testing::TempDir() + "vigil-identity-" + std::to_string(::getpid());
  ASSERT_TRUE(base::make_directories(home + "/.aws"));
  ASSERT_TRUE(base::write_file_atomically(
      home + "/.aws/credentials",
      "# mine\n[default]\naws_access_key_id = AKIA1\naws_secret_access_key=a=b\n"
      "[other]\naws_access_key_id = AKIA2\n  aws_secret_access_key = nested\n"));
  ASSERT_TRUE(base::write_file_atomically(
      home + "/.aws/config",
      "[default]\nregion = eu-west-1\n[profile other]\nregion = eu-west-2\n"
      "aws_access_key_id = AKIA3\naws_secret_access_key = c\n"));
  const auto standard = find_identity(environment_of({{"HOME", home}}));
  ASSERT_TRUE(standard);
  EXPECT_EQ(standard->credentials.access_key_id, "AKIA1");
  EXPECT_EQ(standard->credentials.secret_access_key, "a=b");
  EXPECT_EQ(standard->credentials.session_token, "");
  EXPECT_EQ(standard->region, "eu-west-1");
  const auto other = find_identity(environment_of({{"HOME", home}, {"AWS_PROFILE", "other"}}));
  ASSERT_TRUE(other);
  EXPECT_EQ(other->credentials.access_key_id, "AKIA3") << "the first file has half of them";
  EXPECT_EQ(other->region, "eu-west-2");
  EXPECT_FALSE(find_identity(environment_of({{"HOME", home}, {"AWS_PROFILE", "none"}})));
  std::filesystem::remove_all(home);
}

TEST(FindIdentity, WithoutCredentialsItSaysWhatToDo) {
  const auto identity = find_identity(environment_of({{"AWS_ACCESS_KEY_ID", "AKIA1"}}));
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().code, ErrorCode::NotFound);
  EXPECT_NE(identity.error().hint.find("AWS_ACCESS_KEY_ID"), std::string::npos);
}

class SendInventory : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
    memory_ = testing::TempDir() + "vigil-sent-" + std::to_string(::getpid());
    resource_.id = "i-0123456789abcdef0";
    for (int i = 0; i < 100; ++i) {
      model::Package package;
      package.name = package.source_name = "package-" + std::to_string(i);
      package.version = package.source_version = "1";
      inventory_.packages.push_back(package);
    }
  }
  void TearDown() override { std::filesystem::remove_all(memory_); }

  base::HttpReply taken(const inventory::Inventory& inventory) {
    return base::http_reply("200 OK", "Content-Type: application/json\r\n",
                            R"({"digest":")" + inventory::digest_of(inventory) +
                                R"(","changed":true,"opened":3,"updated":0,"closed":1,)"
                                R"("reopened":0,"unchanged":7})");
  }

  Result<Sent> send(base::HttpServer& server, const inventory::Inventory& inventory) {
    const auto client = Client::open(
        server.url(""),
        environment_of({{"AWS_ACCESS_KEY_ID", "AKIA1"}, {"AWS_SECRET_ACCESS_KEY", "s"}}));
    EXPECT_TRUE(client);
    return send_inventory(*client, resource_, {}, inventory, memory_);
  }

  static std::string body_of(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
  }
  static std::string header_of(const std::string& request, const std::string& name) {
    const std::size_t at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 4;
    return request.substr(begin, request.find("\r\n", begin) - begin);
  }

  std::string memory_;
  findings::Resource resource_;
  inventory::Inventory inventory_;
};

TEST_F(SendInventory, SendsTheWholeFirstSignedAndThenWhatChanged) {
  inventory::Inventory now = inventory_;
  now.packages[7].version = "2";
  base::HttpServer server({taken(inventory_), taken(now)});
  const auto first = send(server, inventory_);
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_FALSE(first->as_delta);
  EXPECT_EQ(first->opened, 3U);
  EXPECT_EQ(first->closed, 1U);
  EXPECT_EQ(first->unchanged, 7U);
  const auto second = send(server, now);
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_TRUE(second->as_delta);
  EXPECT_LT(second->bytes, 1000U);

  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_TRUE(
      requests[0].starts_with("PUT /vigil/v1/resources/i-0123456789abcdef0/inventory HTTP"));
  EXPECT_EQ(header_of(requests[0], "Content-Type"), "application/vnd.vigil.inventory+json");
  EXPECT_EQ(header_of(requests[1], "Content-Type"), "application/vnd.vigil.inventory-delta+json");
  const auto whole = findings::parse_ingest_document(body_of(requests[0]));
  ASSERT_TRUE(whole) << whole.error().text();
  EXPECT_EQ(whole->inventory->packages.size(), 100U);
  const auto changes = findings::parse_ingest_document(body_of(requests[1]));
  ASSERT_TRUE(changes) << changes.error().text();
  const auto applied = inventory::apply_delta(inventory_, *changes->delta);
  ASSERT_TRUE(applied);
  EXPECT_EQ(inventory::digest_of(*applied), inventory::digest_of(now));
}

TEST_F(SendInventory, TheSignatureIsThatOfTheRequestAsItArrives) {
  base::HttpServer server({taken(inventory_)});
  ASSERT_TRUE(send(server, inventory_));
  const std::string request = server.requests().at(0);
  const std::string authorization = header_of(request, "Authorization");
  const std::string time = header_of(request, "X-Amz-Date");
  const base::AwsScope scope{time.substr(0, 8), "us-east-1", "vigil"};
  ASSERT_NE(authorization.find("Credential=AKIA1/" + scope.text() + ","), std::string::npos)
      << authorization;
  const std::size_t begin = authorization.find("SignedHeaders=") + 14;
  const std::string names = authorization.substr(begin, authorization.find(',', begin) - begin);
  base::AwsRequest received;
  received.method = "PUT";
  received.path = "/vigil/v1/resources/i-0123456789abcdef0/inventory";
  base::AwsHeaders headers;
  for (const std::string_view name : base::split(names, ';')) {
    received.signed_headers.emplace_back(name);
    std::string value;
    for (const char* written : {"Content-Type", "Host", "X-Amz-Date", "X-Amz-Content-Sha256"}) {
      if (base::lower(written) == name) value = header_of(request, written);
    }
    headers.emplace_back(std::string(name), value);
  }
  received.headers = &headers;
  const std::string hash = base::sha256_hex(body_of(request));
  EXPECT_EQ(header_of(request, "X-Amz-Content-Sha256"), hash);
  received.payload_hash = hash;
  const std::string expected = base::aws_signature(
      "s", scope, base::aws_string_to_sign(time, scope, base::aws_canonical_request(received)));
  EXPECT_TRUE(authorization.ends_with("Signature=" + expected)) << authorization;
}

TEST_F(SendInventory, WhereTheServerHasAnotherBaseItGetsTheWhole) {
  inventory::Inventory now = inventory_;
  now.packages[7].version = "2";
  base::HttpServer server({taken(inventory_),
                           base::http_reply("409 Conflict", "", R"({"digest":"other"})"),
                           taken(now)});
  ASSERT_TRUE(send(server, inventory_));
  const auto sent = send(server, now);
  ASSERT_TRUE(sent) << sent.error().text();
  EXPECT_FALSE(sent->as_delta);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(header_of(requests[2], "Content-Type"), "application/vnd.vigil.inventory+json");
}

TEST_F(SendInventory, WhatTheServerStoredOtherwiseIsNoBase) {
  base::HttpServer server({taken(inventory::Inventory{})});
  ASSERT_TRUE(send(server, inventory_));
  const auto again = send(server, inventory_);
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->as_delta);
}

TEST_F(SendInventory, ARefusalSaysWhyAndWhatToDo) {
  base::HttpServer server(
      {base::http_reply("403 Forbidden", "x-amzn-ErrorType: SignatureDoesNotMatch\r\n",
                        R"({"message":"The signature is not the one."})")});
  const auto sent = send(server, inventory_);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().what, "SignatureDoesNotMatch: The signature is not the one.");
  EXPECT_EQ(sent.error().hint, "check the access key and the clock of this machine");
  EXPECT_EQ(sent.error().where, server.url("/vigil/v1/resources/i-0123456789abcdef0/inventory"));
}

TEST_F(SendInventory, AnAnswerOfSomethingElseIsAnError) {
  base::HttpServer server({base::http_reply("200 OK", "", "<html>")});
  const auto sent = send(server, inventory_);
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().what, "the server's answer is not understood");
}

}  // namespace
}  // namespace vigil::cli
