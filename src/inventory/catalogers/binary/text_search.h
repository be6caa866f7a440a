// Where any of many fixed texts stands in a file, in one pass over its bytes.
//
// Vectorscan does it (github.com/VectorCamp/vectorscan) at some gigabytes a second whatever their
// number. It needs a processor with certain instructions (x86-64: SSE4.2) and says at run time
// whether this one has them; without, each text is looked for alone. Both find the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace vigil::inventory::binary {

class TextSearch {
 public:
  enum class Engine : std::uint8_t { Vectorscan, Plain };

  TextSearch() = default;
  TextSearch(const TextSearch&) = delete;
  TextSearch& operator=(const TextSearch&) = delete;
  virtual ~TextSearch() = default;

  /// What this processor can do.
  static Engine best_engine();
  /// Texts are not empty and differ. Falls back to Plain where Vectorscan cannot be set up.
  static std::unique_ptr<TextSearch> make(std::span<const std::string> texts, Engine engine);

  [[nodiscard]] virtual Engine engine() const = 0;

  /// Is given the index of a text and where it begins; returns false to stop.
  using Visitor = std::function<bool(std::size_t text, std::size_t offset)>;
  /// Every occurrence, overlapping ones too, in no certain order. Several threads may search at once.
  virtual void find(std::string_view bytes, const Visitor& visit) const = 0;
};

}  // namespace vigil::inventory::binary
