// Requests to a Vigil server's own interface, /vigil/v1/, signed like those of AWS's tools.
#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/result.h"
#include "cli/client/identity.h"

namespace vigil::cli {

/// The signing name of /vigil/v1/.
inline constexpr std::string_view kServiceName = "vigil";

/// What a server's address says.
struct ServerAddress {
  std::string scheme;  ///< "https", "http"
  std::string host;    ///< with the port if it is not the scheme's own: as the Host header has it
  std::string prefix;  ///< of the path, without slash at the end; mostly empty
  bool loopback = false;

  [[nodiscard]] std::string url(std::string_view path) const;
};

/// "https://vigil.example.org", "http://127.0.0.1:8080/behind/a/proxy"
Result<ServerAddress> parse_server(std::string_view url);

class Client {
 public:
  /// Certificates to trust come from AWS_CA_BUNDLE, if that is set.
  static Result<Client> open(std::string_view url, const Environment& environment);

  /// `path` is percent-encoded and begins with a slash. Retries what is temporary, so the request must
  /// be one that may arrive twice. An answer of another status than 2xx is not an error.
  [[nodiscard]] Result<base::HttpAnswer> send(std::string_view method, std::string_view path,
                                              std::string_view content_type,
                                              std::string_view body) const;
  [[nodiscard]] std::string url(std::string_view path) const { return server_.url(path); }

 private:
  Client(ServerAddress server, ClientIdentity identity, base::HttpOptions options)
      : server_(std::move(server)), identity_(std::move(identity)), options_(std::move(options)) {}

  ServerAddress server_;
  ClientIdentity identity_;
  base::HttpOptions options_;
};

/// What an answer that is no success says, for people.
Error refusal(const base::HttpAnswer& answer, std::string where);

}  // namespace vigil::cli
