// Who a command is to a server: an access key and a region, found where AWS's own tools look.
//
// Reference: "Configuration and credential file settings" in the AWS CLI user guide. In this order:
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; the profile AWS_PROFILE ("default")
// in AWS_SHARED_CREDENTIALS_FILE (~/.aws/credentials), then in AWS_CONFIG_FILE (~/.aws/config). The
// region: AWS_REGION, AWS_DEFAULT_REGION, the profile, else us-east-1.
//
// Not handled: roles to assume, single sign-on, programs that print credentials.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/aws_signature.h"
#include "base/result.h"

namespace vigil::cli {

/// The value of a variable; null if it is not set.
using Environment = std::function<const char*(const char* name)>;

struct ClientIdentity {
  base::AwsCredentials credentials;
  std::string region;
};

/// NotFound, with a hint, if there are no credentials.
Result<ClientIdentity> find_identity(const Environment& environment);

/// The value of `key` in the section `[section]` of an AWS file; empty if it is not there.
std::string aws_file_value(std::string_view text, std::string_view section, std::string_view key);

}  // namespace vigil::cli
