// Lines of a stream. Memory is bounded by the longest line that is accepted.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::intel::feeds {

/// Calls `line` with every line, without its end (LF or CRLF) and without a byte order mark in
/// front of the first; at least base::JsonParser::kPadding bytes behind it are readable. An error
/// of `line` ends it and is returned. A line longer than `limit` is an error.
Result<void> for_each_line(base::Input& input, std::size_t limit,
                           const std::function<Result<void>(std::string_view)>& line);

}  // namespace vigil::intel::feeds
