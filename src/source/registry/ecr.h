// Amazon's registries (ECR): who one is to them, and what is in them, by the account's AWS keys.
//
// Reference: Amazon ECR API Reference 2015-09-21, GetAuthorizationToken ("AWS:password" in base64, good
// for 12 hours) and DescribeRepositories; endpoints by "Amazon Elastic Container Registry endpoints and
// quotas". Calls are JSON 1.1 with Signature Version 4 under the service name "ecr".
// AWS_ENDPOINT_URL_ECR and AWS_ENDPOINT_URL lead elsewhere, as in AWS's own tools.
//
// Not handled: public.ecr.aws by its own API (as any registry, with anonymous tokens, it works).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/aws_profile.h"
#include "base/http.h"
#include "base/result.h"
#include "source/registry/auth_file.h"

namespace vigil::source::registry {

struct EcrRegistry {
  std::string account;   ///< 12 digits
  std::string region;    ///< "eu-west-1"
  std::string endpoint;  ///< of its API: "https://api.ecr.eu-west-1.amazonaws.com"
};

/// Of "ACCOUNT.dkr.ecr.REGION.amazonaws.com" (also .cn, ecr-fips, and dual stack:
/// "ACCOUNT.dkr-ecr.REGION.on.aws").
std::optional<EcrRegistry> parse_ecr_host(std::string_view registry);

/// One call of the API, signed at the time `now`.
struct EcrClient {
  EcrRegistry registry;
  base::AwsCredentials credentials;
  base::HttpOptions http;
  std::int64_t now = 0;
};

/// NotFound if the environment has no AWS keys.
Result<EcrClient> ecr_client(const EcrRegistry& registry, const Environment& environment);

Result<Credentials> ecr_credentials(const EcrClient& client);
/// Names of all repositories, at most `limit` (TooLarge).
Result<std::vector<std::string>> ecr_repositories(const EcrClient& client, std::size_t limit);

}  // namespace vigil::source::registry
