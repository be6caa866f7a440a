#include "estate/stored_document.h"

#include "inventory/document_parts.h"

namespace vigil::estate {

std::string rest_document(const inventory::Inventory& inventory,
                          const inventory::PackageOrder& order) {
  base::JsonWriter json;
  json.begin_object();
  inventory::write_rest(json, inventory::canonical_rest(inventory, order), true);
  return json.end_object().take();
}

Result<inventory::Inventory> assemble_inventory(std::span<const std::string_view> packages,
                                                std::string_view rest) {
  std::string document = R"({"vigilInventory":1,"packages":[)";
  for (const std::string_view package : packages) {
    if (document.back() != '[') document += ',';
    document += package;
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
