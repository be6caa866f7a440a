// What can be said about how registries are spoken to.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/registry/environment.h"

namespace vigil::source::registry {

/// A copy of a registry that is asked first.
struct Mirror {
  std::string registry;  ///< of which it is a copy: "docker.io"
  std::string address;   ///< "host:port", "http://host:port"
  std::string prefix;    ///< put before the names of repositories: "proxy"; mostly empty
};

struct Options {
  std::string user;  ///< for the registry that was asked for; not for its mirrors
  std::string password;
  /// Registries ("host:port") that may be spoken to without TLS or with a certificate nobody knows;
  /// "*": all. Loopback addresses and "localhost" may always be spoken to without TLS.
  std::vector<std::string> insecure;
  std::vector<Mirror> mirrors;
  std::string ca_file;                        ///< PEM certificates to trust beside the system's
  unsigned attempts = 4;                      ///< of one request; 1: no retry
  std::chrono::milliseconds first_wait{500};  ///< before the second attempt; then twice that ...
  std::chrono::milliseconds longest_wait{60'000};  ///< a registry that wants more has failed
  std::chrono::milliseconds connect_timeout{20'000};
  std::chrono::seconds stall_timeout{60};
  std::chrono::milliseconds small_timeout{120'000};       ///< a manifest, a token, a list
  std::chrono::milliseconds layer_timeout{3'600'000};     ///< a layer, each attempt
  std::uint64_t largest_layer = std::uint64_t{64} << 30;  ///< bytes of a blob
  Environment environment;
  std::function<bool()> cancelled;  ///< may be empty
};

/// From the options of a command ("--insecure-registry", "--registry-mirror", "--registry-ca",
/// "--registry-user"; values of repeated ones joined by newlines) and the environment
/// (VIGIL_REGISTRY_USER, VIGIL_REGISTRY_PASSWORD, VIGIL_REGISTRY_MIRROR, VIGIL_INSECURE_REGISTRY,
/// VIGIL_REGISTRY_CA), where the command's count more. A password is never an option: the list of
/// processes shows those to everybody.
Result<Options> make_options(const std::map<std::string, std::string, std::less<>>& given,
                             Environment environment);

/// "[REGISTRY=][http[s]://]HOST[:PORT][/PREFIX]"; without REGISTRY it mirrors docker.io.
Result<Mirror> parse_mirror(std::string_view text);

/// The environment of this process.
Environment process_environment();

}  // namespace vigil::source::registry
