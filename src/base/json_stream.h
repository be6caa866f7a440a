// Walks one large JSON document (RFC 8259) without holding it: hands out the raw text of one child
// after the other. Memory is bounded by the largest child.
//
//   // {"timestamp": "...", "vulnerabilities": [ {...}, {...} ]}
//   base::for_each_json_child(input, "vulnerabilities", {},
//       [&](std::string_view, std::string_view value) { return read_record(value); });
//
// It only splits: it follows strings, escapes and nesting, and the syntax between the children. The
// inside of a child is checked by whoever parses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::base {

/// Past these the walk ends with an error of code TooLarge that names the key and the byte offset.
struct JsonLimits {
  std::size_t value_bytes = std::size_t{64} << 20;  ///< raw text of one child, or one key
  std::uint32_t depth = 128;                        ///< nesting inside a child
};

/// `key` is the decoded member name (empty in arrays), `value` the raw JSON text without white
/// space around it. Both live until the visitor returns. At least 64 bytes (simdjson's padding)
/// after the value are readable, with any content.
using JsonVisitor = std::function<Result<void>(std::string_view key, std::string_view value)>;
using JsonObserver = std::function<void(std::string_view key, std::string_view value)>;

/// The children of the document's top-level array or object (`member` empty), or of the array or
/// object that is its member `member`; the other members of the top level go to `other`, and
/// without an `other` they are passed over whatever their size.
///
/// Errors: NotFound if there is no such member, Invalid where the document is not JSON on the way,
/// with "ends in the middle" if it is cut short; an error of `each` ends the walk and is returned
/// as it is. `where` of the errors says the byte offset; the caller knows the document's name.
Result<void> for_each_json_child(Input& input, std::string_view member, const JsonLimits& limits,
                                 const JsonVisitor& each, const JsonObserver& other = {});

}  // namespace vigil::base
