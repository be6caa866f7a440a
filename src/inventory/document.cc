#include "inventory/document.h"

#include "base/hash.h"
#include "inventory/document_parts.h"

namespace vigil::inventory {
namespace {

using base::Json;
using base::JsonReader;
using base::JsonWriter;

constexpr std::string_view kVersion = "vigilInventory";

std::string write(const Inventory& inventory, const PackageOrder& order, bool with_files) {
  JsonWriter json;
  json.begin_object().member(kVersion, 1);
  json.key("packages").begin_array();
  for (const std::string& document : order.documents) json.raw(document);
  json.end_array();
  write_rest(json, canonical_rest(inventory, order), with_files);
  json.end_object();
  return json.take();
}

}  // namespace

Inventory canonical(const Inventory& inventory) {
  const PackageOrder order = order_packages(inventory.packages);
  Inventory out = canonical_rest(inventory, order);
  out.packages.reserve(order.from.size());
  for (const std::size_t index : order.from) out.packages.push_back(inventory.packages[index]);
  return out;
}

std::string inventory_document(const Inventory& inventory) {
  return write(inventory, order_packages(inventory.packages), true);
}

void read_inventory(JsonReader& reader, const Json& value, const DocumentLimits& limits,
                    Inventory& out) {
  check_version(reader, value, kVersion);
  reader.object(value, [&](std::string_view key, const Json& content) {
    if (read_rest(reader, key, content, limits, out)) return;
    if (key != "packages") return;
    reader.array(
        content, limits.packages, out.packages,
        [&](const Json& item, model::Package& package) { read_package(reader, item, package); });
  });
  check_processes(reader, out.runtime, out.packages.size());
}

Result<Inventory> parse_inventory(std::string_view document, const DocumentLimits& limits) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, open_document(parser, document, limits));
  Inventory out;
  JsonReader reader;
  read_inventory(reader, root, limits, out);
  VIGIL_CHECK(reader.result());
  return out;
}

std::string digest_of(const Inventory& inventory) {
  return digest_of(inventory, order_packages(inventory.packages));
}

std::string digest_of(const Inventory& inventory, const PackageOrder& order) {
  return base::sha256_hex(write(inventory, order, false));
}

std::string package_document(const model::Package& package) {
  JsonWriter json;
  write_package(json, package);
  return json.take();
}

Result<model::Package> parse_package(std::string_view document) {
  base::JsonParser parser;
  VIGIL_TRY(const Json root, parser.parse(document));
  model::Package out;
  JsonReader reader;
  read_package(reader, root, out);
  VIGIL_CHECK(reader.result());
  return out;
}

}  // namespace vigil::inventory
