// A stored blob as the bytes it stands for: decompressed and hashed in passing.
//
// Decompressing and hashing the stored bytes happens on a thread of its own, hashing the expanded
// ones on the reader's, so that a layer costs about the longer of both where two processors are free.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tree/blocks.h"
#include "tree/decoder.h"

namespace vigil::tree {

/// What hostile input may cost. Reaching one is an error of code TooLarge.
struct DecompressLimits {
  std::uint64_t bytes = std::uint64_t{64} << 30;  ///< expanded
  /// Expanded bytes for one stored byte, looked at past `ratio_from` expanded bytes.
  double ratio = 250;
  std::uint64_t ratio_from = std::uint64_t{4} << 30;
};

struct DecompressOptions {
  DecompressLimits limits;
  bool background = true;  ///< decompress on another thread, where one can be had
};

/// Of a blob read to its end.
struct BlobDigests {
  std::string stored;    ///< "sha256:..." of the bytes as they were stored
  std::string expanded;  ///< "sha256:..." of the decompressed bytes
  std::uint64_t stored_bytes = 0;
  std::uint64_t expanded_bytes = 0;
};

class Decompressed final : public Blocks {
 public:
  /// The compression is told by the first bytes. `stored` must outlive it, and is nobody else's
  /// until then.
  explicit Decompressed(base::Input& stored, const DecompressOptions& options = {});
  ~Decompressed() override;

  Result<std::string_view> next() override;
  /// Passes over what is left, and tells what all of it was.
  Result<BlobDigests> finish();
  /// Known once something was read.
  [[nodiscard]] Compression compression() const;

 private:
  class Producer;
  std::unique_ptr<Producer> producer_;
};

}  // namespace vigil::tree
