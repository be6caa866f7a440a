// The credentials and the region that AWS's own tools would use.
//
// Reference: "Configuration and credential file settings" in the AWS CLI user guide. In this order:
// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN; the profile AWS_PROFILE ("default")
// in AWS_SHARED_CREDENTIALS_FILE (~/.aws/credentials), then in AWS_CONFIG_FILE (~/.aws/config). The
// region: AWS_REGION, AWS_DEFAULT_REGION, the profile.
//
// Not handled: roles to assume, single sign-on, programs that print credentials, the roles of
// machines and containers.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/aws_signature.h"
#include "base/result.h"

namespace vigil::base {

/// The value of a variable; null if it is not set.
using AwsEnvironment = std::function<const char*(const char* name)>;

struct AwsProfile {
  AwsCredentials credentials;  ///< both parts of the key or none
  std::string region;          ///< empty if nothing says it
};

/// An error only for a file that is there and cannot be read.
Result<AwsProfile> find_aws_profile(const AwsEnvironment& environment);

/// The value of `key` in the section `[section]` of an AWS file; empty if it is not there.
std::string aws_file_value(std::string_view text, std::string_view section, std::string_view key);

}  // namespace vigil::base
