#include "cli/scan_subject.h"

#include <filesystem>

#include "base/file.h"
#include "cli/facts_file.h"
#include "findings/identity.h"
#include "findings/texts.h"
#include "inventory/document.h"
#include "source/host/host.h"

namespace vigil::cli {

namespace fs = std::filesystem;

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
  findings::Resource resource;
  resource.account = options.account;
  resource.region = options.region;
  resource.platform = findings::platform(inventory.os.id, inventory.os.version);
  resource.os_name = inventory.os.name;
  std::error_code error;
  const std::string root =
      fs::weakly_canonical(options.root.empty() ? "/" : options.root, error).string();
  resource.name = root;
  std::string identifying = "directory\n" + root;
  if (inventory.runtime) {
    const inventory::Runtime& runtime = *inventory.runtime;
    resource.name = runtime.host_name;
    identifying = "host\n" + (runtime.machine_id.empty() ? runtime.host_name : runtime.machine_id);
    for (const std::string& address : runtime.addresses) {
      (address.find(':') == std::string::npos ? resource.ipv4 : resource.ipv6).push_back(address);
    }
  }
  resource.id = findings::instance_id(identifying);
  resource.tags["vigil:kind"] = inventory.runtime ? "host" : "directory";
  resource.tags["vigil:name"] = resource.name;
  resource.tags["vigil:origin"] = inventory.runtime ? "local" : root;
  return resource;
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
