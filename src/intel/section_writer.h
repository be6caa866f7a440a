// Writes a snapshot section by section, as they are made: the whole is never in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/hash.h"
#include "base/result.h"
#include "intel/layout.h"

namespace vigil::intel {

class SectionWriter {
 public:
  using Append = std::function<Result<void>(std::string_view)>;

  /// `append` gets all bytes in order, beginning with room for the header.
  explicit SectionWriter(Append append);

  /// Ends the section before. Sections may come in any order, each once.
  void begin(layout::Section section);
  void append(std::string_view bytes);
  template <typename T>
  void array(const T& values) {
    append({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0])});
  }

  /// The header, to be written over the first bytes; or the first error of `append`.
  Result<layout::Header> finish(std::int64_t now, std::uint64_t content_id);

 private:
  void put(std::string_view bytes);

  Append append_;
  layout::Header header_{};
  layout::SectionEntry* current_ = nullptr;
  std::uint64_t size_ = 0;
  base::Xxh3 hash_;
  Result<void> result_;
};

}  // namespace vigil::intel
