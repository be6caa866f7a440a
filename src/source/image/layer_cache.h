// Results of layers, kept in a directory that several processes share.
//
// A result depends on the layer's content and on who looked at it, so it is found by the digest of the
// uncompressed layer and a fingerprint of the cataloguers: an image in gzip and the same in zstd share
// results, and a new build of this program finds none of an old one's.
//
// A file is written beside its place and renamed. It carries a checksum and is parsed without trust, so
// that what a crash or a full disk damaged reads as if it were not there. When the directory outgrows
// its limit the files that were used least recently go.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "inventory/layer/layer.h"
#include "tree/descriptor.h"

namespace vigil::source {

/// Of the cataloguers' names, patterns and limits, and of this build of the program.
std::string layer_fingerprint(std::span<const inventory::Cataloger* const> catalogers);

class LayerCache {
 public:
  /// `directory` empty: nothing is ever found nor kept. It comes into being with the first result.
  LayerCache(std::string directory, std::span<const inventory::Cataloger* const> catalogers,
             std::uint64_t limit = std::uint64_t{4} << 30);

  /// "sha256:..." of the uncompressed layer and what was looked at beside, as one name; empty if the
  /// digest is none.
  [[nodiscard]] std::string key(std::string_view diff_id,
                                std::span<const inventory::AlsoLook> also) const;

  [[nodiscard]] std::optional<inventory::Layer> find(const std::string& key) const;
  /// Waits until no other process or thread holds the lock, so that a layer is not analysed twice at
  /// once. There are 256 locks for all keys; hold no two. An invalid descriptor if there can be none.
  [[nodiscard]] tree::Descriptor lock(const std::string& key) const;
  /// Of `inventory::layer_bytes`. A cache that cannot be written is slower, not wrong: no error.
  void keep(const std::string& key, std::string_view bytes) const;
  /// Removes the least recently used files if there is more than the limit.
  void trim() const;

 private:
  [[nodiscard]] std::string path(const std::string& key) const;

  std::string directory_;
  std::string fingerprint_;
  std::uint64_t limit_;
};

}  // namespace vigil::source
