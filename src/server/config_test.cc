#include "server/config.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

Result<Config> config_of(std::vector<ConfigSource> sources) {
  return make_config(sources);
}

TEST(Config, TheLaterSourceCounts) {
  const auto config = config_of({{"vigil.conf:1", "data", "/srv/vigil"},
                                 {"VIGIL_LISTEN", "listen", "127.0.0.1:1"},
                                 {"--listen", "listen", "127.0.0.1:2"}});
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(config->listen, "127.0.0.1:2");
  EXPECT_EQ(config->store, "/srv/vigil/vigil.db");
  EXPECT_EQ(config->intel, "/srv/vigil/intelligence");
}

TEST(Config, DurationsHaveUnits) {
  const std::vector<std::pair<std::string, std::int64_t>> cases = {
      {"90", 90}, {"90s", 90}, {"15m", 900}, {"6h", 21600}, {"30d", 2592000}, {"0", 0}};
  for (const auto& [text, seconds] : cases) {
    const auto config = config_of({{"--data", "data", "d"}, {"x", "scan-interval", text}});
    ASSERT_TRUE(config) << text;
    EXPECT_EQ(config->scan_interval, seconds) << text;
  }
  const auto back = config_of({{"--data", "data", "d"}, {"x", "clock-offset", "-8d"}});
  ASSERT_TRUE(back);
  EXPECT_EQ(back->clock_offset, -8 * 86400);
}

TEST(Config, AnErrorNamesTheSourceAndTheWayOut) {
  const std::vector<std::pair<ConfigSource, std::string>> cases = {
      {{"vigil.conf:3", "scan-interval", "soon"},
       "vigil.conf:3: 'soon' is no duration (such as 90s, 15m, 6h or 30d)"},
      {{"VIGIL_ACCOUNT", "account", "12"}, "VIGIL_ACCOUNT: '12' is no account id (twelve digits)"},
      {{"--log-level", "log-level", "loud"},
       "--log-level: 'loud' is not known here (one of debug, info, warning, error)"},
      {{"vigil.conf:4", "lisen", "x"},
       "vigil.conf:4: unknown setting 'lisen' (`vigil server --help` lists the settings)"},
      {{"--scan-interval", "scan-interval", "-1s"},
       "--scan-interval: an interval cannot be negative (0 turns the work off)"},
      {{"--watch-host", "watch-host", "maybe"}, "--watch-host: 'maybe' is neither true nor false"},
  };
  for (const auto& [source, text] : cases) {
    const auto config = config_of({{"--data", "data", "d"}, source});
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().text(), text);
  }
}

TEST(Config, ACertificateNeedsItsKey) {
  EXPECT_FALSE(config_of({{"--data", "data", "d"}, {"x", "tls-key", "key.pem"}}));
}

TEST(ConfigFile, HasCommentsAndSettings) {
  const auto sources =
      parse_config_file("# Vigil\n\n listen = 0.0.0.0:443 \nregion=eu-west-1\n", "vigil.conf");
  ASSERT_TRUE(sources);
  ASSERT_EQ(sources->size(), 2U);
  EXPECT_EQ((*sources)[0].where, "vigil.conf:3");
  EXPECT_EQ((*sources)[0].value, "0.0.0.0:443");
  EXPECT_EQ((*sources)[1].name, "region");
  EXPECT_FALSE(parse_config_file("listen\n", "vigil.conf"));
}

TEST(Config, TheEnvironmentNamesEverySetting) {
  const auto sources = config_of_environment(
      [](const std::string& name) { return name == "VIGIL_INTEL_INTERVAL" ? "1h" : nullptr; });
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].name, "intel-interval");
}

TEST(Config, AShownStoreHidesItsPassword) {
  const auto config = config_of(
      {{"--data", "data", "d"}, {"--store", "store", "postgres://vigil:secret@db:5432/vigil"}});
  ASSERT_TRUE(config);
  for (const ConfigField& field : config_fields()) {
    EXPECT_EQ(shown_setting(field, *config).find("secret"), std::string::npos);
    if (field.name == "store") {
      EXPECT_EQ(shown_setting(field, *config), "postgres://vigil:***@db:5432/vigil");
    }
  }
}

TEST(Config, TheTokenOfARegistryIsNotShown) {
  const auto config = config_of({{"--data", "data", "d"},
                                 {"x", "registry", "registry.example:5000"},
                                 {"x", "registry-repositories", "team/* !*-test"},
                                 {"x", "registry-token", "hush"}});
  ASSERT_TRUE(config) << config.error().text();
  EXPECT_EQ(config->registry_token, "hush");
  for (const ConfigField& field : config_fields()) {
    EXPECT_EQ(shown_setting(field, *config).find("hush"), std::string::npos) << field.name;
  }
  EXPECT_FALSE(config_of({{"--data", "data", "d"}, {"x", "registry", "https://registry.example"}}));
  EXPECT_FALSE(config_of({{"--data", "data", "d"}, {"x", "registry-tags", "[0-9]"}}));
}

TEST(Config, WhatASettingGivesItTakes) {
  const Config config = *config_of({{"--data", "data", "d"}});
  for (const ConfigField& field : config_fields()) {
    Config copy = config;
    EXPECT_TRUE(field.set(copy, field.get(config))) << field.name;
    EXPECT_EQ(field.get(copy), field.get(config)) << field.name;
  }
}

}  // namespace
}  // namespace vigil::server
