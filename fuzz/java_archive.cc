// Java archives, and the archives in them.
#include <cstdlib>

#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "tree/memory.h"

namespace vigil::inventory {

namespace java_archive {
const Cataloger& cataloger();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string content(reinterpret_cast<const char*>(data), size);
  content.append(base::JsonParser::kPadding, '\0');
  const std::string path = "/lib/a-1.0.jar";
  std::vector<model::Package> packages;
  std::vector<Problem> problems;
  const OperatingSystem os;
  const tree::Memory view;
  Context context{view, os, packages, problems};
  java_archive::cataloger().catalog({path, std::string_view(content).substr(0, size)}, context);
  for (const model::Package& package : packages) {
    if (package.name.empty() || package.version.empty()) std::abort();
    if (!package.locations.at(0).path.starts_with(path)) std::abort();
  }
  if (problems.size() > 20) std::abort();
  return 0;
}

}  // namespace vigil::inventory
