// Files of the languages' package managers: the first line of the input is the path, the rest the
// content, so that one target serves every cataloguer that wants some file of a tree. Whatever
// stands there, a package has a name, a version and a place, and its parents are in order.
#include <algorithm>
#include <cstdlib>

#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || end > 200 || !text.starts_with('/')) return 0;
  const std::string_view path = text.substr(0, end);
  if (path.ends_with('/') || path.find('\0') != std::string_view::npos) return 0;
  tree::Memory view;
  view.file(path, std::string(text.substr(end + 1)), 0755);
  for (const model::Package& package : scan_tree(view).packages) {
    if (package.name.empty() || package.ecosystem.empty() || package.locations.empty())
      std::abort();
    if (!std::is_sorted(package.parents.begin(), package.parents.end())) std::abort();
  }
  return 0;
}

}  // namespace vigil::inventory
