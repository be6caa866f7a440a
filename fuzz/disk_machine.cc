// Partitions, logical volumes, ext and XFS: whatever the disk says, a walk ends and reads are as long
// as what they read.
#include "tree/disk/machine.h"

#include <cstdlib>

#include "sparse_input.h"
#include "tree/node_view.h"

namespace vigil::tree::disk {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto disk =
      std::make_shared<SparseInput>(std::string_view(reinterpret_cast<const char*>(data), size));
  const auto machine = open_machine({{"disk", disk}});
  if (!machine) return 0;
  const NodeView view(machine->tree);
  WalkLimits limits;
  limits.entries = 2000;
  int left = 50;
  const auto visit = [&](const Entry& entry) {
    if (entry.path.empty() || entry.path[0] != '/') std::abort();
    if (--left < 0) return true;
    const auto content = view.read(entry.path, 1 << 20);
    const auto found = view.stat(entry.path);
    if (content && content->size() > 1 << 20) std::abort();
    if (content && (!found || found->size != content->size())) std::abort();
    (void)view.list(entry.path).has_value();
    return true;
  };
  (void)view.walk(limits, visit, [](const std::string&, const std::string&) {}).has_value();
  return 0;
}

}  // namespace vigil::tree::disk
