// What a request says of its own signature: in the Authorization header, or in the query of a presigned
// URL. Only read here, nothing is verified.
//
// Source: "Elements of an AWS API request signature" in the IAM User Guide; the texts of errors are
// those AWS's services send.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "api/error.h"
#include "base/aws_signature.h"
#include "server/http.h"

namespace vigil::server {

struct Authorization {
  std::string access_key_id;
  base::AwsScope scope;
  std::vector<std::string> signed_headers;  ///< lower-case, as the client lists them
  std::string signature;
  std::string time_text;  ///< "20261123T044517Z"
  std::int64_t time = 0;
  bool presigned = false;
  std::int64_t expires = 0;  ///< seconds a presigned URL is good for, at most seven days
};

/// Whether the request is signed at all, well or badly.
bool has_authorization(const HttpRequest& request);

/// Errors: MissingAuthenticationTokenException for a request that is not signed,
/// IncompleteSignatureException for one whose parts are missing or malformed; both 403.
api::Outcome<Authorization> read_authorization(const HttpRequest& request);

}  // namespace vigil::server
