// The cataloguers of one file that is read in pieces, so that a large one is never held.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/cataloger.h"

namespace vigil::inventory {

class PieceReaders {
 public:
  /// Can all of them do it?
  static bool serve(std::span<const Cataloger* const> catalogers);

  /// `catalogers` and `path` must outlive it.
  PieceReaders(std::span<const Cataloger* const> catalogers, const std::string& path);
  void take(std::string_view piece);
  /// What they found; for whom the file was too large, that is a problem.
  void finish(Context& context);

 private:
  std::span<const Cataloger* const> catalogers_;
  const std::string& path_;
  std::vector<std::unique_ptr<PieceReader>> readers_;
  std::uint64_t size_ = 0;
};

}  // namespace vigil::inventory
