// One registry as an HTTP server: finds out how it is spoken to, proves who one is, follows its
// redirects within bounds, tries again what may succeed later. What is asked and what the answers
// mean is others' business (pull.h, catalog.h).
//
// Reference: OCI Distribution Specification 1.1; trust.h for whom it may send us to.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_session.h"
#include "base/result.h"
#include "base/url.h"
#include "source/registry/auth_file.h"
#include "source/registry/options.h"

namespace vigil::source::registry {

struct Get {
  std::string method = "GET";  ///< or "HEAD"
  std::string target;          ///< "/v2/library/nginx/manifests/latest"
  std::string repository;      ///< whose credentials and tokens count; empty: the registry's
  std::vector<std::string> headers;
  std::uint64_t max_bytes = std::uint64_t{8} << 20;
  std::chrono::milliseconds timeout{0};  ///< 0: of small things
  /// Where the content goes; see base::SessionRequest. With a sink nothing is retried after its first
  /// byte: who has the bytes knows where to go on.
  std::function<Result<void>(std::string_view)> sink;
  std::function<Result<void>(const base::SessionAnswer&)> begin;
  std::function<bool()> cancelled;  ///< beside that of the options; may be empty
};

/// An answer 200 or 206, or why there is none. NotFound for 404; Network else. `temporary` is set if
/// the content broke off in the middle.
struct GetFailure {
  Error error;
  bool temporary = false;
};
using GetResult = tl::expected<base::SessionAnswer, GetFailure>;

/// Thread-safe.
class Connection {
 public:
  /// `registry`: "docker.io", "host:5000", or with a scheme, which then counts: "http://host:5000".
  /// `explicit_credentials`: the user of the options is for this registry.
  Connection(std::string registry, const Options& options, bool explicit_credentials);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  GetResult get(const Get& get);

  /// GET of an address elsewhere that the registry names, without credentials: a foreign layer's.
  GetResult get_elsewhere(const std::string& url, const Get& get);

  /// For people: "docker.io".
  [[nodiscard]] const std::string& name() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigil::source::registry
