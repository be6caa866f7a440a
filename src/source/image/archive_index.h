// Where the members of an image's tar lie: docker-archive, OCI layout in a tar. Only headers are read,
// the layers are passed over by seeking.
//
// Untrusted, and read in this process: nothing but the names and places of members comes of it, by
// code that is bounded (members, name lengths, links) and fuzzed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tree/bytes.h"

namespace vigil::source {

class ArchiveIndex {
 public:
  /// A member's bytes.
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };

  static Result<ArchiveIndex> read(const tree::Bytes& archive);

  /// By its name in the archive, with or without "./" before it; links are followed, as older Docker
  /// writes a layer once and a link each further time.
  [[nodiscard]] std::optional<Place> find(std::string_view name) const;

 private:
  std::map<std::string, Place, std::less<>> files_;
  std::map<std::string, std::string, std::less<>> links_;  ///< to tidy paths
};

}  // namespace vigil::source
