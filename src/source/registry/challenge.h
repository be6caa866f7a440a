// What a registry asks for when it answers 401: the header WWW-Authenticate.
//
// Reference: RFC 9110 section 11 (the grammar), RFC 6750 (Bearer), RFC 7617 (Basic), and "Token
// Authentication Specification" of the Distribution project: realm is the address that gives tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::source::registry {

struct Challenge {
  std::string scheme;  ///< lower case: "bearer", "basic"
  std::string realm;
  std::string service;
  std::string scope;  ///< "repository:library/nginx:pull"
  std::string error;  ///< "insufficient_scope", "invalid_token"
};

/// The challenges of one header, which may hold several; what is not understood is passed over.
std::vector<Challenge> parse_challenges(std::string_view header);

}  // namespace vigil::source::registry
