#include "base/aws_signature.h"

#include <algorithm>
#include <memory>
#include <new>

#include "base/hash.h"
#include "base/hmac.h"
#include "base/percent.h"
#include "base/text.h"
#include "base/time.h"

namespace vigil::base {
namespace {

constexpr std::string_view kRequestType = "aws4_request";

constexpr bool is_unreserved(char c) {
  return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// As botocore does: also the last "." and ".." leave no slash behind, and no two slashes meet.
std::string without_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : split(path, '/')) {
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!segment.empty() && segment != ".") {
      kept.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : kept) out.append("/").append(segment);
  if (kept.empty() || path.ends_with('/')) out += '/';
  return out;
}

/// Blanks at the ends go, runs of blanks inside become one.
std::string trimmed(std::string_view value) {
  std::string out;
  for (const std::string_view word : words(value)) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

std::string values_of(const AwsHeaders& headers, std::string_view name) {
  std::string out;
  bool first = true;
  for (const auto& [other, value] : headers) {
    if (!equals_ignoring_case(other, name)) continue;
    if (!first) out += ',';
    first = false;
    out += trimmed(value);
  }
  return out;
}

}  // namespace

std::string AwsScope::text() const {
  return date + "/" + region + "/" + service + "/" + std::string(kRequestType);
}

std::string aws_encode(std::string_view text, bool keep_slashes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c) || (keep_slashes && c == '/')) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string aws_canonical_path(std::string_view path, AwsPath rule) {
  if (path.empty()) return "/";
  if (rule == AwsPath::AsSent) return std::string(path);
  return aws_encode(without_dot_segments(path), true);
}

std::string aws_canonical_query(std::string_view query, std::string_view without) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string_view part : split(query, '&')) {
    if (part.empty()) continue;
    const std::size_t mark = part.find('=');
    const std::string name = percent_decoded(part.substr(0, mark));
    if (!without.empty() && name == without) continue;
    const std::string_view value =
        mark == std::string_view::npos ? std::string_view() : part.substr(mark + 1);
    parameters.emplace_back(aws_encode(name, false), aws_encode(percent_decoded(value), false));
  }
  std::sort(parameters.begin(), parameters.end());
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

std::string aws_canonical_request(const AwsRequest& request) {
  std::string out = upper(request.method) + "\n";
  out += aws_canonical_path(request.path, request.path_rule) + "\n";
  out += aws_canonical_query(request.query, "X-Amz-Signature") + "\n";
  for (const std::string& name : request.signed_headers) {
    out += name + ":" + values_of(*request.headers, name) + "\n";
  }
  out += "\n" + join(request.signed_headers, ";") + "\n";
  return out.append(request.payload_hash);
}

std::string aws_string_to_sign(std::string_view time, const AwsScope& scope,
                               std::string_view canonical_request) {
  std::string out(kAwsAlgorithm);
  out.append("\n").append(time).append("\n").append(scope.text()).append("\n");
  return out + sha256_hex(canonical_request);
}

std::string aws_signature(std::string_view secret, const AwsScope& scope,
                          std::string_view string_to_sign) {
  std::string key = hmac_sha256("AWS4" + std::string(secret), scope.date);
  key = hmac_sha256(key, scope.region);
  key = hmac_sha256(key, scope.service);
  key = hmac_sha256(key, kRequestType);
  return hex(hmac_sha256(key, string_to_sign));
}

std::string format_aws_time(std::int64_t seconds) {
  std::string out;
  for (const char c : format_time(seconds)) {
    if (c != '-' && c != ':') out += c;
  }
  return out;
}

std::optional<std::int64_t> parse_aws_time(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return {};
  const std::string spread = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) +
                             "-" + std::string(text.substr(6, 5)) + ":" +
                             std::string(text.substr(11, 2)) + ":" + std::string(text.substr(13));
  const auto time = parse_time(spread);
  if (!time || format_aws_time(*time) != text) return {};
  return time;
}

AwsHeaders aws_sign(const AwsOutgoing& request, const AwsCredentials& credentials,
                    std::string_view region, std::string_view service, std::int64_t now,
                    AwsPath path_rule) {
  const std::string time = format_aws_time(now);
  const std::string payload_hash = sha256_hex(request.body);
  AwsHeaders added = {
      {"Host", request.host}, {"X-Amz-Date", time}, {"X-Amz-Content-Sha256", payload_hash}};
  if (!credentials.session_token.empty()) {
    added.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  AwsHeaders all = request.headers;
  all.insert(all.end(), added.begin(), added.end());

  AwsRequest parts;
  parts.method = request.method;
  parts.path = request.path;
  parts.query = request.query;
  parts.headers = &all;
  parts.payload_hash = payload_hash;
  parts.path_rule = path_rule;
  for (const auto& [name, value] : all) parts.signed_headers.push_back(lower(name));
  std::sort(parts.signed_headers.begin(), parts.signed_headers.end());
  const auto doubled = std::unique(parts.signed_headers.begin(), parts.signed_headers.end());
  parts.signed_headers.erase(doubled, parts.signed_headers.end());

  const AwsScope scope{time.substr(0, 8), std::string(region), std::string(service)};
  const std::string signature =
      aws_signature(credentials.secret_access_key, scope,
                    aws_string_to_sign(time, scope, aws_canonical_request(parts)));
  added.emplace_back("Authorization",
                     std::string(kAwsAlgorithm) + " Credential=" + credentials.access_key_id + "/" +
                         scope.text() + ", SignedHeaders=" + join(parts.signed_headers, ";") +
                         ", Signature=" + signature);
  return added;
}

}  // namespace vigil::base
