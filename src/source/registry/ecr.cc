#include "source/registry/ecr.h"

#include <algorithm>

#include "base/base64.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"
#include "base/url.h"

namespace vigil::source::registry {
namespace {

constexpr std::string_view kTarget = "AmazonEC2ContainerRegistry_V20150921.";
constexpr std::string_view kContentType = "application/x-amz-json-1.1";

bool is_region(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_lower(c) || base::is_digit(c) || c == '-';
  });
}

Result<std::string> call(const EcrClient& client, std::string_view operation,
                         const std::string& body) {
  const auto url = base::parse_url(client.registry.endpoint);
  if (!url) return fail("not the address of ECR's API", client.registry.endpoint);
  base::HttpCall request;
  request.method = "POST";
  request.url = url->text();
  request.body = body;
  request.headers = [&] {
    base::AwsOutgoing outgoing;
    outgoing.host = url->authority();
    outgoing.path = url->target;
    outgoing.body = body;
    outgoing.headers = {{"Content-Type", std::string(kContentType)},
                        {"X-Amz-Target", std::string(kTarget) + std::string(operation)}};
    std::vector<std::string> lines;
    for (const auto& [name, value] : outgoing.headers) lines.push_back(name + ": " + value);
    for (const auto& [name, value] :
         base::aws_sign(outgoing, client.credentials, client.registry.region, "ecr", client.now)) {
      if (name != "Host") lines.push_back(name + ": " + value);
    }
    return lines;
  };
  base::HttpOptions options = client.http;
  options.max_bytes = std::uint64_t{16} << 20;
  VIGIL_TRY(base::HttpAnswer answer, base::http_send(request, options));
  if (answer.status == 200) return std::move(answer.body);
  base::JsonParser parser;
  const auto root = parser.parse(answer.body);
  const std::string kind =
      root ? base::printable((*root)["__type"].text().substr(0, 200)) : std::string();
  const std::string message =
      root ? base::printable((*root)["message"].text().substr(0, 500)) : std::string();
  return fail("ECR refuses " + std::string(operation) + ": " + std::to_string(answer.status) +
                  (kind.empty() ? "" : " " + kind) + (message.empty() ? "" : ": " + message),
              client.registry.endpoint, "check AWS_ACCESS_KEY_ID and what that key is allowed",
              ErrorCode::Network);
}

}  // namespace

std::optional<EcrRegistry> parse_ecr_host(std::string_view registry) {
  EcrRegistry found;
  if (registry.size() < 13 || registry[12] != '.') return std::nullopt;
  found.account = registry.substr(0, 12);
  if (!std::all_of(found.account.begin(), found.account.end(), base::is_digit)) return std::nullopt;
  std::string_view rest = registry.substr(13);
  const struct {
    std::string_view front;
    std::string_view end;
    std::string_view api;
    std::string_view domain;
  } forms[] = {
      {"dkr.ecr.", ".amazonaws.com", "api.ecr.", ".amazonaws.com"},
      {"dkr.ecr.", ".amazonaws.com.cn", "api.ecr.", ".amazonaws.com.cn"},
      {"dkr.ecr-fips.", ".amazonaws.com", "ecr-fips.", ".amazonaws.com"},
      {"dkr-ecr.", ".on.aws", "ecr.", ".api.aws"},
      {"dkr-ecr-fips.", ".on.aws", "ecr-fips.", ".api.aws"},
  };
  for (const auto& form : forms) {
    if (!rest.starts_with(form.front) || !rest.ends_with(form.end)) continue;
    if (rest.size() <= form.front.size() + form.end.size()) continue;
    const std::string_view region =
        rest.substr(form.front.size(), rest.size() - form.front.size() - form.end.size());
    if (!is_region(region)) continue;
    found.region = region;
    found.endpoint = "https://" + std::string(form.api) + found.region + std::string(form.domain);
    return found;
  }
  return std::nullopt;
}

Result<EcrClient> ecr_client(const EcrRegistry& registry, const Environment& environment) {
  EcrClient client;
  client.registry = registry;
  VIGIL_TRY(const base::AwsProfile profile, base::find_aws_profile(environment));
  if (profile.credentials.access_key_id.empty()) {
    return fail("there are no AWS keys for ECR", registry.endpoint,
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in "
                "~/.aws/credentials",
                ErrorCode::NotFound);
  }
  client.credentials = profile.credentials;
  client.now = base::now();
  for (const char* variable : {"AWS_ENDPOINT_URL_ECR", "AWS_ENDPOINT_URL"}) {
    const std::string endpoint = value_of(environment, variable);
    if (endpoint.empty()) continue;
    client.registry.endpoint = endpoint;
    client.http.allow_http = true;  // whoever set the variable decided that
    break;
  }
  return client;
}

Result<Credentials> ecr_credentials(const EcrClient& client) {
  VIGIL_TRY(const std::string answer, call(client, "GetAuthorizationToken", "{}"));
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(answer));
  for (const base::Json& item : root["authorizationData"].items()) {
    const auto pair = base::decode_base64(item["authorizationToken"].text());
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) continue;
    return Credentials{pair->substr(0, colon), pair->substr(colon + 1), {}, "ECR"};
  }
  return fail("ECR gives no authorization token", client.registry.endpoint, {}, ErrorCode::Network);
}

Result<std::vector<std::string>> ecr_repositories(const EcrClient& client, std::size_t limit) {
  std::vector<std::string> names;
  std::string next;
  do {
    base::JsonWriter json;
    json.begin_object().member("registryId", client.registry.account);
    json.member("maxResults", std::uint64_t{1000});
    if (!next.empty()) json.member("nextToken", next);
    json.end_object();
    VIGIL_TRY(const std::string answer, call(client, "DescribeRepositories", json.take()));
    base::JsonParser parser;
    VIGIL_TRY(const base::Json root, parser.parse(answer));
    const std::size_t before = names.size();
    for (const base::Json& item : root["repositories"].items()) {
      if (names.size() == limit) {
        return fail("more than " + base::with_thousands(limit) + " repositories",
                    client.registry.endpoint, {}, ErrorCode::TooLarge);
      }
      names.emplace_back(item["repositoryName"].text());
    }
    next = root["nextToken"].text();
    if (names.size() == before) break;  // a page without anything has no next
  } while (!next.empty());
  return names;
}

}  // namespace vigil::source::registry
