#include "cli/scan_subject.h"

#include "base/file.h"
#include "cli/facts_file.h"
#include "estate/host_resource.h"
#include "inventory/document.h"
#include "source/host/host.h"

namespace vigil::cli {

Result<inventory::Inventory> take_inventory(const ScanOptions& options) {
  const std::string root = options.root.empty() ? "/" : options.root;
  if (!base::is_directory(root)) return fail("not a directory", root, {}, ErrorCode::NotFound);
  inventory::ScanOptions how;
  // A host is looked at where its package managers keep their databases; a directory may hold
  // packages anywhere.
  how.walk = options.is_directory;
  // In the order in which a server keeps them, so that both name packages in the same order.
  VIGIL_TRY(const inventory::Inventory found, source::scan_host(root, how));
  return inventory::canonical(found);
}

findings::Resource describe_resource(const ScanOptions& options,
                                     const inventory::Inventory& inventory) {
  return estate::host_resource(inventory, options.root, options.account, options.region);
}

Result<findings::ResourceFacts> know_facts(const ScanOptions& options,
                                           const inventory::Inventory& inventory) {
  findings::ResourceFacts facts;
  if (!options.facts_file.empty()) {
    VIGIL_TRY(facts, read_facts_file(options.facts_file));
  } else {
    facts.exposure = findings::observed_exposure(inventory);
  }
  if (const auto given = score::parse_exposure(options.exposure)) facts.exposure = *given;
  return facts;
}

}  // namespace vigil::cli
