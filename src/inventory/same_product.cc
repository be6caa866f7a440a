#include "inventory/same_product.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"

namespace vigil::inventory {
namespace {

using model::Package;

constexpr std::string_view kRelease = "/release";
constexpr std::string_view kVirtualMachine = "/libjvm.so";

/// The only place; empty if there are several.
std::string_view place(const Package& package) {
  return package.locations.size() == 1 ? std::string_view(package.locations.front().path)
                                       : std::string_view{};
}

bool is_java(const Package& package, std::string_view file) {
  return package.ecosystem == "Bitnami" && package.name == "java" && place(package).ends_with(file);
}

/// "v3.14.0+incompatible" -> "3.14.0".
std::string_view plain(std::string_view version) {
  version = version.substr(0, version.find('+'));
  if (version.starts_with('v')) version.remove_prefix(1);
  return version;
}

/// Is "helm.sh/helm/v3" the module of "helm", and "github.com/docker/cli" that of "docker-cli"? One
/// that only lies in it ("github.com/hashicorp/consul/api") is a library.
bool is_module_of(std::string_view module, std::string_view product) {
  std::vector<std::string_view> parts = base::split(module, '/');
  const bool is_major = parts.size() > 1 && parts.back().size() > 1 && parts.back()[0] == 'v' &&
                        parts.back().find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (is_major) parts.pop_back();
  if (parts.back() == product) return true;
  return parts.size() > 1 &&
         std::string(parts[parts.size() - 2]) + "-" + std::string(parts.back()) == product;
}

void unite_java(std::vector<Package>& packages, std::vector<bool>& taken) {
  std::map<std::string, std::size_t, std::less<>> homes;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (!is_java(packages[i], kRelease)) continue;
    const std::string_view path = place(packages[i]);
    homes.emplace(path.substr(0, path.size() - kRelease.size()), i);
  }
  if (homes.empty()) return;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (!is_java(packages[i], kVirtualMachine)) continue;
    for (std::string_view folder = place(packages[i]); !folder.empty();) {
      folder = folder.substr(0, folder.rfind('/'));
      const auto home = homes.find(folder);
      if (home == homes.end()) continue;
      Package& runtime = packages[home->second];
      if (runtime.version == packages[i].version) {
        runtime.locations.push_back(packages[i].locations.front());
        taken[i] = true;
      }
      break;
    }
  }
}

void unite_go(std::vector<Package>& packages, std::vector<bool>& taken) {
  const auto is_recognised = [](const Package& package) {
    return package.evidence == model::Evidence::Binary && !package.cpe.empty() &&
           (package.ecosystem == "Bitnami" || package.ecosystem == "generic");
  };
  std::set<std::string, std::less<>> files;
  for (const Package& package : packages) {
    if (is_recognised(package)) files.emplace(place(package));
  }
  files.erase("");
  std::map<std::string_view, std::vector<std::size_t>> modules;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const bool is_module = packages[i].ecosystem == "Go" &&
                           packages[i].evidence == model::Evidence::Binary &&
                           files.contains(place(packages[i]));
    if (is_module) modules[*files.find(place(packages[i]))].push_back(i);
  }
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const auto here = is_recognised(packages[i]) ? modules.find(place(packages[i])) : modules.end();
    if (here == modules.end()) continue;
    for (const std::size_t number : here->second) {
      Package& module = packages[number];
      if (!is_module_of(module.name, packages[i].name) ||
          plain(module.version) != plain(packages[i].version)) {
        continue;
      }
      module.cpe = packages[i].cpe;
      module.locations.front().offset = packages[i].locations.front().offset;
      taken[i] = true;
      break;
    }
  }
}

}  // namespace

void unite_same_products(std::vector<Package>& packages) {
  std::vector<bool> taken(packages.size(), false);
  unite_java(packages, taken);
  unite_go(packages, taken);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    if (taken[i]) continue;
    if (kept != i) packages[kept] = std::move(packages[i]);
    ++kept;
  }
  packages.erase(packages.begin() + static_cast<std::ptrdiff_t>(kept), packages.end());
}

}  // namespace vigil::inventory
