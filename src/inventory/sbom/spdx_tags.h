// SPDX as "tag: value" lines: the same document as its JSON, which is what becomes of it.
//
// Reference: spdx.github.io/spdx-spec/v2.3, annex A. A line is "Tag: value"; a value that begins with
// <text> goes on to </text>, over lines. Tags belong to the package whose PackageName came last, up
// to a file's or a snippet's tags.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory {

/// Does it begin like one, comments aside?
bool is_spdx_tags(std::string_view document);

/// The parts that the JSON reader asks for, as a JSON document.
Result<std::string> spdx_json_of_tags(std::string_view document);

}  // namespace vigil::inventory
