// SBOMs: each component is a package or has a reason, and the inventory is one that can be written.
#include "inventory/sbom/sbom.h"

#include <cstdint>
#include <cstdlib>

#include "inventory/document.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace inventory = vigil::inventory;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto sbom = inventory::read_sbom(text, {.bytes = 1 << 20, .components = 1000});
  if (!sbom) return 0;
  std::size_t packages = 0;
  for (const inventory::SbomComponent& component : sbom->components) {
    if (component.kind == inventory::ComponentKind::Package) {
      require(component.package == packages++);
    } else {
      require(!inventory::why_skipped(component.kind).empty());
    }
  }
  require(packages == sbom->inventory.packages.size());
  require(packages + sbom->inventory.problems.size() == sbom->components.size());
  for (const vigil::model::Package& package : sbom->inventory.packages) {
    require(!package.name.empty());
  }
  const std::string document = inventory::inventory_document(sbom->inventory);
  const auto again = inventory::parse_inventory(document);
  require(again && inventory::inventory_document(*again) == document);
  return 0;
}
