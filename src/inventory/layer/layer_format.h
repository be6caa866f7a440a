// A layer as bytes: what a job answers and a cache keeps. docs/formats/layer.md describes it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "inventory/layer/layer.h"

namespace vigil::inventory {

std::string layer_bytes(const Layer& layer);

/// Trusts nothing: sizes, counts and order are checked, a wrong checksum or another version is an
/// error of code `Invalid`. At most `limit` bytes when decompressed.
Result<Layer> parse_layer(std::string_view bytes, std::uint64_t limit = std::uint64_t{2} << 30);

/// What is inside, decompressed and its checksum found right.
Result<Layer> parse_layer_body(std::string_view body);

}  // namespace vigil::inventory
