#include "cli/client/identity.h"

namespace vigil::cli {

Result<ClientIdentity> find_identity(const Environment& environment) {
  VIGIL_TRY(base::AwsProfile profile, base::find_aws_profile(environment));
  if (profile.credentials.access_key_id.empty()) {
    return fail("there are no credentials for the server", {},
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in "
                "~/.aws/credentials; `vigil account key` makes an access key",
                ErrorCode::NotFound);
  }
  if (profile.region.empty()) profile.region = "us-east-1";
  return ClientIdentity{std::move(profile.credentials), std::move(profile.region)};
}

}  // namespace vigil::cli
