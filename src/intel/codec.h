// The byte encoding of segments and snapshot records: variable-length integers and length-prefixed
// text. docs/formats/intelligence.md describes it.
//
// A Decoder never reads outside its bytes: after damage every further value is 0 or empty and
// `failed()` is true, so a caller checks once at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::intel {

class Encoder {
 public:
  /// LEB128: seven bits a byte, the least significant first.
  Encoder& number(std::uint64_t value);
  /// Zigzag, then `number`.
  Encoder& signed_number(std::int64_t value);
  /// The eight bytes of an IEEE 754 double, least significant first.
  Encoder& real(double value);
  /// Length, then the bytes.
  Encoder& text(std::string_view value);
  /// Count, then each text.
  Encoder& texts(const std::vector<std::string>& values);
  /// Bytes as they are.
  Encoder& raw(std::string_view bytes);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::string take() { return std::move(bytes_); }
  void clear() { bytes_.clear(); }

 private:
  std::string bytes_;
};

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number();
  std::int64_t signed_number();
  double real();
  std::string_view text();
  std::vector<std::string> texts();
  std::vector<std::string_view> text_views();
  /// A count of items of at least `least` bytes each: a damaged count cannot make a caller reserve
  /// more than the bytes that are left.
  std::size_t count(std::size_t least = 1);
  std::string_view raw(std::size_t length);

  /// What has not been read yet.
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace vigil::intel
