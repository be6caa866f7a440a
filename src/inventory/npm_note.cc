#include "inventory/npm_note.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace vigil::inventory {
namespace {

constexpr std::string_view kNote = "/node_modules/.package-lock.json";
constexpr std::string_view kNoteName = ".package-lock.json";
constexpr std::string_view kInstalled = "/package.json";

std::string_view place_of(const model::Package& package) {
  return package.locations.size() == 1 ? std::string_view(package.locations.front().path)
                                       : std::string_view{};
}

bool is_note(const model::Package& package) {
  return package.ecosystem == "npm" && place_of(package).ends_with(kNote);
}

/// Name, version and the outermost node_modules.
using Key = std::tuple<std::string_view, std::string_view, std::string_view>;

}  // namespace

void unite_with_npm_note(std::vector<model::Package>& packages) {
  constexpr std::string_view kFolder = "/node_modules/";
  std::multimap<Key, std::size_t> installed;
  if (std::none_of(packages.begin(), packages.end(), is_note)) return;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const std::string_view place = place_of(packages[i]);
    const std::size_t folder = place.find(kFolder);
    if (packages[i].ecosystem != "npm" || folder == std::string_view::npos) continue;
    if (!place.ends_with(kInstalled)) continue;
    installed.emplace(
        Key(packages[i].name, packages[i].version, place.substr(0, folder + kFolder.size())), i);
  }
  std::vector<bool> told(packages.size(), false);
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (!is_note(packages[i])) continue;
    std::string_view folder = place_of(packages[i]);
    folder.remove_suffix(kNoteName.size());
    const auto [first, last] =
        installed.equal_range(Key(packages[i].name, packages[i].version, folder));
    for (auto one = first; one != last; ++one) {
      model::Package& package = packages[one->second];
      package.scope = packages[i].scope;
      package.relation = packages[i].relation;
      package.parents = packages[i].parents;
      told[i] = true;
    }
  }
  std::vector<model::Package> kept;
  kept.reserve(packages.size());
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (!told[i]) kept.push_back(std::move(packages[i]));
  }
  packages = std::move(kept);
}

}  // namespace vigil::inventory
