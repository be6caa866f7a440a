// Inventory documents and deltas: what is read is written and read again as the same bytes; a delta
// between what two documents say leads from the one to the other.
#include "inventory/document.h"

#include <cstdint>
#include <cstdlib>

#include "inventory/delta.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void require_delta(const vigil::inventory::Inventory& from, const vigil::inventory::Inventory& to,
                   const vigil::inventory::DocumentLimits& limits) {
  const auto delta = parse_delta(delta_document(from, to), limits);
  require(delta.has_value());
  const auto applied = apply_delta(from, *delta);
  require(applied && inventory_document(*applied) == inventory_document(to));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace inventory = vigil::inventory;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const inventory::DocumentLimits limits = {.packages = 1000};

  if (const auto package = inventory::parse_package(text)) {
    const std::string document = inventory::package_document(*package);
    const auto again = inventory::parse_package(document);
    require(again && inventory::package_document(*again) == document);
  }
  (void)inventory::parse_delta(text, limits);

  const auto parsed = inventory::parse_inventory(text, limits);
  if (!parsed) return 0;
  const std::string document = inventory::inventory_document(*parsed);
  const auto again = inventory::parse_inventory(document, limits);
  require(again && inventory::inventory_document(*again) == document);

  inventory::Inventory less = *again;
  less.runtime.reset();
  if (!less.packages.empty()) less.packages.erase(less.packages.begin());
  require_delta(*again, less, limits);
  require_delta(less, *again, limits);
  return 0;
}
