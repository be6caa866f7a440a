// rpm headers: no count or offset in them may lead out of their bytes.
#include "inventory/catalogers/rpm/header.h"

#include <cstdlib>

#include "inventory/catalogers/rpm/package.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto header = rpm::Header::open(bytes);
  if (!header) return 0;
  const auto package = rpm::package_of(*header, {});
  if (package && *package && ((*package)->name.empty() || (*package)->version.empty()))
    std::abort();
  std::size_t files = 0;
  header->each_file([&](std::string_view) { ++files; });
  if (files > size) std::abort();
  return 0;
}

}  // namespace vigil::inventory
