// Writes the older forms of an rpm database, as rpm and Berkeley DB lay them out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vigil::inventory::rpm::testing {

inline std::string number(std::uint32_t value, unsigned width, bool big_endian = false) {
  std::string out;
  for (unsigned i = 0; i < width; ++i) {
    out += static_cast<char>(value >> 8 * (big_endian ? width - 1 - i : i));
  }
  return out;
}

inline std::uint32_t adler32(const std::string& bytes) {
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16U | a;
}

/// Packages are numbered from 1; the last comes first in the file, as after removals and updates.
inline std::string ndb(const std::vector<std::string>& headers) {
  constexpr std::size_t kBlock = 16;
  std::string slots = "RpmP" + number(0, 4) + number(7, 4) + number(1, 4) +
                      number(static_cast<std::uint32_t>(headers.size()) + 1, 4) +
                      std::string(12, '\0');
  std::string blobs;
  for (std::size_t i = headers.size(); i-- > 0;) {
    const auto index = static_cast<std::uint32_t>(i + 1);
    const auto length = static_cast<std::uint32_t>(headers[i].size());
    std::string blob = "BlbS" + number(index, 4) + number(1'700'000'000, 4) + number(length, 4);
    blob += headers[i];
    while ((blob.size() + 12) % kBlock != 0) blob += '\0';
    blob += number(adler32(blob), 4) + number(length, 4) + "BlbE";
    const auto first = static_cast<std::uint32_t>((4096 + blobs.size()) / kBlock);
    slots += "Slot" + number(index, 4) + number(first, 4) +
             number(static_cast<std::uint32_t>(blob.size() / kBlock), 4);
    blobs += blob;
  }
  while (slots.size() < 4096) slots += "Slot" + std::string(12, '\0');
  return slots + blobs;
}

/// One hash page with the small headers in it and the large ones in chains of overflow pages.
inline std::string berkeley(const std::vector<std::string>& headers, bool big_endian) {
  constexpr std::size_t kPage = 512;
  const auto half = [&](std::size_t value) {
    return number(static_cast<std::uint32_t>(value), 2, big_endian);
  };
  const auto word = [&](std::size_t value) {
    return number(static_cast<std::uint32_t>(value), 4, big_endian);
  };
  const auto head = [&](std::size_t page, std::size_t next, std::size_t entries, std::size_t offset,
                        char type) {
    return std::string(8, '\0') + word(page) + word(0) + word(next) + half(entries) + half(offset) +
           '\0' + type;
  };
  std::string meta =
      std::string(8, '\0') + word(0) + word(0x061561) + word(9) + word(kPage) + '\0' + '\x08';
  meta.resize(kPage, '\0');
  std::vector<std::string> items;
  const auto pair = [&](std::size_t key, const std::string& item) {
    items.push_back('\x01' + word(key));
    items.push_back(item);
  };
  std::string overflow;
  pair(0, '\x01' + word(headers.size()));
  for (std::size_t i = headers.size(); i-- > 0;) {
    if (headers[i].size() <= 40) {
      pair(i + 1, '\x01' + headers[i]);
      continue;
    }
    const std::size_t first = 2 + overflow.size() / kPage;
    pair(i + 1, '\x03' + std::string(3, '\0') + word(first) + word(headers[i].size()));
    for (std::size_t at = 0, page = first; at < headers[i].size(); ++page) {
      const std::string part = headers[i].substr(at, kPage - 26);
      at += part.size();
      overflow += head(page, at < headers[i].size() ? page + 1 : 0, 1, part.size(), '\x07') + part;
      overflow.resize((page - 1) * kPage, '\0');
    }
  }
  std::string offsets;
  std::string page(kPage, '\0');
  std::size_t end = kPage;
  for (const std::string& item : items) {
    end -= item.size();
    offsets += half(end);
    page.replace(end, item.size(), item);
  }
  const std::string front = head(1, 0, items.size(), end, '\x0d') + offsets;
  page.replace(0, front.size(), front);
  return meta + page + overflow;
}

}  // namespace vigil::inventory::rpm::testing
