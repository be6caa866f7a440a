#include "intel/codec.h"

#include <bit>
#include <cstring>

namespace vigil::intel {

static_assert(
    std::endian::native == std::endian::little,
    "segments and snapshots are little-endian; a big-endian machine needs byte swaps here");

Encoder& Encoder::number(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_ += static_cast<char>((value & 0x7F) | 0x80);
    value >>= 7;
  }
  bytes_ += static_cast<char>(value);
  return *this;
}

Encoder& Encoder::signed_number(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return number((bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

Encoder& Encoder::real(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  bytes_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
  return *this;
}

Encoder& Encoder::text(std::string_view value) {
  number(value.size());
  bytes_.append(value);
  return *this;
}

Encoder& Encoder::texts(const std::vector<std::string>& values) {
  number(values.size());
  for (const std::string& value : values) text(value);
  return *this;
}

Encoder& Encoder::raw(std::string_view bytes) {
  bytes_.append(bytes);
  return *this;
}

std::uint64_t Decoder::number() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return value;
  }
  failed_ = true;
  rest_ = {};
  return 0;
}

std::int64_t Decoder::signed_number() {
  const std::uint64_t bits = number();
  return static_cast<std::int64_t>((bits >> 1) ^ (~(bits & 1) + 1));
}

double Decoder::real() {
  const std::string_view bytes = raw(sizeof(std::uint64_t));
  if (bytes.empty()) return 0;
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes.data(), sizeof bits);
  return std::bit_cast<double>(bits);
}

std::string_view Decoder::raw(std::size_t length) {
  if (length > rest_.size()) {
    failed_ = true;
    rest_ = {};
    return {};
  }
  const std::string_view bytes = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return bytes;
}

std::string_view Decoder::text() {
  return raw(number());
}

std::size_t Decoder::count(std::size_t least) {
  const std::uint64_t value = number();
  if (value > rest_.size() / least) {
    failed_ = true;
    rest_ = {};
    return 0;
  }
  return value;
}

std::vector<std::string> Decoder::texts() {
  std::vector<std::string> values(count());
  for (std::string& value : values) value = text();
  return values;
}

std::vector<std::string_view> Decoder::text_views() {
  std::vector<std::string_view> values(count());
  for (std::string_view& value : values) value = text();
  return values;
}

}  // namespace vigil::intel
