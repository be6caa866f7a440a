// Who a command is to a server: an access key and a region, found where AWS's own tools look
// (base/aws_profile.h). The region is us-east-1 if nothing says another.
#pragma once

#include <string>

#include "base/aws_profile.h"
#include "base/result.h"

namespace vigil::cli {

/// The value of a variable; null if it is not set.
using Environment = base::AwsEnvironment;

struct ClientIdentity {
  base::AwsCredentials credentials;
  std::string region;
};

/// NotFound, with a hint, if there are no credentials.
Result<ClientIdentity> find_identity(const Environment& environment);

}  // namespace vigil::cli
