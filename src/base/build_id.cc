#include "base/build_id.h"

#include <link.h>

#include <cstring>
#include <string_view>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::size_t kAlignment = 4;

std::size_t aligned(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

/// Looks through the notes of the first object, which is the program itself.
int visit(dl_phdr_info* info, std::size_t /*size*/, void* out) {
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const char* note = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    std::size_t left = segment.p_memsz;
    while (left >= sizeof(ElfW(Nhdr))) {
      ElfW(Nhdr) header = {};
      std::memcpy(&header, note, sizeof header);
      const std::size_t name = sizeof header;
      const std::size_t content = name + aligned(header.n_namesz);
      const std::size_t end = content + aligned(header.n_descsz);
      if (end > left) break;
      if (header.n_type == NT_GNU_BUILD_ID && header.n_namesz == 4 &&
          std::memcmp(note + name, "GNU", 4) == 0) {
        *static_cast<std::string*>(out) = hex(std::string_view(note + content, header.n_descsz));
        return 1;
      }
      note += end;
      left -= end;
    }
  }
  return 1;
}

}  // namespace

std::string build_id() {
  std::string out;
  ::dl_iterate_phdr(visit, &out);
  return out;
}

}  // namespace vigil::base
