// Each text once: the Texts section of a snapshot while it is being built.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/codec.h"
#include "intel/interner.h"

namespace vigil::intel {

class TextPool {
 public:
  TextPool() { add(""); }

  /// The offset of the text in the section.
  std::uint32_t add(std::string_view text) {
    const std::uint32_t number = texts_.add(text);
    if (number == offsets_.size()) {
      offsets_.push_back(static_cast<std::uint32_t>(bytes_.size()));
      Encoder out;
      out.text(text);
      bytes_ += out.bytes();
    }
    return offsets_[number];
  }

  [[nodiscard]] std::string_view at(std::uint32_t offset) const {
    Decoder in(std::string_view(bytes_).substr(offset));
    return in.text();
  }
  /// Offsets are 32 bits wide.
  [[nodiscard]] bool full() const { return bytes_.size() >= (std::uint64_t{1} << 32) - (1U << 20); }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  Interner texts_;
  std::vector<std::uint32_t> offsets_;
  std::string bytes_;
};

}  // namespace vigil::intel
