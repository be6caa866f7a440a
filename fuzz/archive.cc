// Archives and compressed files: no more bytes come out than the limits say.
#include "base/archive.h"

#include <array>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const vigil::base::ArchiveLimits limits{
      .entry_bytes = 1 << 20, .total_bytes = 4 << 20, .entries = 1000};
  std::uint64_t total = 0;
  std::uint64_t entries = 0;
  const auto result = vigil::base::for_each_entry_in(
      bytes, "input", limits, [&](vigil::base::ArchiveEntry& entry) -> vigil::Result<void> {
        if (++entries % 3 == 0) return vigil::ok();  // some are left unread
        std::array<char, 5000> buffer{};
        std::uint64_t used = 0;
        for (;;) {
          VIGIL_TRY(const std::size_t got, entry.content.read(buffer));
          if (got == 0) break;
          used += got;
        }
        total += used;
        if (used > limits.entry_bytes || total > limits.total_bytes) std::abort();
        return vigil::ok();
      });
  if (entries > limits.entries) std::abort();
  if (!result && result.error().what.empty()) std::abort();
  return 0;
}
