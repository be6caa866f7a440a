// Access keys for API clients, in the form AWS's have: an id that may be shown and a secret that is
// shown once. The store holds the secret encrypted (server/secrets.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/secrets.h"
#include "server/signature/verifier.h"
#include "store/accounts.h"
#include "store/store.h"

namespace vigil::server {

struct AccessKey {
  std::string id;      ///< "AKIA" and 16 of A-Z, 2-7
  std::string secret;  ///< 40 letters and digits
};

AccessKey generate_access_key();

/// Makes a key and stores it. `principal` says in logs who uses it: 1 to 64 bytes of text; Invalid if it
/// is not.
Result<AccessKey> issue_access_key(store::Connection& to, const MasterKey& master,
                                   std::int64_t account, std::string_view principal,
                                   std::int64_t now);

/// Disables a key for good; false if there is none of this id, or in this account if one is given. Once
/// more is no error.
Result<bool> withdraw_access_key(store::Connection& to, std::optional<std::int64_t> account,
                                 std::string_view id, std::int64_t now);

/// The key under this id, opened; nothing if it is unknown or disabled.
Result<std::optional<SigningKey>> find_signing_key(store::Connection& from, const MasterKey& master,
                                                   std::string_view id);

/// What SignatureVerifier asks: one read of the store per request, so that a disabled key is refused at
/// once. `store` must outlive it.
SigningKeys signing_keys(store::Store& store, const MasterKey& master);

}  // namespace vigil::server
