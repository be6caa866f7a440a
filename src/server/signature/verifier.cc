#include "server/signature/verifier.h"

#include <algorithm>

#include "base/aws_signature.h"
#include "base/hash.h"
#include "base/hmac.h"
#include "base/text.h"
#include "server/signature/authorization.h"

namespace vigil::server {
namespace {

constexpr std::int64_t kSkew = 300;
constexpr std::string_view kSkewText = " 5 min.)";
constexpr std::string_view kUnsigned = "UNSIGNED-PAYLOAD";

tl::unexpected<api::ApiError> denied(std::string type, std::string message) {
  api::ApiError error;
  error.type = std::move(type);
  error.status = 403;
  error.message = std::move(message);
  return tl::unexpected<api::ApiError>(std::move(error));
}

tl::unexpected<api::ApiError> invalid(std::string message) {
  return denied("InvalidSignatureException", std::move(message));
}

tl::unexpected<api::ApiError> unknown_key() {
  return denied("UnrecognizedClientException",
                "The security token included in the request is invalid.");
}

tl::unexpected<api::ApiError> mismatch() {
  return invalid(
      "The request signature we calculated does not match the signature you provided. Check your "
      "AWS Secret Access Key and signing method. Consult the service documentation for details.");
}

api::Outcome<void> check_time(const Authorization& given, std::int64_t now) {
  using base::format_aws_time;
  const std::int64_t end = given.presigned ? given.time + given.expires : given.time + kSkew;
  if (now > end) {
    const std::int64_t earliest = given.presigned ? now - given.expires : now - kSkew;
    std::string text = "Signature expired: " + given.time_text + " is now earlier than " +
                       format_aws_time(earliest) + " (" + format_aws_time(now) + " -";
    text +=
        given.presigned ? " " + std::to_string(given.expires) + " sec.)" : std::string(kSkewText);
    return invalid(std::move(text));
  }
  if (given.time > now + kSkew) {
    return invalid("Signature not yet current: " + given.time_text + " is still later than " +
                   format_aws_time(now + kSkew) + " (" + format_aws_time(now) + " +" +
                   std::string(kSkewText));
  }
  return {};
}

api::Outcome<void> check_scope(const Authorization& given, std::string_view region,
                               std::string_view service) {
  if (given.scope.date != given.time_text.substr(0, 8)) {
    return invalid(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        "'" +
        given.scope.date + "' != '" + given.time_text.substr(0, 8) + "', from '" + given.time_text +
        "'.");
  }
  if (given.scope.region != region) {
    return invalid("Credential should be scoped to a valid region, not '" + given.scope.region +
                   "'; this server's is '" + std::string(region) + "'.");
  }
  if (given.scope.service != service) {
    return invalid("Credential should be scoped to correct service: '" + std::string(service) +
                   "'.");
  }
  return {};
}

/// What the canonical request has for the body; an error if the body is not what was signed.
api::Outcome<std::string> payload_hash(const HttpRequest& request) {
  std::optional<std::string> announced;
  for (const Header& header : request.headers) {
    if (!base::equals_ignoring_case(header.name, "X-Amz-Content-Sha256")) continue;
    if (announced) return mismatch();
    announced = header.value;
  }
  if (announced == kUnsigned) {
    if (!request.secure) {
      return invalid("UNSIGNED-PAYLOAD is accepted over TLS only.");
    }
    return std::string(kUnsigned);
  }
  std::string hash = base::sha256_hex(request.body);
  if (announced && *announced != hash) {
    if (announced->starts_with("STREAMING-")) {
      return invalid("A body that is signed in chunks is not accepted; sign it whole.");
    }
    return mismatch();
  }
  return hash;
}

bool has_header(const HttpRequest& request, std::string_view name) {
  return std::ranges::any_of(request.headers, [&](const Header& header) {
    return base::equals_ignoring_case(header.name, name);
  });
}

std::string signature_of(const HttpRequest& request, const Authorization& given,
                         std::string_view hash, std::string_view secret) {
  base::AwsHeaders headers;
  headers.reserve(request.headers.size());
  for (const Header& header : request.headers) headers.emplace_back(header.name, header.value);
  base::AwsRequest parts;
  parts.method = request.method;
  parts.path = request.path();
  parts.query = request.query();
  parts.headers = &headers;
  parts.signed_headers = given.signed_headers;
  parts.payload_hash = hash;
  return base::aws_signature(
      secret, given.scope,
      base::aws_string_to_sign(given.time_text, given.scope, base::aws_canonical_request(parts)));
}

}  // namespace

SignatureVerifier::SignatureVerifier(std::string region, SigningKeys keys)
    : region_(std::move(region)), keys_(std::move(keys)), replays_(2 * kSkew) {}

api::Outcome<api::Caller> SignatureVerifier::verify(const HttpRequest& request,
                                                    std::string_view service, bool changes,
                                                    std::int64_t now) {
  VIGIL_TRY(const Authorization given, read_authorization(request));
  if (std::ranges::find(given.signed_headers, "host") == given.signed_headers.end()) {
    return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  // Keys that come with a token are temporary, and Vigil issues none.
  if (has_header(request, "X-Amz-Security-Token") ||
      request.query().find("X-Amz-Security-Token=") != std::string_view::npos) {
    return unknown_key();
  }
  VIGIL_TRY(const auto key, api::or_internal(keys_(given.access_key_id)));
  if (!key) return unknown_key();
  VIGIL_CHECK(check_scope(given, region_, service));
  VIGIL_CHECK(check_time(given, now));
  VIGIL_TRY(const std::string hash, payload_hash(request));
  if (!base::equal_in_constant_time(signature_of(request, given, hash, key->secret),
                                    given.signature)) {
    return mismatch();
  }
  // A presigned URL is made to be used more than once, which is for reading.
  if (changes && given.presigned) {
    return invalid("A presigned URL cannot change anything.");
  }
  if (changes && !replays_.accept(given.signature, now)) {
    return invalid("This signature has been used already. Sign the request again.");
  }
  return api::Caller{.account = key->account, .principal = key->principal, .region = region_};
}

}  // namespace vigil::server
