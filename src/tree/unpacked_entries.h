// What streams of entries over a directory share: the status of a name as an entry of a tar, and a
// file's content piece by piece.
#pragma once

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "tree/descriptor.h"
#include "tree/entry_stream.h"

namespace vigil::tree {

class UnpackedEntries : public EntryStream {
 public:
  Result<std::string_view> piece() final;
  [[nodiscard]] bool survives_errors() const final { return true; }

 protected:
  /// Makes `entry_`, whose path is set, what the status says it is.
  void describe(const struct stat& status);
  /// Opens the file of `entry_` without following a link; errno says why it cannot be.
  [[nodiscard]] virtual Descriptor open_content() const = 0;
  void begin_entry(TarKind kind);

  TarEntry entry_;

 private:
  static constexpr std::size_t kPiece = 64 * 1024;

  Descriptor content_;
  std::uint64_t left_ = 0;
  bool opened_ = false;
  std::array<char, kPiece> buffer_{};
};

}  // namespace vigil::tree
