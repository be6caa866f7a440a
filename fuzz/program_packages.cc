// What Go, Rust and .NET write into programs.
#include <cstdlib>
#include <string>

#include "inventory/cataloger.h"
#include "inventory/scan.h"
#include "model/symbol_set.h"
#include "tree/memory.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tree::Memory view;
  view.file("/a.dll", std::string(reinterpret_cast<const char*>(data), size), 0755);
  std::vector<const Cataloger*> chosen;
  for (const Cataloger* cataloger : all_catalogers()) {
    for (const std::string_view name : {"go-binary", "cargo-auditable", "dotnet-assembly"}) {
      if (cataloger->name == name) chosen.push_back(cataloger);
    }
  }
  ScanOptions options;
  options.catalogers = chosen;
  for (const model::Package& package : scan_tree(view, options).packages) {
    if (package.name.empty() || package.version.empty()) std::abort();
    if (!package.symbols.empty() && !model::SymbolSet::parse(package.symbols)) std::abort();
  }
  return 0;
}

}  // namespace vigil::inventory
