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

/// What the job's first file is.
enum class LayerForm : std::uint8_t {
  Blob,     ///< a tar, compressed or not: a regular file or a pipe
  Overlay,  ///< a directory as overlayfs keeps it
  Listed,   ///< a directory with more in it than the layer; the second file is its tar-split
};

struct LayerCall {
  LayerForm form = LayerForm::Blob;
  std::uint64_t offset = 0;           ///< of the blob in the file
  std::optional<std::uint64_t> size;  ///< nothing: a pipe, or up to the end
  std::vector<inventory::AlsoLook> also;
  std::vector<std::string> catalogers;  ///< by name; empty means all
};

std::string layer_arguments(const LayerCall& call);
Result<LayerCall> parse_layer_arguments(std::string_view text);

}  // namespace vigil::source
