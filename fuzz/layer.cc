// An image layer, with every cataloguer; two of it put together; and its result as bytes.
#include "inventory/layer/layer.h"

#include <cstdlib>

#include "inventory/layer/layer_format.h"

namespace vigil::inventory {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  LayerOptions options;
  options.background = false;
  options.limits.decompress.bytes = 4U << 20U;
  options.limits.names = 1000;
  const auto analyse = [&](std::string_view bytes) {
    base::StringInput input(bytes);
    return analyse_layer(input, options);
  };
  const auto one = analyse(text);
  if (!one) return 0;
  const std::string bytes = layer_bytes(*one);
  const auto copy = parse_layer(bytes);
  if (!copy || layer_bytes(*copy) != bytes) std::abort();
  const Layer* const stack[] = {&*one, &*copy};
  const Merged merged = merge_layers(stack, {}, {});
  for (const MissingFile& missing : merged.missing) {
    if (missing.layer > 1) std::abort();
    options.also.push_back(missing.also);
  }
  if (!options.also.empty()) analyse(text);
  return 0;
}

}  // namespace vigil::inventory
