#include "source/registry/token.h"

#include <algorithm>

#include "base/aws_signature.h"
#include "base/base64_encode.h"
#include "base/json_tree.h"
#include "base/text.h"

namespace vigil::source::registry {
namespace {

constexpr std::string_view kClient = "vigil";
constexpr std::size_t kLongestToken = 64U << 10U;

void append(std::string& query, std::string_view name, std::string_view value) {
  if (!query.empty()) query += '&';
  query.append(name).append("=").append(base::aws_encode(value, false));
}

}  // namespace

std::string basic_authorization(const Credentials& credentials) {
  return "Basic " + base::encode_base64(credentials.user + ":" + credentials.password);
}

TokenRequest token_request(const Challenge& challenge, const Credentials& credentials) {
  TokenRequest request;
  request.url = challenge.realm;
  std::string query;
  if (!credentials.identity_token.empty()) {
    request.method = "POST";
    append(query, "grant_type", "refresh_token");
    append(query, "service", challenge.service);
    append(query, "client_id", kClient);
    if (!challenge.scope.empty()) append(query, "scope", challenge.scope);
    append(query, "refresh_token", credentials.identity_token);
    request.body = std::move(query);
    return request;
  }
  if (!challenge.service.empty()) append(query, "service", challenge.service);
  // Several resources are several parameters.
  for (const std::string_view scope : base::words(challenge.scope)) append(query, "scope", scope);
  if (!credentials.user.empty()) request.authorization = basic_authorization(credentials);
  if (!query.empty()) {
    request.url += challenge.realm.find('?') == std::string::npos ? '?' : '&';
    request.url += query;
  }
  return request;
}

Result<Token> parse_token(std::string_view json) {
  base::JsonParser parser;
  const auto root = parser.parse(json);
  if (!root) return fail("the token server's answer cannot be read");
  std::string_view value = (*root)["token"].text();
  if (value.empty()) value = (*root)["access_token"].text();
  const bool sendable =
      std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (value.empty() || value.size() > kLongestToken || !sendable) {
    return fail("the token server gives no token");
  }
  Token token{.value = std::string(value)};
  if (const auto seconds = (*root)["expires_in"].integer()) {
    token.lifetime = std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 1, 86'400));
  }
  return token;
}

}  // namespace vigil::source::registry
