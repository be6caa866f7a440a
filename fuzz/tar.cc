// Decompressors and the tar reader: entries are tidy paths, contents as long as they say, however the
// bytes come.
#include "tree/tar.h"

#include <cstdlib>
#include <string>

#include "tree/decompress.h"

namespace vigil::tree {
namespace {

/// What was read, as a text.
std::string read(Blocks& blocks) {
  TarReader reader(blocks);
  std::string out;
  // A small input can be a bomb.
  for (int entries = 0; entries < 2000 && out.size() < (1U << 20U); ++entries) {
    const auto entry = reader.next();
    if (!entry) return out + entry.error().what;
    if (*entry == nullptr) return out;
    const TarEntry here = **entry;
    if (here.kind == TarKind::Invalid) continue;
    if (!here.path.starts_with('/') || here.path.size() > kLongestTarPath ||
        (here.path + "/").find("/../") != std::string::npos ||
        here.path.find("//") != std::string::npos) {
      std::abort();
    }
    out += here.path + " " + here.link + "\n";
    if (here.kind != TarKind::File || here.size > (1U << 22U)) continue;
    std::uint64_t size = 0;
    for (;;) {
      const auto piece = reader.piece();
      if (!piece) return out + piece.error().what;
      if (piece->empty()) break;
      size += piece->size();
    }
    if (size != here.size) std::abort();
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TextBlocks whole(text);
  TextBlocks pieces(text, 37);
  if (read(whole) != read(pieces)) std::abort();
  base::StringInput input(text);
  DecompressOptions options;
  options.background = false;
  options.limits.bytes = 8U << 20U;
  Decompressed content(input, options);
  read(content);
  return 0;
}

}  // namespace vigil::tree
