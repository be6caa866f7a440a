#include "tree/disk/fields.h"

#include <utility>

#include "base/text.h"

namespace vigil::tree::disk {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

}  // namespace

std::string uuid_text(std::string_view bytes) {
  std::string text = base::hex(bytes);
  for (const std::size_t at : {20U, 16U, 12U, 8U}) {
    if (at < text.size()) text.insert(at, 1, '-');
  }
  return text;
}

std::string guid_text(std::string_view bytes) {
  std::string ordered(bytes);
  if (ordered.size() != 16) return uuid_text(bytes);
  std::swap(ordered[0], ordered[3]);
  std::swap(ordered[1], ordered[2]);
  std::swap(ordered[4], ordered[5]);
  std::swap(ordered[6], ordered[7]);
  return uuid_text(ordered);
}

std::string hex_number(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  do {
    digits.insert(digits.begin(), kDigits[number % 16]);
    number /= 16;
  } while (number != 0);
  return "0x" + digits;
}

std::string utf16_text(std::string_view bytes) {
  const Fields fields(bytes);
  std::string out;
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    std::uint32_t code = fields.le16(at);
    if (code == 0) break;
    if (code >= 0xD800 && code < 0xE000) {
      const std::uint32_t low = fields.le16(at + 2);
      if (code < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      } else {
        code = 0xFFFD;
      }
    }
    append_utf8(out, code);
  }
  return out;
}

}  // namespace vigil::tree::disk
