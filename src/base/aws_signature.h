// AWS Signature Version 4, as pure functions: what a client sends and what a server checks are made
// by the same code.
//
//   signature = HMAC(key(secret, scope), "AWS4-HMAC-SHA256" \n time \n scope \n SHA-256(canonical))
//
// Source: "AWS Signature Version 4 for API requests" in the IAM User Guide
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html). What it leaves open is
// decided as botocore does, which the tests ask.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigil::base {

/// Names are compared without case. A name may come more than once.
using AwsHeaders = std::vector<std::pair<std::string, std::string>>;

/// Every service but S3 encodes the path that is sent, which is encoded already, once more, and
/// signs it without dot segments and double slashes. S3 signs the path as it is sent.
enum class AwsPath { EncodedTwice, AsSent };

/// What a signature covers. All as it is sent.
struct AwsRequest {
  std::string_view method;
  std::string_view path;   ///< percent-encoded
  std::string_view query;  ///< percent-encoded, without '?'
  const AwsHeaders* headers = nullptr;
  std::vector<std::string> signed_headers;  ///< lower-case, sorted
  std::string_view payload_hash;  ///< SHA-256 of the body, or a word like UNSIGNED-PAYLOAD
  AwsPath path_rule = AwsPath::EncodedTwice;
};

/// What a signing key is good for.
struct AwsScope {
  std::string date;  ///< "20261123"
  std::string region;
  std::string service;  ///< "inspector2"
  /// "20261123/us-east-1/inspector2/aws4_request"
  [[nodiscard]] std::string text() const;
  friend bool operator==(const AwsScope&, const AwsScope&) = default;
};

/// The hash of an empty body.
inline constexpr std::string_view kAwsEmptyPayload =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr std::string_view kAwsAlgorithm = "AWS4-HMAC-SHA256";

/// Everything but letters, digits, '-', '.', '_' and '~' becomes %XX, and '/' too unless it is kept.
std::string aws_encode(std::string_view text, bool keep_slashes);
std::string aws_canonical_path(std::string_view path, AwsPath rule);
/// Decoded, encoded anew and sorted by name, then value. The parameter named `without` is left out:
/// X-Amz-Signature of a presigned request.
std::string aws_canonical_query(std::string_view query, std::string_view without = {});
std::string aws_canonical_request(const AwsRequest& request);

/// `time` as in the X-Amz-Date header.
std::string aws_string_to_sign(std::string_view time, const AwsScope& scope,
                               std::string_view canonical_request);
/// 64 lower-case hexadecimal digits.
std::string aws_signature(std::string_view secret, const AwsScope& scope,
                          std::string_view string_to_sign);

/// "20261123T044517Z"
std::string format_aws_time(std::int64_t seconds);
/// Nothing unless it is exactly of that form.
std::optional<std::int64_t> parse_aws_time(std::string_view text);

struct AwsCredentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  ///< empty for keys that last
};

struct AwsOutgoing {
  std::string method = "POST";
  std::string host;  ///< as the Host header has it: with the port if it is not the scheme's own
  std::string path = "/";
  std::string query;
  AwsHeaders headers;  ///< signed as well: Content-Type and the like; no Host, no X-Amz-Date
  std::string_view body;
};

/// The headers to send beside those of the request: Host, X-Amz-Date, X-Amz-Content-Sha256,
/// X-Amz-Security-Token if there is one, and Authorization.
AwsHeaders aws_sign(const AwsOutgoing& request, const AwsCredentials& credentials,
                    std::string_view region, std::string_view service, std::int64_t now,
                    AwsPath path_rule = AwsPath::EncodedTwice);

}  // namespace vigil::base
