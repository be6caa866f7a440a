// A kept layer result: what parses is written the same way again, and can be merged.
#include <cstdlib>

#include "inventory/layer/layer_format.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // The checksum keeps most changes out; the body behind it is tried alone.
  for (const auto& layer : {parse_layer(bytes, 1U << 22U), parse_layer_body(bytes)}) {
    if (!layer) continue;
    const auto again = parse_layer(layer_bytes(*layer));
    if (!again || layer_bytes(*again) != layer_bytes(*layer)) std::abort();
    const Layer* const stack[] = {&*layer, &*again};
    merge_layers(stack, {}, {});
  }
  return 0;
}

}  // namespace vigil::inventory
