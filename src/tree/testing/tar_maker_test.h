// Writes tar archives entry by entry, for tests: also such as no tool writes.
//
//   const std::string layer = TarMaker().directory("etc").file("etc/motd", "hello").end();
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigil::tree::testing {

class TarMaker {
 public:
  TarMaker& file(const std::string& name, std::string_view content, unsigned mode = 0644) {
    return entry(name, '0', content, {}, mode);
  }
  TarMaker& directory(const std::string& name) { return entry(name, '5', {}, {}, 0755); }
  TarMaker& link(const std::string& name, std::string_view target) {
    return entry(name, '2', {}, target, 0777);
  }
  TarMaker& hard_link(const std::string& name, std::string_view other, unsigned mode = 0644) {
    return entry(name, '1', {}, other, mode);
  }

  /// Long names get a pax header.
  TarMaker& entry(const std::string& name, char type, std::string_view content,
                  std::string_view link, unsigned mode) {
    if (name.size() > 100 || link.size() > 100)
      pax({{"path", name}, {"linkpath", std::string(link)}});
    bytes_ += header(name, type, content, link.substr(0, 100), mode);
    return *this;
  }
  TarMaker& pax(const std::vector<std::pair<std::string, std::string>>& records) {
    std::string text;
    for (const auto& [key, value] : records) {
      if (value.empty()) continue;
      std::size_t length = key.size() + value.size() + 3;
      while (std::to_string(length).size() + key.size() + value.size() + 3 != length) ++length;
      text += std::to_string(length) + " " + key + "=" + value + "\n";
    }
    bytes_ += header("PaxHeaders/x", 'x', text, {}, 0644);
    return *this;
  }
  TarMaker& raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }

  /// The whole archive.
  [[nodiscard]] std::string end() const { return bytes_ + std::string(1024, '\0'); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  /// One header with its content, padded.
  static std::string header(const std::string& name, char type, std::string_view content,
                            std::string_view link, unsigned mode) {
    std::string out(512, '\0');
    out.replace(0, std::min<std::size_t>(name.size(), 100), name.substr(0, 100));
    octal(out, 100, 8, mode);
    octal(out, 124, 12, content.size());
    out[156] = type;
    out.replace(157, link.size(), link);
    out.replace(257, 8, std::string_view("ustar\00000", 8));
    seal(out);
    out += content;
    out.resize((out.size() + 511) / 512 * 512);
    return out;
  }
  /// Puts the right checksum into a header that was changed.
  static void seal(std::string& header) {
    header.replace(148, 8, "        ");
    std::size_t sum = 0;
    for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(header[i]);
    octal(header, 148, 7, sum);
  }

 private:
  static void octal(std::string& out, std::size_t at, std::size_t width, std::size_t value) {
    for (std::size_t i = width - 1; i-- > 0; value /= 8) {
      out[at + i] = static_cast<char>('0' + value % 8);
    }
    out[at + width - 1] = '\0';
  }

  std::string bytes_;
};

}  // namespace vigil::tree::testing
