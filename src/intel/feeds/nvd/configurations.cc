#include "intel/feeds/nvd/configurations.h"

#include <map>
#include <tuple>

#include "base/text.h"
#include "intel/feeds/intervals.h"
#include "intel/feeds/record.h"
#include "model/cpe.h"
#include "version/scheme.h"

namespace vigil::intel::nvd {
namespace {

using base::Json;
using feeds::Interval;

constexpr std::string_view kEcosystem = "CPE";

/// In Go's words; empty for what is no system of a known kind.
std::string platform_of(const model::Cpe& system) {
  if (system.vendor == "microsoft" && system.product.starts_with("windows")) return "windows";
  if (system.vendor == "apple" && (system.product == "macos" || system.product == "mac_os_x")) {
    return "darwin";
  }
  for (const std::string_view linux_vendor :
       {"linux", "debian", "canonical", "redhat", "fedoraproject", "suse", "opensuse"}) {
    if (system.vendor == linux_vendor) return "linux";
  }
  return {};
}

std::string target_platform(const model::Cpe& cpe) {
  if (cpe.target_software == "windows") return "windows";
  if (cpe.target_software == "macos" || cpe.target_software == "mac_os_x") return "darwin";
  return cpe.target_software.starts_with("linux") ? "linux" : std::string();
}

/// What a configuration must run on.
struct Ground {
  std::vector<std::string> platforms;  ///< empty: any
  std::string note;
};

Ground ground_of(Json configuration) {
  Ground ground;
  std::vector<std::string> others;
  for (const Json node : configuration["nodes"].items()) {
    for (const Json match : node["cpeMatch"].items()) {
      if (match["vulnerable"].truth().value_or(true)) continue;
      const auto cpe = model::parse_cpe(match["criteria"].text());
      if (!cpe) continue;
      if (const std::string platform = platform_of(*cpe); cpe->part == 'o' && !platform.empty()) {
        feeds::add_once(ground.platforms, platform);
      } else {
        feeds::add_once(others, cpe->product_name());
      }
    }
  }
  if (others.empty()) return ground;
  // With others beside the systems nobody can tell which of them it takes.
  ground.platforms.clear();
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < others.size() && i < kShown; ++i) {
    ground.note += (i == 0 ? "only with " : ", ") + others[i];
  }
  if (others.size() > kShown) ground.note += " ...";
  return ground;
}

/// Nothing for a match that names no versions.
Result<std::optional<Interval>> versions_of(Json match, const model::Cpe& cpe) {
  const version::Scheme& scheme = *version::scheme_of_ecosystem(kEcosystem);
  Interval interval;
  bool bounded = false;
  const auto bound = [&](const char* key) {
    const std::string_view text = base::trim(match[key].text());
    bounded |= !text.empty();
    return text;
  };
  if (const auto text = bound("versionStartIncluding"); !text.empty()) {
    VIGIL_TRY(interval.low, feeds::cut_before(scheme, text));
  }
  if (const auto text = bound("versionStartExcluding"); !text.empty()) {
    VIGIL_TRY(interval.low, feeds::cut_after(scheme, text));
  }
  if (const auto text = bound("versionEndExcluding"); !text.empty()) {
    VIGIL_TRY(interval.high, feeds::cut_before(scheme, text));
    interval.fixed = true;
  }
  if (const auto text = bound("versionEndIncluding"); !text.empty()) {
    VIGIL_TRY(interval.high, feeds::cut_after(scheme, text));
    interval.fixed = false;
  }
  if (bounded || cpe.version == "*") return interval;
  const std::string version = cpe.whole_version();
  if (version.empty()) return std::nullopt;
  VIGIL_TRY(interval.low, feeds::cut_before(scheme, version));
  VIGIL_TRY(interval.high, feeds::cut_after(scheme, version));
  return interval;
}

}  // namespace

std::vector<Statement> statements_of(Json configurations, const std::string& id, Sink& sink) {
  // Product, platforms and note: matches that agree in these are one statement.
  using Key = std::tuple<std::string, std::vector<std::string>, std::string>;
  std::map<Key, std::vector<Interval>> affected;
  for (const Json configuration : configurations.items()) {
    if (configuration["negate"].truth().value_or(false)) continue;
    const Ground ground = ground_of(configuration);
    for (const Json node : configuration["nodes"].items()) {
      if (node["negate"].truth().value_or(false)) continue;
      for (const Json match : node["cpeMatch"].items()) {
        if (!match["vulnerable"].truth().value_or(true)) continue;
        const auto cpe = model::parse_cpe(match["criteria"].text());
        if (!cpe || cpe->part != 'a') continue;
        const auto interval = versions_of(match, *cpe);
        if (!interval) {
          sink.problem(id + " " + cpe->product_name(), interval.error().text());
          continue;
        }
        if (!*interval) continue;
        std::vector<std::string> platforms = ground.platforms;
        if (const std::string target = target_platform(*cpe); !target.empty()) platforms = {target};
        affected[{cpe->product_name(), platforms, ground.note}].push_back(**interval);
      }
    }
  }
  std::vector<Statement> statements;
  for (auto& [key, intervals] : affected) {
    const feeds::IntervalSet set = feeds::united(std::move(intervals));
    if (set.empty()) continue;
    Statement statement;
    statement.ecosystem = kEcosystem;
    std::tie(statement.package, statement.platforms, statement.note) = key;
    statement.vulnerability = id;
    statement.state = feeds::state_of(set);
    statement.ranges = feeds::to_ranges(set);
    statements.push_back(std::move(statement));
  }
  return statements;
}

}  // namespace vigil::intel::nvd
