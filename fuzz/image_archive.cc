// The index of an image's tar, its manifests and its configuration.
#include <cstdlib>

#include "source/image/archive_index.h"
#include "source/image/manifest.h"

namespace vigil::source {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const tree::TextBytes bytes(text);
  if (const auto index = ArchiveIndex::read(bytes)) {
    for (const char* name : {"manifest.json", "index.json", "a/layer.tar"}) {
      const auto place = index->find(name);
      if (place && place->offset > size) std::abort();
    }
  }
  if (const auto manifest = parse_manifest(text)) {
    for (const BlobReference& blob : manifest->layers) {
      if (!is_digest(blob.digest)) std::abort();
    }
    if (const auto chosen = choose_manifest(*manifest, {"linux", "amd64", {}})) {
      if (!is_digest(chosen->digest)) std::abort();
    }
  }
  ImageFacts facts;
  if (read_config(text, facts)) {
    for (const ImageLayer& layer : facts.layers) {
      if (!is_digest(layer.diff_id)) std::abort();
    }
  }
  return 0;
}

}  // namespace vigil::source
