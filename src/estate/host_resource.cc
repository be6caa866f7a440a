#include "estate/host_resource.h"

#include <filesystem>

#include "findings/identity.h"
#include "findings/texts.h"

namespace vigil::estate {

std::string host_id(const inventory::Runtime& runtime) {
  return findings::instance_id(
      "host\n" + (runtime.machine_id.empty() ? runtime.host_name : runtime.machine_id));
}

findings::Resource host_resource(const inventory::Inventory& inventory, const std::string& root,
                                 std::string_view account, std::string_view region) {
  findings::Resource resource;
  resource.account = account;
  resource.region = region;
  resource.platform = findings::platform(inventory.os.id, inventory.os.version);
  resource.os_name = inventory.os.name;
  std::error_code error;
  const std::string path =
      std::filesystem::weakly_canonical(root.empty() ? "/" : root, error).string();
  resource.name = path;
  resource.id = findings::instance_id("directory\n" + path);
  if (inventory.runtime) {
    const inventory::Runtime& runtime = *inventory.runtime;
    resource.name = runtime.host_name;
    resource.id = host_id(runtime);
    for (const std::string& address : runtime.addresses) {
      (address.find(':') == std::string::npos ? resource.ipv4 : resource.ipv6).push_back(address);
    }
  }
  resource.tags["vigil:kind"] = inventory.runtime ? "host" : "directory";
  resource.tags["vigil:name"] = resource.name;
  resource.tags["vigil:origin"] = inventory.runtime ? "local" : path;
  return resource;
}

}  // namespace vigil::estate
