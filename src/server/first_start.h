// What an empty installation needs before anybody can use it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "estate/estate.h"
#include "server/secrets.h"

namespace vigil::server {

struct FirstCredentials {
  std::string account;
  std::string access_key_id;
  std::string secret_access_key;
  std::string user;
  std::string password;
};

/// Makes an access key and the user `admin` if there is no user yet, and the account if there is none;
/// nothing otherwise. The secrets are kept nowhere in a form that could be shown again.
Result<std::optional<FirstCredentials>> first_start(estate::Estate& estate, const MasterKey& key,
                                                    std::string_view account);

/// The account of this host: the one that is wanted if it exists, else the oldest there is.
Result<std::string> watched_account(estate::Estate& estate, std::string_view wanted);

/// What to print: once, for people.
std::string welcome(const FirstCredentials& credentials, std::string_view url,
                    std::string_view region);

}  // namespace vigil::server
