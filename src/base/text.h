// Small work on text: bytes in, bytes out, ASCII rules only, independent of any locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::base {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_alpha(char c) {
  return is_upper(c) || is_lower(c);
}
constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text);
std::string upper(std::string_view text);
std::string_view trim(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
/// The parts between separators; always at least one, possibly empty.
std::vector<std::string_view> split(std::string_view text, char separator);
/// The parts between runs of white space; none is empty.
std::vector<std::string_view> words(std::string_view text);
/// Takes the first line off `rest` (without its end); nothing when `rest` is empty.
std::optional<std::string_view> next_line(std::string_view& rest);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
/// Decimal digits only, no sign; nothing on anything else or on overflow.
std::optional<std::uint64_t> parse_unsigned(std::string_view digits);
/// A plain decimal number as JSON or CSV writes it; nothing on anything else.
std::optional<double> parse_double(std::string_view text);
/// Invalid UTF-8 becomes U+FFFD, control characters but tab and newline become a blank.
std::string printable(std::string_view text);
/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);
/// 1234567 -> "1,234,567".
std::string with_thousands(std::uint64_t number);

}  // namespace vigil::base
