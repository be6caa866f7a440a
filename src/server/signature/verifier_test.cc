#include "server/signature/verifier.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/dispatch.h"
#include "base/aws_signature.h"
#include "server/signature/authorization.h"
#include "server/transport/http_server.h"

namespace vigil::server {
namespace {

constexpr std::int64_t kNow = 1'795'409'117;  // 20261123T044517Z
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

Result<std::optional<SigningKey>> keys(std::string_view id) {
  if (id == "AKIABROKEN") return fail("the database is gone", {}, {}, ErrorCode::Network);
  if (id != "AKIAEXAMPLE") return std::optional<SigningKey>();
  return std::optional(SigningKey{std::string(kSecret), "123456789012", "alice"});
}

struct Signing {
  std::string key = "AKIAEXAMPLE";
  std::string secret = std::string(kSecret);
  std::string token;
  std::string region = "us-east-1";
  std::string service = "inspector2";
  std::int64_t time = kNow;
};

HttpRequest signed_request(const Signing& with = {}, base::AwsOutgoing parts = {}) {
  parts.host = "localhost:8080";
  if (parts.path == "/") parts.path = "/tags/arn%3Aaws%3Ax/a%20b";
  if (parts.query.empty()) parts.query = "tagKeys=b&tagKeys=a%20c&flag";
  if (parts.headers.empty()) parts.headers = {{"Content-Type", "application/json"}};
  if (parts.body.empty()) parts.body = R"({"a": 1})";
  HttpRequest request;
  request.method = parts.method;
  request.target = parts.path + "?" + parts.query;
  request.body = parts.body;
  for (const auto& [name, value] : parts.headers) request.headers.push_back({name, value});
  for (const auto& [name, value] : base::aws_sign(parts, {with.key, with.secret, with.token},
                                                  with.region, with.service, with.time)) {
    request.headers.push_back({name, value});
  }
  return request;
}

Header& header_of(HttpRequest& request, std::string_view name) {
  for (Header& header : request.headers) {
    if (header.name == name) return header;
  }
  ADD_FAILURE() << "no header " << name;
  return request.headers.front();
}

void without(HttpRequest& request, std::string_view name) {
  std::erase_if(request.headers, [&](const Header& header) { return header.name == name; });
}

/// "TYPE: MESSAGE", or "ok ACCOUNT PRINCIPAL REGION".
std::string verdict(const HttpRequest& request, std::int64_t now = kNow, bool changes = false) {
  SignatureVerifier verifier("us-east-1", keys);
  const auto caller = verifier.verify(request, "inspector2", changes, now);
  if (caller) return "ok " + caller->account + " " + caller->principal + " " + caller->region;
  if (caller.error().status != 403) return std::to_string(caller.error().status);
  return caller.error().type + ": " + caller.error().message;
}

constexpr std::string_view kGood = "ok 123456789012 alice us-east-1";
constexpr std::string_view kMismatch =
    "InvalidSignatureException: The request signature we calculated does not match the signature "
    "you provided. Check your AWS Secret Access Key and signing method. Consult the service "
    "documentation for details.";
constexpr std::string_view kUnknown =
    "UnrecognizedClientException: The security token included in the request is invalid.";

TEST(Signature, WhatItsOwnerSignedIsAccepted) {
  EXPECT_EQ(verdict(signed_request()), kGood);
}

TEST(Signature, NothingThatIsSignedCanBeChanged) {
  const std::function<void(HttpRequest&)> changes[] = {
      [](HttpRequest& r) { r.method = "PUT"; },
      [](HttpRequest& r) { r.target = "/tags/arn%3Aaws%3Ay/a%20b?tagKeys=b&tagKeys=a%20c&flag"; },
      [](HttpRequest& r) { r.target = "/tags/arn:aws:x/a%20b?tagKeys=b&tagKeys=a%20c&flag"; },
      [](HttpRequest& r) { r.target += "&x=1"; },
      [](HttpRequest& r) { r.target = "/tags/arn%3Aaws%3Ax/a%20b"; },
      [](HttpRequest& r) { r.body += " "; },
      [](HttpRequest& r) { header_of(r, "Content-Type").value = "text/plain"; },
      [](HttpRequest& r) { header_of(r, "Host").value = "evil"; },
      [](HttpRequest& r) { header_of(r, "X-Amz-Date").value = "20261123T044518Z"; },
      [](HttpRequest& r) { without(r, "Content-Type"); },
      [](HttpRequest& r) { r.headers.push_back({"content-type", "text/plain"}); },
      [](HttpRequest& r) {
        std::string& text = header_of(r, "Authorization").value;
        text.back() = text.back() == '0' ? '1' : '0';
      },
      [](HttpRequest& r) {
        std::string& text = header_of(r, "Authorization").value;
        text.replace(text.find("content-type;"), 13, "");
      },
  };
  int number = 0;
  for (const auto& change : changes) {
    HttpRequest request = signed_request();
    change(request);
    EXPECT_EQ(verdict(request), kMismatch) << number;
    ++number;
  }
}

TEST(Signature, WhatProxiesAddOrReorderDoesNoHarm) {
  HttpRequest request = signed_request();
  request.headers.push_back({"X-Forwarded-For", "192.0.2.1"});
  request.target = "/tags/./arn%3Aaws%3Ax/a%20b?flag=&tagKeys=a%20c&tagKeys=b";
  std::reverse(request.headers.begin(), request.headers.end());
  header_of(request, "Content-Type").value = "  application/json ";
  EXPECT_EQ(verdict(request), kGood);
}

TEST(Signature, KeysThatAreNotOurs) {
  EXPECT_EQ(verdict(signed_request({.key = "AKIAOTHER"})), kUnknown);
  EXPECT_EQ(verdict(signed_request({.token = "temporary"})), kUnknown);
  EXPECT_EQ(verdict(signed_request({.secret = "wrong"})), kMismatch);
  EXPECT_EQ(verdict(signed_request({.key = "AKIABROKEN"})), "500");
}

TEST(Signature, TheScopeIsThisServersAndTheOperations) {
  EXPECT_EQ(verdict(signed_request({.region = "eu-west-1"})),
            "InvalidSignatureException: Credential should be scoped to a valid region, not "
            "'eu-west-1'; this server's is 'us-east-1'.");
  EXPECT_EQ(verdict(signed_request({.service = "s3"})),
            "InvalidSignatureException: Credential should be scoped to correct service: "
            "'inspector2'.");
  HttpRequest request = signed_request();
  std::string& text = header_of(request, "Authorization").value;
  text.replace(text.find("/20261123/"), 10, "/20261122/");
  EXPECT_EQ(verdict(request),
            "InvalidSignatureException: Date in Credential scope does not match YYYYMMDD from "
            "ISO-8601 version of date from HTTP: '20261122' != '20261123', from "
            "'20261123T044517Z'.");
}

TEST(Signature, IsGoodForFiveMinutesEitherWay) {
  const HttpRequest request = signed_request();
  EXPECT_EQ(verdict(request, kNow + 300), kGood);
  EXPECT_EQ(verdict(request, kNow - 300), kGood);
  EXPECT_EQ(verdict(request, kNow + 301),
            "InvalidSignatureException: Signature expired: 20261123T044517Z is now earlier than "
            "20261123T044518Z (20261123T045018Z - 5 min.)");
  EXPECT_EQ(verdict(request, kNow - 301),
            "InvalidSignatureException: Signature not yet current: 20261123T044517Z is still later "
            "than 20261123T044516Z (20261123T044016Z + 5 min.)");
}

TEST(Signature, ADateHeaderServesAsWell) {
  HttpRequest request = signed_request();
  without(request, "X-Amz-Date");
  EXPECT_EQ(verdict(request).substr(0, 30), "IncompleteSignatureException: ");
  request.headers.push_back({"Date", "Mon, 23 Nov 2026 04:45:17 GMT"});
  const auto read = read_authorization(request);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->time, kNow);
  for (const std::string_view bad :
       {"Tue, 23 Nov 2026 04:45:17 GMT", "Mon, 23 Nov 2026 04:45:17 UTC", "tomorrow", "",
        "Mon, 23 onv 2026 04:45:17 GMT", "Mon, 33 Nov 2026 04:45:17 GMT"}) {
    header_of(request, "Date").value = bad;
    EXPECT_FALSE(read_authorization(request)) << bad;
  }
}

TEST(Signature, AnUnsignedBodyNeedsTls) {
  base::AwsOutgoing parts;
  parts.host = "localhost:8080";
  HttpRequest request;
  request.method = "POST";
  request.target = "/";
  request.body = "whatever";
  base::AwsHeaders headers = {{"Host", "h"},
                              {"X-Amz-Date", "20261123T044517Z"},
                              {"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}};
  base::AwsRequest canonical;
  canonical.method = "POST";
  canonical.path = "/";
  canonical.headers = &headers;
  canonical.signed_headers = {"host", "x-amz-content-sha256", "x-amz-date"};
  canonical.payload_hash = "UNSIGNED-PAYLOAD";
  const base::AwsScope scope{"20261123", "us-east-1", "inspector2"};
  for (const auto& [name, value] : headers) request.headers.push_back({name, value});
  request.headers.push_back(
      {"Authorization",
       "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/" + scope.text() +
           ",SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=" +
           base::aws_signature(kSecret, scope,
                               base::aws_string_to_sign("20261123T044517Z", scope,
                                                        base::aws_canonical_request(canonical)))});
  EXPECT_EQ(verdict(request),
            "InvalidSignatureException: UNSIGNED-PAYLOAD is accepted over TLS only.");
  request.secure = true;
  EXPECT_EQ(verdict(request), kGood);
  header_of(request, "X-Amz-Content-Sha256").value = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  EXPECT_EQ(verdict(request),
            "InvalidSignatureException: A body that is signed in chunks is not accepted; sign it "
            "whole.");
}

TEST(Signature, WhatChangesSomethingIsDoneOnce) {
  SignatureVerifier verifier("us-east-1", keys);
  const HttpRequest request = signed_request();
  const auto accepted = [&](bool changes, std::int64_t now) {
    return verifier.verify(request, "inspector2", changes, now).has_value();
  };
  EXPECT_TRUE(accepted(true, kNow));
  EXPECT_TRUE(accepted(true, kNow + 1));  // two equal calls of the same second
  EXPECT_FALSE(accepted(true, kNow + 10));
  EXPECT_TRUE(accepted(false, kNow + 10));
  // A forged one is not remembered: it cannot keep the true one out.
  SignatureVerifier other("us-east-1", keys);
  HttpRequest forged = request;
  forged.body += "x";
  EXPECT_FALSE(other.verify(forged, "inspector2", true, kNow));
  EXPECT_TRUE(other.verify(request, "inspector2", true, kNow + 10));
}

TEST(Signature, WhatIsMissingIsNamed) {
  const struct {
    std::string authorization;
    std::string_view verdict;
  } cases[] = {
      {"Bearer abc", "IncompleteSignatureException: Unsupported AWS 'algorithm': 'Bearer'."},
      {"", "IncompleteSignatureException: Unsupported AWS 'algorithm': ''."},
      {"AWS4-HMAC-SHA256",
       "IncompleteSignatureException: Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA256'."},
      {"AWS4-HMAC-SHA256 Credential=a/20261123/r/s/aws4_request",
       "IncompleteSignatureException: Authorization header requires 'Signature' parameter. "
       "Authorization header requires 'SignedHeaders' parameter."},
      {"AWS4-HMAC-SHA256 Credential=AKIA /20261123/r/s/aws4_request, x",
       "IncompleteSignatureException: 'x' not a valid key=value pair (missing equal-sign) in "
       "Authorization header."},
      {"AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c",
       "IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, "
       "e.g. keyid/date/region/service/term, got 'a/b'."},
      {"AWS4-HMAC-SHA256 Credential=a//r/s/aws4_request, SignedHeaders=host, Signature=c",
       "IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, "
       "e.g. keyid/date/region/service/term, got 'a//r/s/aws4_request'."},
      {"AWS4-HMAC-SHA256 Credential=a/d/r/s/aws4_request, SignedHeaders=host, Signature=c",
       "IncompleteSignatureException: The Authorization header's SignedHeaders or Signature is "
       "malformed."},
      {"AWS4-HMAC-SHA256 Signature=a, Signature=b",
       "IncompleteSignatureException: The Authorization header has a part twice."},
      {"AWS4-HMAC-SHA256 " + std::string(9000, 'a'),
       "IncompleteSignatureException: The Authorization header is too long."},
  };
  for (const auto& one : cases) {
    HttpRequest request = signed_request();
    header_of(request, "Authorization").value = one.authorization;
    EXPECT_EQ(verdict(request), one.verdict);
  }
  HttpRequest bare;
  bare.target = "/";
  EXPECT_FALSE(has_authorization(bare));
  EXPECT_EQ(verdict(bare), "MissingAuthenticationTokenException: Missing Authentication Token");
  HttpRequest doubled = signed_request();
  doubled.headers.push_back({"authorization", "AWS4-HMAC-SHA256 x"});
  EXPECT_EQ(verdict(doubled),
            "IncompleteSignatureException: There is more than one Authorization header.");
  HttpRequest hostless = signed_request();
  std::string& text = header_of(hostless, "Authorization").value;
  text.replace(text.find("host;"), 5, "");
  EXPECT_EQ(verdict(hostless),
            "InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader' in the AWS "
            "Authorization.");
  HttpRequest dateless = signed_request();
  without(dateless, "X-Amz-Date");
  EXPECT_EQ(verdict(dateless),
            "IncompleteSignatureException: Authorization header requires existence of either a "
            "'X-Amz-Date' or a 'Date' header.");
}

HttpRequest presigned(std::string_view expires = "60") {
  HttpRequest request;
  request.method = "GET";
  request.headers = {{"Host", "h"}};
  const base::AwsScope scope{"20261123", "us-east-1", "inspector2"};
  const std::string query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
                            base::aws_encode("AKIAEXAMPLE/" + scope.text(), false) +
                            "&X-Amz-Date=20261123T044517Z&X-Amz-Expires=" + std::string(expires) +
                            "&X-Amz-SignedHeaders=host&b=1";
  const base::AwsHeaders headers = {{"Host", "h"}};
  base::AwsRequest parts;
  parts.method = "GET";
  parts.path = "/report";
  parts.query = query;
  parts.headers = &headers;
  parts.signed_headers = {"host"};
  parts.payload_hash = base::kAwsEmptyPayload;
  request.target =
      "/report?" + query + "&X-Amz-Signature=" +
      base::aws_signature(
          kSecret, scope,
          base::aws_string_to_sign("20261123T044517Z", scope, base::aws_canonical_request(parts)));
  return request;
}

TEST(Signature, APresignedUrlReadsUntilItExpires) {
  EXPECT_EQ(verdict(presigned()), kGood);
  EXPECT_EQ(verdict(presigned(), kNow + 60), kGood);
  EXPECT_EQ(verdict(presigned(), kNow + 61),
            "InvalidSignatureException: Signature expired: 20261123T044517Z is now earlier than "
            "20261123T044518Z (20261123T044618Z - 60 sec.)");
  EXPECT_EQ(verdict(presigned(), kNow, true),
            "InvalidSignatureException: A presigned URL cannot change anything.");
  HttpRequest longer = presigned();
  longer.target.replace(longer.target.find("Expires=60"), 10, "Expires=99");
  EXPECT_EQ(verdict(longer), kMismatch);
  for (const std::string_view expires : {"0", "604801", "-1", "x", ""}) {
    EXPECT_EQ(verdict(presigned(expires)).substr(0, 30), "IncompleteSignatureException: ")
        << expires;
  }
  HttpRequest both = presigned();
  both.headers.push_back({"Authorization", "AWS4-HMAC-SHA256 x"});
  EXPECT_EQ(verdict(both).substr(0, 30), "IncompleteSignatureException: ");
  HttpRequest twice = presigned();
  twice.target += "&X-Amz-Date=20261123T044517Z";
  EXPECT_EQ(verdict(twice).substr(0, 30), "IncompleteSignatureException: ");
}

// With AWS's own client ------------------------------------------------------------------------

constexpr std::string_view kClient = R"(
import sys
try:
    import botocore.session
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError:
    sys.exit(77)
url = sys.argv[1]

def call(title, action, key='AKIAEXAMPLE', secret='wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
         region='us-east-1', token=None):
    session = botocore.session.Session()
    client = session.create_client(
        'inspector2', region_name=region, endpoint_url=url, aws_access_key_id=key,
        aws_secret_access_key=secret, aws_session_token=token,
        config=Config(retries={'max_attempts': 0}))
    try:
        action(client)
        print(title, 'ok')
    except ClientError as error:
        status = error.response['ResponseMetadata']['HTTPStatusCode']
        print(title, status, error.response['Error']['Code'])

arn = 'arn:aws:inspector2:us-east-1:123456789012:owner/123456789012/filter/a b~+/%'
call('list', lambda c: c.list_findings(maxResults=10))
call('tags', lambda c: c.list_tags_for_resource(resourceArn=arn))
call('untag', lambda c: c.untag_resource(resourceArn=arn, tagKeys=['b c', 'a&=+', 'z*(~)']))
call('text', lambda c: c.create_filter(name='n', action='NONE', description='\u00e9\u4e2d "x"',
                                       filterCriteria={}))
call('secret', lambda c: c.list_findings(), secret='wrong')
call('key', lambda c: c.list_findings(), key='AKIAOTHER')
call('region', lambda c: c.list_findings(), region='eu-west-1')
call('token', lambda c: c.list_findings(), token='t')
)";

TEST(Signature, AwsOwnClientIsUnderstood) {
  auto verifier = std::make_shared<SignatureVerifier>("us-east-1", keys);
  auto server = HttpServer::start({}, [verifier](const HttpRequest& request) {
    const auto caller = verifier->verify(request, "inspector2", true, std::time(nullptr));
    HttpResponse response;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = "{}";
    if (caller) return response;
    const api::Reply reply = api::error_reply(caller.error(), "request-1");
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers) response.headers.push_back({name, value});
    response.body = reply.body;
    return response;
  });
  ASSERT_TRUE(server) << server.error().text();
  const std::filesystem::path directory =
      std::filesystem::path(::testing::TempDir()) / ("vigil_client_" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  const std::string script = (directory / "client.py").string();
  const std::string output = (directory / "output").string();
  std::ofstream(script) << kClient;
  int status = 127;
  for (const std::string interpreter : {"python3", "/usr/bin/python3"}) {
    // A botocore that does not know the service yet is as good as none.
    const std::string command = interpreter + " '" + script +
                                "' http://127.0.0.1:" + std::to_string((*server)->port()) + " >'" +
                                output + "' 2>'" + output + ".err'";
    const int result = std::system(command.c_str());
    status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
    if (status == 0) break;
  }
  std::stringstream said;
  said << std::ifstream(output).rdbuf();
  std::stringstream errors;
  errors << std::ifstream(output + ".err").rdbuf();
  std::filesystem::remove_all(directory);
  if (status == 77 || status == 127) {
    ASSERT_EQ(std::getenv("VIGIL_REQUIRE_ORACLES"), nullptr) << "botocore is absent";
    GTEST_SKIP() << "botocore is absent";
  }
  ASSERT_EQ(status, 0) << errors.str();
  EXPECT_EQ(said.str(),
            "list ok\ntags ok\nuntag ok\ntext ok\n"
            "secret 403 InvalidSignatureException\nkey 403 UnrecognizedClientException\n"
            "region 403 InvalidSignatureException\ntoken 403 UnrecognizedClientException\n");
}

}  // namespace
}  // namespace vigil::server
