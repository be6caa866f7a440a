#include "base/aws_signature.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/hash.h"
#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::string_view kExampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kExampleTime = "20150830T123600Z";

std::string signature_of(const AwsRequest& request, std::string_view service) {
  const AwsScope scope{"20150830", "us-east-1", std::string(service)};
  return aws_signature(kExampleSecret, scope,
                       aws_string_to_sign(kExampleTime, scope, aws_canonical_request(request)));
}

// The example of the IAM User Guide, "Elements of an AWS API request signature".
TEST(AwsSignature, TheDocumentedExampleOfListUsers) {
  const AwsHeaders headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                              {"Host", "iam.amazonaws.com"},
                              {"X-Amz-Date", std::string(kExampleTime)}};
  AwsRequest request;
  request.method = "GET";
  request.path = "/";
  request.query = "Action=ListUsers&Version=2010-05-08";
  request.headers = &headers;
  request.signed_headers = {"content-type", "host", "x-amz-date"};
  request.payload_hash = kAwsEmptyPayload;
  EXPECT_EQ(sha256_hex(aws_canonical_request(request)),
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
  EXPECT_EQ(signature_of(request, "iam"),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

// The example of the S3 API reference, "Authenticating requests: using query parameters".
TEST(AwsSignature, TheDocumentedExampleOfAPresignedObject) {
  const AwsHeaders headers = {{"Host", "examplebucket.s3.amazonaws.com"}};
  AwsRequest request;
  request.method = "GET";
  request.path = "/test.txt";
  request.query =
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&"
      "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&"
      "X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=x";
  request.headers = &headers;
  request.signed_headers = {"host"};
  request.payload_hash = "UNSIGNED-PAYLOAD";
  request.path_rule = AwsPath::AsSent;
  const AwsScope scope{"20130524", "us-east-1", "s3"};
  EXPECT_EQ(
      aws_signature("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope,
                    aws_string_to_sign("20130524T000000Z", scope, aws_canonical_request(request))),
      "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST(AwsSignature, PathsAreEncodedOnceMore) {
  const struct {
    std::string_view sent;
    std::string_view canonical;
  } cases[] = {
      {"", "/"},
      {"/", "/"},
      {"//", "/"},
      {"/findings/list", "/findings/list"},
      {"/tags/arn%3Aaws%3Ax", "/tags/arn%253Aaws%253Ax"},
      {"/a%2Fb", "/a%252Fb"},
      {"/a b", "/a%20b"},
      {"/./a/./b/", "/a/b/"},
      {"/a/../b", "/b"},
      {"/../..", "/"},
      {"/a//b", "/a/b"},
      {"/a/.", "/a"},
      {"/-._~", "/-._~"},
      {"/\xC3\xA9", "/%C3%A9"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(aws_canonical_path(one.sent, AwsPath::EncodedTwice), one.canonical) << one.sent;
  }
  EXPECT_EQ(aws_canonical_path("/a//b%20c/..", AwsPath::AsSent), "/a//b%20c/..");
}

TEST(AwsSignature, QueriesAreSortedAfterEncoding) {
  const struct {
    std::string_view sent;
    std::string_view canonical;
  } cases[] = {
      {"", ""},
      {"b=2&a=1", "a=1&b=2"},
      {"a=2&a=1", "a=1&a=2"},
      {"flag", "flag="},
      {"a=1&&b=2&", "a=1&b=2"},
      {"a=x=y", "a=x%3Dy"},
      {"a=%7e%2f", "a=~%2F"},
      {"a=1+2", "a=1%2B2"},
      {"tagKeys=b&tagKeys=a", "tagKeys=a&tagKeys=b"},
      {"a-b=1&a=2", "a=2&a-b=1"},
      {"%E1%88%B4=1&z=2", "%E1%88%B4=1&z=2"},
      {"a=%zz", "a=%25zz"},
      {"a=1&X-Amz-Signature=abc", "X-Amz-Signature=abc&a=1"},
  };
  for (const auto& one : cases) EXPECT_EQ(aws_canonical_query(one.sent), one.canonical) << one.sent;
  EXPECT_EQ(aws_canonical_query("a=1&X-Amz-Signature=abc", "X-Amz-Signature"), "a=1");
}

TEST(AwsSignature, HeaderValuesAreTrimmedAndJoined) {
  const AwsHeaders headers = {{"Host", "h"}, {"My-Header", "  a   b\t c "}, {"MY-HEADER", "d"}};
  AwsRequest request;
  request.method = "get";
  request.path = "/";
  request.headers = &headers;
  request.signed_headers = {"absent", "host", "my-header"};
  request.payload_hash = "UNSIGNED-PAYLOAD";
  EXPECT_EQ(aws_canonical_request(request),
            "GET\n/\n\nabsent:\nhost:h\nmy-header:a b c,d\n\nabsent;host;my-header\n"
            "UNSIGNED-PAYLOAD");
}

TEST(AwsSignature, TimesHaveOneForm) {
  EXPECT_EQ(format_aws_time(1440938160), kExampleTime);
  EXPECT_EQ(parse_aws_time(kExampleTime), 1440938160);
  for (const std::string_view bad :
       {"", "20150830", "20150830T123600", "20150830 123600Z", "20151330T123600Z",
        "20150830T126000Z", "2015-830T123600Z", "20150230T000000Z", "20150830T123600z",
        "20150830T12360\nZ", "201508301123600Z", "20150830T+23600Z"}) {
    EXPECT_FALSE(parse_aws_time(bad)) << bad;
  }
}

TEST(AwsSignature, SigningAddsWhatTheSignatureNames) {
  AwsOutgoing request;
  request.host = "localhost:8480";
  request.path = "/findings/list";
  request.headers = {{"Content-Type", "application/json"}};
  request.body = "{}";
  const AwsHeaders added =
      aws_sign(request, {"AKIAEXAMPLE", "secret", "token"}, "eu-west-1", "inspector2", 1440938160);
  ASSERT_EQ(added.size(), 5U);
  EXPECT_EQ(added[0], (AwsHeaders::value_type{"Host", "localhost:8480"}));
  EXPECT_EQ(added[1], (AwsHeaders::value_type{"X-Amz-Date", std::string(kExampleTime)}));
  EXPECT_EQ(added[2], (AwsHeaders::value_type{"X-Amz-Content-Sha256", sha256_hex("{}")}));
  EXPECT_EQ(added[3], (AwsHeaders::value_type{"X-Amz-Security-Token", "token"}));
  EXPECT_EQ(added[4].second.substr(0, added[4].second.rfind('=')),
            "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20150830/eu-west-1/inspector2/aws4_request, "
            "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, "
            "Signature");
}

// Against botocore -----------------------------------------------------------------------------

// One request a line, fields in hexadecimal: method, URL, headers, body, region, service, time.
// Answers with the hash of the canonical request and the signature.
constexpr std::string_view kBotocore = R"(
import sys
try:
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
except ImportError:
    sys.exit(77)
from hashlib import sha256
for line in sys.stdin:
    method, url, headers, body, region, service, time = (
        bytes.fromhex(field) for field in line.rstrip('\n').split('\t'))
    request = AWSRequest(method=method.decode(), url=url.decode(), data=body)
    for header in headers.decode().split('\n'):
        name, value = header.split(':', 1)
        request.headers[name] = value
    request.context['timestamp'] = time.decode()
    credentials = Credentials('AKIAEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
    signer = SigV4Auth(credentials, service.decode(), region.decode())
    canonical = signer.canonical_request(request)
    text = signer.string_to_sign(request, canonical)
    print(sha256(canonical.encode()).hexdigest() + ' ' + signer.signature(text, request))
)";

class RequestMaker {
 public:
  explicit RequestMaker(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string text() {
    constexpr std::string_view kPieces[] = {
        "a",  "Z",  "0", " ",   "/",    "..", ".", "%", "&", "=", "+",    "\xC3\xA9", "~",  "-",
        "_",  ":",  "?", "#",   "!",    "*",  "'", "(", ")", ";", "@",    ",",        "$",  "[",
        "\\", "\"", "<", "%2F", "name", "|",  "^", "`", "{", "}", "\x01", "\x7F",     "\n", "\t"};
    std::string out;
    for (std::size_t left = below(7); left > 0; --left) out += kPieces[below(std::size(kPieces))];
    return out;
  }
  std::string path() {
    constexpr std::string_view kPieces[] = {"/", "//", "/./", "/../", "/..", "/.", "/a/"};
    std::string out = "/";
    for (std::size_t left = below(6); left > 0; --left) {
      out += below(2) == 0 ? aws_encode(text(), true) : std::string(kPieces[below(7)]);
    }
    return out;
  }
  std::string query() {
    std::string out;
    for (std::size_t left = below(6); left > 0; --left) {
      std::string name = aws_encode(text(), false);
      if (name.empty()) name = "n";
      if (!out.empty()) out += '&';
      out += name;
      if (below(5) != 0) out += "=" + aws_encode(text(), false);
    }
    return out;
  }
  std::string value() {
    constexpr std::string_view kPieces[] = {"a", " ", "  ", "\t", ",", ";", "x=y", "\"q  q\"", ":"};
    std::string out;
    for (std::size_t left = below(7); left > 0; --left) out += kPieces[below(std::size(kPieces))];
    return out;
  }

 private:
  std::mt19937_64 random_;
};

struct Answers {
  int status = -1;
  std::vector<std::string> lines;
};

Answers ask_botocore(const std::string& interpreter, const std::string& input) {
  const std::filesystem::path directory =
      std::filesystem::path(testing::TempDir()) / ("vigil_botocore_" + std::to_string(::getpid()));
  std::filesystem::create_directories(directory);
  const auto file = [&](const char* name) { return (directory / name).string(); };
  std::ofstream(file("script")) << kBotocore;
  std::ofstream(file("input")) << input;
  const std::string command =
      interpreter + " '" + file("script") + "' <'" + file("input") + "' >'" + file("output") + "'";
  const int status = std::system(command.c_str());
  Answers answers;
  answers.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  std::ifstream output(file("output"));
  for (std::string line; std::getline(output, line);) answers.lines.push_back(line);
  std::error_code ignored;
  std::filesystem::remove_all(directory, ignored);
  return answers;
}

TEST(AwsSignature, AgreesWithBotocore) {
  const char* given = std::getenv("VIGIL_TEST_SEED");
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  RequestMaker make(seed);
  std::string input;
  std::vector<std::string> described;
  std::vector<std::string> expected;
  for (int i = 0; i < 2000; ++i) {
    const std::string method = std::vector<std::string>{"GET", "POST", "DELETE"}[make.below(3)];
    const std::string path = make.path();
    const std::string query = make.query();
    const std::string body = make.text();
    AwsHeaders headers = {{"Host", "localhost:8480"}, {"X-Amz-Date", std::string(kExampleTime)}};
    for (std::size_t left = make.below(3); left > 0; --left) {
      headers.emplace_back(make.below(2) == 0 ? "X-Amz-Meta" : "Content-Type", make.value());
    }
    const std::string hash = sha256_hex(body);
    AwsRequest request;
    request.method = method;
    request.path = path;
    request.query = query;
    request.headers = &headers;
    request.payload_hash = hash;
    std::string header_lines;
    for (const auto& [name, value] : headers) {
      request.signed_headers.push_back(lower(name));
      header_lines += (header_lines.empty() ? "" : "\n") + name + ":" + value;
    }
    std::sort(request.signed_headers.begin(), request.signed_headers.end());
    request.signed_headers.erase(
        std::unique(request.signed_headers.begin(), request.signed_headers.end()),
        request.signed_headers.end());
    expected.push_back(sha256_hex(aws_canonical_request(request)) + " " +
                       signature_of(request, "inspector2"));
    described.push_back(aws_canonical_request(request));
    const std::string url = "http://localhost:8480" + path + (query.empty() ? "" : "?" + query);
    std::vector<std::string> fields;
    for (const std::string_view field :
         {std::string_view(method), std::string_view(url), std::string_view(header_lines),
          std::string_view(body), std::string_view("us-east-1"), std::string_view("inspector2"),
          kExampleTime}) {
      fields.push_back(hex(field));
    }
    input += join(fields, "\t") + "\n";
  }
  Answers answers;
  for (const char* interpreter : {"python3", "/usr/bin/python3"}) {
    answers = ask_botocore(interpreter, input);
    if (answers.status == 0) break;
  }
  if (answers.status == 77 || answers.status == 127) {
    ASSERT_EQ(std::getenv("VIGIL_REQUIRE_ORACLES"), nullptr) << "botocore is absent";
    GTEST_SKIP() << "botocore is absent";
  }
  ASSERT_EQ(answers.status, 0);
  ASSERT_EQ(answers.lines.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ASSERT_EQ(answers.lines[i], expected[i]) << "VIGIL_TEST_SEED=" << seed << "\n" << described[i];
  }
}

}  // namespace
}  // namespace vigil::base
