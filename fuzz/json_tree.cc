// JSON trees: whatever parses can be walked wholly; what is of another type reads as nothing.
#include "base/json_tree.h"

#include <cstdint>
#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using vigil::base::Json;
  vigil::base::JsonParser parser;
  const auto root = parser.parse({reinterpret_cast<const char*>(data), size});
  if (!root) return 0;
  std::vector<Json> left = {*root};
  while (!left.empty()) {
    const Json value = left.back();
    left.pop_back();
    if (!value.exists()) std::abort();
    const int kinds = static_cast<int>(value.is_object()) + static_cast<int>(value.is_array()) +
                      static_cast<int>(value.is_string());
    if (kinds > 1 || (!value.is_string() && !value.text().empty())) std::abort();
    // A text may hold control characters, but only valid UTF-8.
    for (const char c : value.text()) {
      if (static_cast<unsigned char>(c) == 0xFF) std::abort();
    }
    (void)value.number();
    (void)value.integer();
    (void)value.truth();
    (void)value["name"]["none"].text();
    for (const Json item : value.items()) left.push_back(item);
    for (const auto& [key, member] : value.members()) left.push_back(member);
  }
  return 0;
}
