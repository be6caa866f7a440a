// Texts by number: each text once, numbered from 0 in the order of their first mention.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace vigil::intel {

/// Keeps its own copies, densely: some ten bytes beside each text. Fewer than 2^32 texts.
class Interner {
 public:
  std::uint32_t add(std::string_view text);
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view text) const;
  [[nodiscard]] bool contains(std::string_view text) const { return find(text).has_value(); }
  /// The own copy of a text that was added; it stays where it is as long as the interner lives.
  [[nodiscard]] std::string_view at(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view text) const;
  std::string_view keep(std::string_view text);
  void grow();

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> slots_;  ///< number plus one, 0 is free; linear probing
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t used_ = 0;  ///< of the last block
};

}  // namespace vigil::intel
