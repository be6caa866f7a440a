#include "server/config.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "source/registry/pattern.h"
#include "source/registry/reference.h"

namespace vigil::server {
namespace {

template <std::string Config::* Member>
Result<void> set_text(Config& config, std::string_view text) {
  config.*Member = text;
  return ok();
}
template <std::string Config::* Member>
std::string get_text(const Config& config) {
  return config.*Member;
}

Result<std::int64_t> parse_count(std::string_view text) {
  const auto number = base::parse_unsigned(text);
  if (!number || *number == 0 || *number > 1'000'000) {
    return fail("'" + std::string(text) + "' is no count", {}, "a number from 1 to 1000000");
  }
  return static_cast<std::int64_t>(*number);
}

/// Seconds, or a number with s, m, h or d.
Result<std::int64_t> parse_duration(std::string_view text) {
  std::int64_t unit = 1;
  std::string_view digits = text;
  const bool negative = digits.starts_with('-');
  if (negative) digits.remove_prefix(1);
  if (!digits.empty()) {
    switch (digits.back()) {
      case 's':
        unit = 1;
        break;
      case 'm':
        unit = 60;
        break;
      case 'h':
        unit = 3600;
        break;
      case 'd':
        unit = 86400;
        break;
      default:
        unit = 0;
    }
    if (unit == 0) {
      unit = 1;
    } else {
      digits.remove_suffix(1);
    }
  }
  const auto number = base::parse_unsigned(digits);
  if (!number || *number > 1'000'000'000) {
    return fail("'" + std::string(text) + "' is no duration", {}, "such as 90s, 15m, 6h or 30d");
  }
  const std::int64_t seconds = static_cast<std::int64_t>(*number) * unit;
  return negative ? -seconds : seconds;
}

template <std::int64_t Config::* Member>
Result<void> set_count(Config& config, std::string_view text) {
  VIGIL_TRY(config.*Member, parse_count(text));
  return ok();
}
template <std::int64_t Config::* Member>
Result<void> set_interval(Config& config, std::string_view text) {
  VIGIL_TRY(const std::int64_t seconds, parse_duration(text));
  if (seconds < 0) return fail("an interval cannot be negative", {}, "0 turns the work off");
  config.*Member = seconds;
  return ok();
}
template <std::int64_t Config::* Member>
Result<void> set_duration(Config& config, std::string_view text) {
  VIGIL_TRY(config.*Member, parse_duration(text));
  return ok();
}
template <std::int64_t Config::* Member>
std::string get_number(const Config& config) {
  return std::to_string(config.*Member);
}

template <bool Config::* Member>
Result<void> set_switch(Config& config, std::string_view text) {
  const std::string word = base::lower(text);
  const bool on = word == "true" || word == "yes" || word == "on" || word == "1";
  const bool off = word == "false" || word == "no" || word == "off" || word == "0";
  if (!on && !off) return fail("'" + std::string(text) + "' is neither true nor false");
  config.*Member = on;
  return ok();
}
template <bool Config::* Member>
std::string get_switch(const Config& config) {
  return config.*Member ? "true" : "false";
}

Result<void> set_account(Config& config, std::string_view text) {
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.size() != 12 || !digits) {
    return fail("'" + std::string(text) + "' is no account id", {}, "twelve digits");
  }
  config.account = text;
  return ok();
}

Result<void> set_registry(Config& config, std::string_view text) {
  if (!text.empty() && !source::registry::is_registry(text)) {
    return fail("'" + std::string(text) + "' is no registry", {}, "HOST or HOST:PORT");
  }
  config.registry = text;
  return ok();
}

template <std::string Config::* Member>
Result<void> set_patterns(Config& config, std::string_view text) {
  VIGIL_CHECK(source::registry::Patterns::parse(text));
  config.*Member = text;
  return ok();
}

template <std::string Config::* Member, const auto& Words>
Result<void> set_word(Config& config, std::string_view text) {
  if (std::ranges::find(Words, text) == std::end(Words)) {
    return fail("'" + std::string(text) + "' is not known here", {},
                "one of " + base::join({std::begin(Words), std::end(Words)}, ", "));
  }
  config.*Member = text;
  return ok();
}

constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 2> kFormats = {"text", "json"};

using C = Config;
constexpr std::array kFields = {
    ConfigField{"data", "Directory of the database, the keys and the intelligence",
                set_text<&C::data>, get_text<&C::data>},
    ConfigField{"listen", "Address and port to serve", set_text<&C::listen>, get_text<&C::listen>},
    ConfigField{"store", "The store: postgres://... or a path; by default vigil.db in --data",
                set_text<&C::store>, get_text<&C::store>},
    ConfigField{"intel", "The intelligence snapshot; by default `intelligence` in --data",
                set_text<&C::intel>, get_text<&C::intel>},
    ConfigField{"feeds", "Directory of feeds to load intelligence from, instead of the upstreams",
                set_text<&C::feeds>, get_text<&C::feeds>},
    ConfigField{"account", "Account of this host, twelve digits", set_account,
                get_text<&C::account>},
    ConfigField{"region", "Region of the ARNs", set_text<&C::region>, get_text<&C::region>},
    ConfigField{"tls-certificate", "PEM file of the certificate chain; empty: no TLS",
                set_text<&C::tls_certificate>, get_text<&C::tls_certificate>},
    ConfigField{"tls-key", "PEM file of the certificate's key", set_text<&C::tls_key>,
                get_text<&C::tls_key>},
    ConfigField{"log-level", "debug, info, warning or error", set_word<&C::log_level, kLevels>,
                get_text<&C::log_level>},
    ConfigField{"log-format", "text or json", set_word<&C::log_format, kFormats>,
                get_text<&C::log_format>},
    ConfigField{"workers", "Threads that answer requests", set_count<&C::workers>,
                get_number<&C::workers>},
    ConfigField{"max-connections", "Connections served at once", set_count<&C::max_connections>,
                get_number<&C::max_connections>},
    ConfigField{"watch-host", "Scan this machine continuously", set_switch<&C::watch_host>,
                get_switch<&C::watch_host>},
    ConfigField{"registry", "A registry whose images are scanned, HOST or HOST:PORT; empty: none",
                set_registry, get_text<&C::registry>},
    ConfigField{"registry-repositories",
                "Its repositories to scan, names with * and ?, !NAME to leave one out; empty: all",
                set_patterns<&C::registry_repositories>, get_text<&C::registry_repositories>},
    ConfigField{"registry-tags", "The tags to scan, likewise", set_patterns<&C::registry_tags>,
                get_text<&C::registry_tags>},
    ConfigField{"registry-token", "What notifications of pushes must carry; empty: none are taken",
                set_text<&C::registry_token>, get_text<&C::registry_token>},
    ConfigField{"registry-interval",
                "How often the registry is listed; 0: only notifications count",
                set_interval<&C::registry_interval>, get_number<&C::registry_interval>},
    ConfigField{"intel-interval", "How often intelligence is refreshed; 0: never",
                set_interval<&C::intel_interval>, get_number<&C::intel_interval>},
    ConfigField{"scan-interval", "How often this host is scanned whatever was noticed; 0: never",
                set_interval<&C::scan_interval>, get_number<&C::scan_interval>},
    ConfigField{"deep-interval", "How often packages of languages are looked for; 0: never",
                set_interval<&C::deep_interval>, get_number<&C::deep_interval>},
    ConfigField{"deep-paths", "Only in these directories, with commas between; empty: everywhere",
                set_text<&C::deep_paths>, get_text<&C::deep_paths>},
    ConfigField{"process-interval", "How often its processes and ports are looked at; 0: never",
                set_interval<&C::process_interval>, get_number<&C::process_interval>},
    ConfigField{"maintenance-interval", "How often expiry and deletion are seen to; 0: never",
                set_interval<&C::maintenance_interval>, get_number<&C::maintenance_interval>},
    ConfigField{"clock-offset", "Added to the clock, to try retention without waiting",
                set_duration<&C::clock_offset>, get_number<&C::clock_offset>},
};

}  // namespace

std::span<const ConfigField> config_fields() {
  return kFields;
}

std::string shown_setting(const ConfigField& field, const Config& config) {
  std::string value = field.get(config);
  if (field.name == "registry-token" && !value.empty()) return "***";
  const std::size_t scheme = value.find("://");
  const std::size_t at = value.rfind('@');
  if (scheme == std::string::npos || at == std::string::npos || at < scheme) return value;
  const std::size_t colon = value.find(':', scheme + 3);
  if (colon < at) value.replace(colon + 1, at - colon - 1, "***");
  return value;
}

std::string environment_name(const ConfigField& field) {
  return "VIGIL_" + base::replace_all(base::upper(field.name), "-", "_");
}

Result<Config> make_config(std::span<const ConfigSource> sources) {
  Config config;
  for (const ConfigSource& source : sources) {
    const auto field = std::ranges::find(kFields, source.name, &ConfigField::name);
    if (field == kFields.end()) {
      return fail("unknown setting '" + source.name + "'", source.where,
                  "`vigil server --help` lists the settings");
    }
    if (auto set = field->set(config, source.value); !set) {
      Error error = set.error();
      error.where = source.where;
      return fail(std::move(error));
    }
  }
  if (config.data.empty()) return fail("no data directory is given", "--data");
  if (config.tls_certificate.empty() != config.tls_key.empty()) {
    return fail("a certificate and its key belong together", "--tls-certificate, --tls-key");
  }
  if (config.store.empty()) config.store = config.data + "/vigil.db";
  if (config.intel.empty()) config.intel = config.data + "/intelligence";
  return config;
}

Result<std::vector<ConfigSource>> parse_config_file(std::string_view text, std::string_view where) {
  std::vector<ConfigSource> sources;
  std::size_t number = 0;
  while (const auto raw = base::next_line(text)) {
    ++number;
    const std::string_view line = base::trim(*raw);
    if (line.empty() || line.starts_with('#')) continue;
    std::string place = std::string(where) + ":" + std::to_string(number);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      return fail("this is no setting", place, "write `name = value`");
    }
    sources.push_back({std::move(place), std::string(base::trim(line.substr(0, equals))),
                       std::string(base::trim(line.substr(equals + 1)))});
  }
  return sources;
}

std::vector<ConfigSource> config_of_environment(
    const std::function<const char*(const std::string&)>& get) {
  std::vector<ConfigSource> sources;
  for (const ConfigField& field : kFields) {
    const std::string name = environment_name(field);
    if (const char* value = get(name)) sources.push_back({name, std::string(field.name), value});
  }
  return sources;
}

}  // namespace vigil::server
