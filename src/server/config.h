// What `vigil server` can be told, and where from: defaults, then a file of `name = value` lines, then
// environment variables VIGIL_NAME, then options --name. The later counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::server {

struct Config {
  std::string data;  ///< directory of the database, the keys, the intelligence
  std::string listen = "127.0.0.1:8080";
  std::string store;                     ///< address; empty: vigil.db in `data`
  std::string intel;                     ///< the snapshot; empty: `intelligence` in `data`
  std::string feeds;                     ///< directory of feeds; empty: from their upstreams
  std::string account = "000000000000";  ///< of this host, made at the first start
  std::string region = "us-east-1";
  /// Directories where packages of languages are looked for, with commas between; empty: everywhere.
  std::string deep_paths;
  std::string tls_certificate;        ///< PEM file; empty: no TLS
  std::string tls_key;                ///< PEM file
  std::string log_level = "info";     ///< debug, info, warning, error
  std::string log_format = "text";    ///< text, json
  std::string registry;               ///< "registry.example:5000"; empty: none is watched
  std::string registry_repositories;  ///< patterns of names; empty: all
  std::string registry_tags;          ///< patterns of tags; empty: all
  std::string registry_token;         ///< what its notifications must prove
  std::int64_t workers = 4;           ///< threads that answer requests
  std::int64_t max_connections = 4096;
  bool watch_host = true;  ///< scan this machine, continuously
  // Seconds; 0 turns the work off.
  std::int64_t intel_interval = std::int64_t{6} * 3600;  ///< intelligence is refreshed
  std::int64_t scan_interval =
      std::int64_t{24} * 3600;  ///< this host is scanned whatever was noticed
  std::int64_t deep_interval =
      std::int64_t{6} * 3600;  ///< packages of languages are looked for in all its directories
  std::int64_t process_interval = 300;  ///< its processes and ports are looked at
  std::int64_t registry_interval = std::int64_t{6} * 3600;  ///< the registry is listed
  std::int64_t maintenance_interval = 60;                   ///< expiry, deletion, coverage
  std::int64_t clock_offset = 0;                            ///< added to the clock: for tests
};

/// One setting as people write it.
struct ConfigField {
  std::string_view name;  ///< "intel-interval"; in the environment VIGIL_INTEL_INTERVAL
  std::string_view help;
  Result<void> (*set)(Config& config, std::string_view text);
  std::string (*get)(const Config& config);
};
std::span<const ConfigField> config_fields();

/// Its value for people: the password of a store's address and the token of a registry are left out.
std::string shown_setting(const ConfigField& field, const Config& config);

/// "VIGIL_INTEL_INTERVAL"
std::string environment_name(const ConfigField& field);

/// Values by name, from the weakest to the strongest source. An error names the source, the setting
/// and what may stand there.
struct ConfigSource {
  std::string where;  ///< "vigil.conf:12", "VIGIL_LISTEN", "--listen"
  std::string name;
  std::string value;
};
Result<Config> make_config(std::span<const ConfigSource> sources);

/// Lines `name = value`; `#` begins a comment line. Durations may be written 90, 90s, 15m, 6h, 30d.
Result<std::vector<ConfigSource>> parse_config_file(std::string_view text, std::string_view where);

/// Settings of the environment, by `get` (std::getenv but for tests).
std::vector<ConfigSource> config_of_environment(
    const std::function<const char*(const std::string&)>& get);

}  // namespace vigil::server
