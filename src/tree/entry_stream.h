// The entries of an image's layer one after the other, wherever they come from: a tar, or a directory
// that it was unpacked to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::tree {

enum class TarKind : std::uint8_t {
  File,
  Directory,
  SymbolicLink,
  HardLink,
  Other,    ///< a device, a pipe
  Invalid,  ///< an entry that no runtime unpacks: its name is too long or holds a zero byte
};

struct TarEntry {
  TarKind kind = TarKind::Other;
  std::string path;  ///< absolute and tidy: "/usr/bin/env"; "/" for the root itself
  /// Of a symbolic link its text as it stands there; of a hard link the path of the other name, as
  /// `path`.
  std::string link;
  std::uint64_t size = 0;  ///< of a file's content, holes of a sparse one included
  std::uint32_t mode = 0;  ///< permission bits
};

/// Longer names cannot be unpacked on Linux (PATH_MAX).
constexpr std::size_t kLongestTarPath = 4095;

class EntryStream {
 public:
  EntryStream() = default;
  EntryStream(const EntryStream&) = delete;
  EntryStream& operator=(const EntryStream&) = delete;
  virtual ~EntryStream() = default;

  /// The next entry, valid until the call after; null at the end.
  virtual Result<const TarEntry*> next() = 0;
  /// The next piece of the entry's content, valid until the next call; empty at its end.
  virtual Result<std::string_view> piece() = 0;
  /// Is an error of either that of one entry only, and the rest to be had by calling `next` again?
  [[nodiscard]] virtual bool survives_errors() const { return false; }
};

}  // namespace vigil::tree
