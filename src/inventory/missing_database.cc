#include "inventory/missing_database.h"

#include <algorithm>
#include <string>

#include "inventory/operating_system.h"

namespace vigil::inventory {

std::optional<Problem> missing_package_database(const tree::View& view,
                                                std::span<const Cataloger* const> catalogers,
                                                const Inventory& inventory) {
  const std::string_view manager = package_manager_of(inventory.os.ecosystem);
  if (manager.empty()) return std::nullopt;
  const auto& packages = inventory.packages;
  const bool known = std::any_of(packages.begin(), packages.end(), [](const auto& package) {
    return package.manager == "OS" && package.evidence == model::Evidence::Installed;
  });
  if (known) return std::nullopt;
  bool looked = false;
  for (const Cataloger* cataloger : catalogers) {
    if (cataloger->name != manager) continue;
    looked = true;
    for (const Pattern& pattern : cataloger->patterns) {
      // A database that is there and cannot be read was told already.
      if (!pattern.path.empty() && view.stat(pattern.path)) return std::nullopt;
    }
  }
  if (!looked) return std::nullopt;
  const std::string& name = inventory.os.name.empty() ? inventory.os.id : inventory.os.name;
  return Problem{"/", "this is " + name + ", but there is no database of " + std::string(manager) +
                          ": its packages are not known"};
}

}  // namespace vigil::inventory
