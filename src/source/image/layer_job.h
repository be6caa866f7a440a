// What the job "layer" is asked: its answer is inventory::layer_bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/layer/layer.h"

namespace vigil::source {

struct LayerCall {
  std::uint64_t offset = 0;           ///< of the blob in the file
  std::optional<std::uint64_t> size;  ///< nothing: a pipe, or up to the end
  std::vector<inventory::AlsoLook> also;
  std::vector<std::string> catalogers;  ///< by name; empty means all
};

std::string layer_arguments(const LayerCall& call);
Result<LayerCall> parse_layer_arguments(std::string_view text);

}  // namespace vigil::source
