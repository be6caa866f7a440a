// LVM2's text: sections lie as deep as allowed and no deeper.
#include "tree/disk/lvm_text.h"

#include <cstdlib>

namespace vigil::tree::disk {
namespace {

void check(const LvmSection& section, int depth) {
  if (depth > 16) std::abort();
  for (const auto& [name, inner] : section.sections) {
    if (name.empty()) std::abort();
    check(inner, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = parse_lvm_text(std::string_view(reinterpret_cast<const char*>(data), size));
  if (parsed) check(*parsed, 0);
  return 0;
}

}  // namespace vigil::tree::disk
