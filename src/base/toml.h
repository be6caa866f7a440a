// Reads TOML 1.0 (toml.io/en/v1.0.0) into a tree of Node, with toml++.
//
// Members are in the order of the text. Dates and times are texts as RFC 3339 writes them; a float
// is written anew, so 1.10 reads "1.1": what is a version is a string in every format there is.
#pragma once

#include <string_view>

#include "base/node.h"
#include "base/result.h"

namespace vigil::base {

/// The root, a map. The error says the line. Values nested deeper than 200, keys of more than 200
/// parts and more than 20,000 different headers or keys with points are an error.
Result<Node> parse_toml(std::string_view text);

}  // namespace vigil::base
