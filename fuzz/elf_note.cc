// The cataloguer of package notes over any file, as a program of a tree.
#include <cstdint>
#include <string>

#include "inventory/scan.h"
#include "tree/memory.h"

namespace {

using vigil::inventory::Cataloger;

const Cataloger* notes() {
  for (const Cataloger* cataloger : vigil::inventory::all_catalogers()) {
    if (cataloger->name == "elf-note") return cataloger;
  }
  return nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Cataloger* const one[] = {notes()};
  vigil::inventory::ScanOptions options;
  options.catalogers = one;
  vigil::tree::Memory view;
  view.file("/tool", std::string(reinterpret_cast<const char*>(data), size), 0755);
  (void)vigil::inventory::scan_tree(view, options);
  return 0;
}
