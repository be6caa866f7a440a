// The documents of a containers-storage, the list of an unpacked layer, the words in front of an image's
// name.
#include <cstdlib>

#include "source/containers_storage/settings.h"
#include "source/containers_storage/store.h"
#include "source/image/find_image.h"
#include "tree/tar_split.h"

namespace vigil::source {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto may_be_path = [](const std::string& name) {
    return !name.empty() && name.find('/') == std::string::npos && !name.starts_with('.');
  };
  if (const auto images = containers::parse_images(text)) {
    for (const containers::StoredImage& image : *images) {
      if (!may_be_path(image.id)) std::abort();
    }
  }
  if (const auto layers = containers::parse_layers(text)) {
    for (const containers::StoredLayer& layer : *layers) {
      if (!may_be_path(layer.id)) std::abort();
    }
  }
  base::StringInput list(text);
  if (const auto names = tree::tar_split_names(list)) {
    for (const std::string& name : *names) {
      if (!name.starts_with('/') || (name + "/").find("/../") != std::string::npos) std::abort();
    }
  }
  std::string_view argument = text;
  take_transport(argument);
  containers::StorageSettings settings;
  if (containers::take_brackets(argument, settings) && settings.roots.size() > 1) std::abort();
  return 0;
}

}  // namespace vigil::source
