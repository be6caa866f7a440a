#include "intel/feeds/head.h"

#include <cstring>

#include "base/text.h"

namespace vigil::intel::feeds {
namespace {

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && base::is_space(text[at])) ++at;
  return at;
}

/// Behind the string whose opening quote is at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.size();
}

/// Behind the value that begins at `at`: at the comma or bracket that ends it.
std::size_t skip_value(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) return at;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
  }
  return at;
}

}  // namespace

std::string_view skip_blank(std::string_view head) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  return head.substr(skip_space(head, 0));
}

std::vector<HeadMember> head_members(std::string_view head, std::size_t most) {
  std::vector<HeadMember> members;
  head = skip_blank(head);
  if (!head.starts_with('{')) return members;
  std::size_t at = 1;
  while (members.size() < most) {
    at = skip_space(head, at);
    if (at >= head.size() || head[at] != '"') break;
    const std::size_t key_end = skip_string(head, at);
    if (key_end >= head.size()) break;
    const std::string_view key = head.substr(at + 1, key_end - at - 2);
    at = skip_space(head, key_end);
    if (at >= head.size() || head[at] != ':') break;
    at = skip_space(head, at + 1);
    const std::size_t end = skip_value(head, at);
    members.push_back({key, base::trim(head.substr(at, end - at))});
    if (end >= head.size() || head[end] != ',') break;
    at = end + 1;
  }
  return members;
}

std::string_view head_value(const std::vector<HeadMember>& members, std::string_view key) {
  for (const HeadMember& member : members) {
    if (member.key == key) return member.value;
  }
  return {};
}

std::string_view first_element(std::string_view head) {
  head = skip_blank(head);
  if (!head.starts_with('[')) return head;
  const std::size_t at = skip_space(head, 1);
  return head.substr(at, skip_value(head, at) - at);
}

bool mentions(std::string_view head, std::string_view needle) {
  return memmem(head.data(), head.size(), needle.data(), needle.size()) != nullptr;
}

}  // namespace vigil::intel::feeds
