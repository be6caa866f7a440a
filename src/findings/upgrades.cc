#include "findings/upgrades.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <tuple>

#include "findings/weight.h"

namespace vigil::findings {
namespace {

/// Ecosystem, name, and the installed version or the target. Views into what was given.
using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

/// What each thing in each installed version has to be brought to.
std::map<Key, std::string> targets_of(std::span<const Fixable> fixables,
                                      const CleanVersion& clean) {
  std::map<Key, std::string> latest;
  for (const Fixable& fixable : fixables) {
    for (const Fix& fix : fixable.fixes) {
      const auto [at, is_new] =
          latest.try_emplace({fix.ecosystem, fix.name, fix.installed}, fix.target);
      if (!is_new) at->second = later_version(fix.ecosystem, at->second, fix.target);
    }
  }
  if (!clean) return latest;
  for (auto& [key, target] : latest) {
    const auto& [ecosystem, name, installed] = key;
    target = clean(std::string(ecosystem), std::string(name), target);
  }
  return latest;
}

void describe(Upgrade& upgrade, const Fix& fix, std::string_view target) {
  if (upgrade.name.empty()) {
    upgrade.ecosystem = fix.ecosystem;
    upgrade.name = fix.name;
    upgrade.manager = fix.manager;
    upgrade.target = target;
  }
  if (std::ranges::find(upgrade.installed, fix.installed) == upgrade.installed.end())
    upgrade.installed.push_back(fix.installed);
  upgrade.packages.insert(fix.packages.begin(), fix.packages.end());
  if (upgrade.command.empty()) upgrade.command = fix.command;
}

void count(Upgrade& upgrade, const Fixable& fixable) {
  upgrade.findings += fixable.findings;
  upgrade.by_severity.at(static_cast<std::size_t>(fixable.severity)) += fixable.findings;
  upgrade.known_exploited += fixable.known_exploited ? fixable.findings : 0;
  upgrade.worst = std::max(upgrade.worst, fixable.severity);
  upgrade.worst_score = std::max(upgrade.worst_score, fixable.score);
  upgrade.in_use = upgrade.in_use || fixable.in_use;
  upgrade.risk +=
      fixable.findings * weight_of(fixable.severity, fixable.known_exploited, fixable.in_use);
}

}  // namespace

std::vector<Upgrade> upgrades_of(std::span<const Fixable> fixables, GroupBy group_by,
                                 const CleanVersion& clean) {
  const auto targets = targets_of(fixables, clean);
  std::map<Key, Upgrade> groups;
  for (std::size_t index = 0; index < fixables.size(); ++index) {
    for (const Fix& fix : fixables[index].fixes) {
      const std::string_view target = targets.at({fix.ecosystem, fix.name, fix.installed});
      const bool by_target = group_by == GroupBy::Target;
      Upgrade& upgrade =
          groups[{fix.ecosystem, fix.name, by_target ? target : std::string_view(fix.installed)}];
      describe(upgrade, fix, target);
      if (!upgrade.members.empty() && upgrade.members.back() == index) continue;
      upgrade.members.push_back(index);
      count(upgrade, fixables[index]);
    }
  }
  std::vector<Upgrade> upgrades;
  upgrades.reserve(groups.size());
  for (auto& [key, upgrade] : groups) upgrades.push_back(std::move(upgrade));
  std::ranges::stable_sort(upgrades, std::greater<>(), &Upgrade::risk);
  return upgrades;
}

}  // namespace vigil::findings
