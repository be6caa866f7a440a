// `vigil server`: the settings gathered, then served.
#include <fmt/format.h>

#include "base/environment.h"
#include "base/file.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "server/config.h"
#include "server/run.h"

namespace vigil::cli {
namespace {

constexpr std::uint64_t kConfigFileBytes = 1 << 20;

Result<server::Config> gather(const ServerOptions& options) {
  std::vector<server::ConfigSource> sources = {{"default", "data", data_directory()}};
  const auto append = [&](std::vector<server::ConfigSource> more) {
    sources.insert(sources.end(), std::make_move_iterator(more.begin()),
                   std::make_move_iterator(more.end()));
  };
  if (!options.config_file.empty()) {
    VIGIL_TRY(const std::string text, base::read_file(options.config_file, kConfigFileBytes));
    VIGIL_TRY(auto lines, server::parse_config_file(text, options.config_file));
    append(std::move(lines));
  }
  append(server::config_of_environment(base::environment));
  for (const auto& [name, value] : options.settings) sources.push_back({"--" + name, name, value});
  return server::make_config(sources);
}

}  // namespace

int serve(const ServerOptions& options) {
  const auto config = gather(options);
  if (!config) return report_error(config.error());
  const auto served = server::run(*config);
  return served ? static_cast<int>(kSuccess) : report_error(served.error());
}

int server_check(const ServerOptions& options) {
  const auto config = gather(options);
  if (!config) return report_error(config.error());
  for (const server::ConfigField& field : server::config_fields()) {
    print(fmt::format("{:<22}{}\n", field.name, server::shown_setting(field, *config)));
  }
  const auto checked = server::check(*config);
  if (!checked) return report_error(checked.error());
  for (const std::string& line : *checked) print(line + "\n");
  return kSuccess;
}

}  // namespace vigil::cli
