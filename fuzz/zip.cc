// A zip archive as a tree, with every entry read, and archives in it.
#include "tree/zip.h"

#include <cstdlib>

#include "tree/zip_view.h"

namespace vigil::tree {
namespace {

constexpr std::uint64_t kLimit = 1 << 20;

void look_into(const Bytes& bytes, int depth) {
  const auto directory = read_zip_directory(bytes);
  if (!directory || depth > 3) return;
  for (const ZipEntry& entry : directory->entries) {
    if (!entry.path.starts_with('/') || entry.path.find("/../") != std::string::npos) std::abort();
    const auto content = read_zip_entry(bytes, entry, kLimit);
    if (content && content->size() != entry.size) std::abort();
    const auto head = read_zip_head(bytes, entry, 100);
    if (content && (!head || !content->starts_with(*head))) std::abort();
    const auto inner = open_zip_entry(bytes, entry, kLimit);
    if (inner) look_into(**inner, depth + 1);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const TextBytes bytes(text);
  look_into(bytes, 0);
  const auto zip = Zip::open(std::make_unique<TextBytes>(text));
  if (!zip) return 0;
  const View& view = **zip;
  (void)view.walk(
      {},
      [&](const Entry& entry) {
        (void)view.read(entry.path, kLimit);
        const auto there = view.stat(entry.path);
        if (!there && entry.kind != Kind::Link) std::abort();
        if (entry.kind == Kind::Directory && !view.list(entry.path)) std::abort();
        return true;
      },
      [](const std::string&, const std::string&) {});
  return 0;
}

}  // namespace vigil::tree
