// Verifies that a request was signed with an access key of this installation (AWS Signature Version
// 4). What is wrong is said with the types, statuses and texts of AWS's REST-JSON services, which SDKs
// act upon: they correct their clock by "Signature expired", for example.
//
// Decisions:
// - A signature is good for five minutes before and after the server's time, as with AWS's services of
//   this protocol (their error says "- 5 min."); fifteen is what S3, STS and IAM allow.
// - The body's hash is always checked. A client may leave the body unsigned (UNSIGNED-PAYLOAD) only
//   over TLS, as with S3.
// - The scope must name this installation's region and the service that the operation belongs to.
// - A request that changes something is accepted once (signature/replay_guard.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/error.h"
#include "api/operation.h"
#include "base/result.h"
#include "server/http.h"
#include "server/signature/replay_guard.h"

namespace vigil::server {

/// What an access key id stands for.
struct SigningKey {
  std::string secret;
  std::string account;    ///< 12 digits
  std::string principal;  ///< who it was issued to, for logs
};

/// Nothing for a key that is not known or disabled. Any thread.
using SigningKeys =
    std::function<Result<std::optional<SigningKey>>(std::string_view access_key_id)>;

class SignatureVerifier {
 public:
  SignatureVerifier(std::string region, SigningKeys keys);

  /// Who signed the request. `service` is what it must be signed for: "inspector2", "inspector-scan",
  /// "vigil". `changes` says that doing it twice would matter. Any thread.
  api::Outcome<api::Caller> verify(const HttpRequest& request, std::string_view service,
                                   bool changes, std::int64_t now);

 private:
  std::string region_;
  SigningKeys keys_;
  ReplayGuard replays_;
};

}  // namespace vigil::server
