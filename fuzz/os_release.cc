// os-release and the decision which system it means.
#include "inventory/os_release.h"

#include <cstdint>
#include <cstdlib>

#include "inventory/operating_system.h"
#include "tree/memory.h"

namespace vigil {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const auto& [name, value] : inventory::parse_os_release(text)) {
    if (name.empty() || value.find('\x1B') != std::string::npos) std::abort();
  }
  for (const char* path : {"/etc/os-release", "/etc/lsb-release", "/etc/redhat-release",
                           "/etc/debian_version", "/etc/alpine-release"}) {
    tree::Memory view;
    view.file(path, text).file("/etc/apk/repositories", text);
    std::vector<inventory::Problem> problems;
    const auto os = inventory::detect_operating_system(view, problems);
    if (os.id.empty() && !os.ecosystem.empty()) {
      // Only a code name of the base may give an ecosystem to a system without a name.
      if (!os.ecosystem.starts_with("Ubuntu:") && !os.ecosystem.starts_with("Debian:"))
        std::abort();
    }
  }
  (void)inventory::parse_ubuntu_pro_status(text);
  return 0;
}

}  // namespace vigil
