// YAML, TOML and JSON with lines: a first byte says which. Whatever is read has lines inside the text
// and can be walked wholly.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json_lines.h"
#include "base/toml.h"
#include "base/yaml.h"

namespace {

using vigil::base::Json;
using vigil::base::Node;

void check(const Node& node, std::uint32_t lines, int depth) {
  if (node.line() > lines || depth > 500) std::abort();
  if (!node.items().empty() && !node.is_list()) std::abort();
  if (!node.members().empty() && !node.is_map()) std::abort();
  (void)node.number();
  (void)node.integer();
  (void)node.truth();
  for (const Node& item : node.items()) check(item, lines, depth + 1);
  for (const Node::Member& member : node.members()) {
    if (member.line > lines) std::abort();
    check(member.value, lines, depth + 1);
  }
}

void check(const Json& value, const vigil::base::JsonLines& lines, std::uint32_t from,
           std::uint32_t last) {
  const std::uint32_t line = lines.of(value);
  if (line < from || line > last) std::abort();
  for (const Json item : value.items()) check(item, lines, line, last);
  for (const auto& [key, member] : value.members()) check(member, lines, line, last);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Of line ends YAML knows more than one.
  const auto count = static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c < 0; }));
  switch (data[0]) {
    case 'Y':
      if (const auto documents = vigil::base::parse_yaml_documents(text)) {
        for (const Node& node : *documents) check(node, count + 2, 0);
      }
      break;
    case 'T':
      if (const auto root = vigil::base::parse_toml(text)) check(*root, count + 2, 0);
      break;
    default: {
      const std::string plain = vigil::base::plain_json(text);
      if (plain.size() != text.size()) std::abort();
      vigil::base::JsonParser parser;
      if (const auto root = parser.parse(plain)) {
        check(*root, vigil::base::JsonLines(plain), 1, count + 1);
      }
    }
  }
  return 0;
}
