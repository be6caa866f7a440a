#include "estate/stored_document.h"

#include <algorithm>
#include <vector>

#include "inventory/document_parts.h"

namespace vigil::estate {

std::string rest_document(const inventory::Inventory& inventory) {
  base::JsonWriter json;
  json.begin_object();
  inventory::write_rest(
      json, inventory::canonical_rest(inventory, inventory::order_packages(inventory.packages)),
      true);
  json.end_object();
  return json.take();
}

Result<inventory::Inventory> assemble_inventory(std::span<const store::PackageVersion> packages,
                                                std::string_view rest) {
  std::vector<std::string_view> bodies;
  bodies.reserve(packages.size());
  for (const store::PackageVersion& package : packages) bodies.push_back(package.body);
  std::sort(bodies.begin(), bodies.end());
  std::string document = R"({"vigilInventory":1,"packages":[)";
  for (const std::string_view body : bodies) {
    if (document.back() != '[') document += ',';
    document += body;
  }
  document += ']';
  if (rest.size() > 2) {
    document += ',';
    document += rest.substr(1);
  } else {
    document += '}';
  }
  return inventory::parse_inventory(document);
}

}  // namespace vigil::estate
