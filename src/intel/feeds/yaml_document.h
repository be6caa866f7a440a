// A YAML document of a feed, as a tree.
#pragma once

#include <string_view>

#include "base/input.h"
#include "base/node.h"
#include "base/result.h"

namespace vigil::intel::feeds {

/// Reads what is left of `input`, at most kDocumentLimit, as one YAML document.
Result<base::Node> read_yaml(base::Input& input, std::string_view name);

/// Does a line of the text begin with `key` ("gem:")?
bool has_line(std::string_view text, std::string_view key);

}  // namespace vigil::intel::feeds
