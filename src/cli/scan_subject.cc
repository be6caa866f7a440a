#include "cli/scan_subject.h"

#include "base/file.h"
#include "base/text.h"
#include "cli/facts_file.h"
#include "estate/host_resource.h"
#include "findings/identity.h"
#include "inventory/document.h"
#include "inventory/sbom/sbom.h"
#include "source/host/host.h"
#include "tree/directory.h"

namespace vigil::cli {
namespace {

constexpr std::uint64_t kSmallFile = 4096;

/// A system that is mounted somewhere is the same host as when it runs.
void name_mounted_host(const std::string& root, findings::Resource& resource) {
  const auto view = tree::Directory::open(root);
  if (!view) return;
  const auto read = [&](std::string_view path) {
    return base::printable(base::trim((*view)->read(path, kSmallFile).value_or("")));
  };
  // machine-id(5): "uninitialized" and an empty file are no id.
  const std::string id = read("/etc/machine-id");
  if (id.size() != 32 || id.find_first_not_of("0123456789abcdef") != std::string::npos) return;
  resource.id = findings::instance_id("host\n" + id);
  resource.tags["vigil:kind"] = "host";
  if (const std::string name = read("/etc/hostname"); !name.empty()) {
    resource.name = name;
    resource.tags["vigil:name"] = name;
  }
}

Result<inventory::Inventory> read_bill(const std::string& path) {
  const inventory::SbomLimits limits;
  VIGIL_TRY(const std::string text, base::read_file(path, limits.bytes));
  auto sbom = inventory::read_sbom(text, limits);
  if (!sbom) {
    Error error = std::move(sbom).error();
    error.where = error.where.empty() ? path : path + ": " + error.where;
    return fail(std::move(error));
  }
  return inventory::canonical(sbom->inventory);
}

/// The file stands for what it lists; a kernel that it names makes it no live host.
findings::Resource describe_bill(const ScanOptions& options,
                                 const inventory::Inventory& inventory) {
  inventory::Inventory listed;
  listed.os = inventory.os;
  findings::Resource resource =
      estate::host_resource(listed, options.root, options.account, options.region);
  resource.id = findings::instance_id("sbom\n" + resource.name);
  resource.tags["vigil:kind"] = "sbom";
  return resource;
}

}  // namespace

Result<inventory::Inventory> take_inventory(const ScanOptions& options) {
  if (options.is_sbom) return read_bill(options.root);
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
  if (options.is_sbom) return describe_bill(options, inventory);
  findings::Resource resource =
      estate::host_resource(inventory, options.root, options.account, options.region);
  if (!options.is_directory && !inventory.runtime) name_mounted_host(options.root, resource);
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
