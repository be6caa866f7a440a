// Building blocks of order-preserving keys, shared by the schemes.
//
// A key is a sequence of fields. For memcmp to order keys as the fields are ordered, no field may
// be a prefix of another value of the same field unless the shorter one is the smaller: numbers
// carry their length in front, strings an end mark that sorts below every character.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigil::version {

class KeyWriter {
 public:
  KeyWriter() = default;
  /// For a key of a version of so many bytes: saves growing step by step.
  explicit KeyWriter(std::size_t version_length) {
    if (version_length > 12) key_.reserve(2 * version_length);
  }

  /// One byte that orders this field: a rank, a tag, an end mark.
  KeyWriter& rank(std::uint8_t value) {
    key_ += static_cast<char>(value);
    return *this;
  }

  /// Decimal digits of any length, ordered by value; leading zeros and the empty text are 0.
  /// Length byte (number of significant digits, 0..254; longer ones count their excess in further
  /// 0xFF bytes), then the digits.
  KeyWriter& number(std::string_view digits) { return digits_after(digits, 0); }
  KeyWriter& number(std::uint64_t value) { return number(std::to_string(value)); }

  /// A number that never begins with byte 0, so that rank(0) can end a list of them: "1.2" <
  /// "1.2.0".
  KeyWriter& part(std::string_view digits) { return digits_after(digits, 1); }

  /// Text ordered by its bytes, a prefix first. The text must hold no byte 0.
  KeyWriter& text(std::string_view value) {
    key_.append(value);
    key_ += '\0';
    return *this;
  }

  [[nodiscard]] std::string take() { return std::move(key_); }

 private:
  KeyWriter& digits_after(std::string_view digits, std::size_t least_length) {
    while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
    std::size_t length = digits.size() + least_length;
    for (; length >= 0xFF; length -= 0xFF) key_ += '\xFF';
    key_ += static_cast<char>(length);
    key_.append(digits);
    return *this;
  }

  std::string key_;
};

}  // namespace vigil::version
