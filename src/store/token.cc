#include "store/token.h"

#include <bit>

namespace vigil::store {
namespace {

constexpr std::uint8_t kVersion = 1;

/// Least significant byte first.
void append(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i, value >>= 8U) out += static_cast<char>(value & 0xFFU);
}

}  // namespace

TokenWriter::TokenWriter(std::uint64_t query_digest) {
  append(bytes_, kVersion, 1);
  append(bytes_, query_digest, 8);
}
TokenWriter& TokenWriter::byte(std::uint8_t value) {
  append(bytes_, value, 1);
  return *this;
}
TokenWriter& TokenWriter::number(std::int64_t value) {
  append(bytes_, static_cast<std::uint64_t>(value), 8);
  return *this;
}
TokenWriter& TokenWriter::real(double value) {
  append(bytes_, std::bit_cast<std::uint64_t>(value), 8);
  return *this;
}
TokenWriter& TokenWriter::text(std::string_view value) {
  append(bytes_, value.size(), 4);
  bytes_ += value;
  return *this;
}

TokenReader::TokenReader(std::string_view bytes, std::uint64_t query_digest) : rest_(bytes) {
  failed_ = byte() != kVersion;
  is_of_query_ = bits(8) == query_digest;
}

std::string_view TokenReader::take(std::size_t bytes) {
  failed_ = failed_ || bytes > rest_.size();
  if (failed_) return {};
  const std::string_view out = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return out;
}
std::uint64_t TokenReader::bits(std::size_t bytes) {
  const std::string_view taken = take(bytes);
  std::uint64_t value = 0;
  for (std::size_t i = taken.size(); i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(taken[i]);
  }
  return value;
}
std::uint8_t TokenReader::byte() {
  return static_cast<std::uint8_t>(bits(1));
}
std::int64_t TokenReader::number() {
  return static_cast<std::int64_t>(bits(8));
}
double TokenReader::real() {
  return std::bit_cast<double>(bits(8));
}
std::string_view TokenReader::text() {
  return take(bits(4));
}

Result<void> TokenReader::finish() const {
  if (failed_ || !rest_.empty()) {
    return fail("this is no page token", "nextToken", "ask for the first page again");
  }
  if (!is_of_query_) {
    return fail("the page token belongs to another query", "nextToken",
                "ask for the first page again");
  }
  return ok();
}

}  // namespace vigil::store
