// The texts of /proc that another process can write names into.
#include "inventory/runtime/process_maps.h"

#include <cstdint>
#include <cstdlib>

#include "inventory/runtime/socket_table.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  each_mapped_file(text, [](const MappedFile& file) {
    if (file.path.find('\n') != std::string_view::npos) std::abort();
  });
  for (const char* protocol : {"tcp", "tcp6", "udp", "udp6"}) {
    for (const ListeningSocket& socket : parse_socket_table(text, protocol)) {
      if (socket.address.empty()) std::abort();
    }
  }
  (void)inode_of_link(text);
  return 0;
}

}  // namespace vigil::inventory
