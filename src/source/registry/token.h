// Tokens: what a registry's token server is asked, and what it answers.
//
// Reference: the Distribution project's "Token Authentication Specification" (GET with basic
// authentication or none) and "OAuth2 Token Authentication" (POST, for identity tokens).
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/registry/auth_file.h"
#include "source/registry/challenge.h"

namespace vigil::source::registry {

struct TokenRequest {
  std::string method = "GET";
  std::string url;
  std::string authorization;  ///< the value of the header; empty: none
  std::string body;           ///< a form, of a POST
};

/// `challenge` with the scheme "bearer". Its realm is what somebody else says: whether it may be
/// asked is decided by whoever sends it.
TokenRequest token_request(const Challenge& challenge, const Credentials& credentials);

/// "Basic dXNlcjpwYXNz".
std::string basic_authorization(const Credentials& credentials);

struct Token {
  std::string value;
  /// From now, as the server says; 60 s if it says nothing (the specification's default).
  std::chrono::seconds lifetime{60};
};

Result<Token> parse_token(std::string_view json);

}  // namespace vigil::source::registry
