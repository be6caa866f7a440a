// Each text once: the Texts section of a snapshot while it is being built.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "intel/codec.h"

namespace vigil::intel {

class TextPool {
 public:
  TextPool() { add(""); }

  /// The offset of the text, which must stay where it is as long as the pool is used.
  std::uint32_t add(std::string_view text) {
    const auto [at, added] = offsets_.try_emplace(text, static_cast<std::uint32_t>(bytes_.size()));
    if (added) {
      Encoder out;
      out.text(text);
      bytes_ += out.bytes();
    }
    return at->second;
  }

  [[nodiscard]] std::string_view at(std::uint32_t offset) const {
    Decoder in(std::string_view(bytes_).substr(offset));
    return in.text();
  }
  /// Offsets are 32 bits wide.
  [[nodiscard]] bool full() const { return bytes_.size() >= (std::uint64_t{1} << 32) - (1U << 20); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::unordered_map<std::string_view, std::uint32_t> offsets_;
};

}  // namespace vigil::intel
