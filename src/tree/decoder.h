// Decompressors with one face: gzip (ISA-L), zstd (libzstd), xz (liblzma), and none at all.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::tree {

enum class Compression : std::uint8_t { None, Gzip, Zstd, Xz };

/// By the first six bytes; None for what is none of the others.
Compression compression_of(std::string_view head);
/// "gzip"
std::string_view to_string(Compression compression);

class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Fills `out` as far as there are bytes; 0 means the end, which has been checked: a stream cut
  /// short or with a wrong checksum is an error.
  virtual Result<std::size_t> decode(std::span<char> out) = 0;
};

/// Reads from `stored`, which must outlive it.
std::unique_ptr<Decoder> make_decoder(Compression compression, base::Input& stored);

}  // namespace vigil::tree
