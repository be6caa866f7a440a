// Bytes that several hold, put together of parts of others: an extent of a file, a partition, a
// logical volume.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tree/bytes.h"

namespace vigil::tree::disk {

using SharedBytes = std::shared_ptr<const Bytes>;

/// A part of others, which it keeps alive. A part that reaches past their end is shortened; what
/// begins there is empty.
SharedBytes part_of(SharedBytes whole, std::uint64_t offset, std::uint64_t size);

/// Bytes of which some places come from elsewhere and all others read as zero.
class JoinedBytes final : public Bytes {
 public:
  struct Piece {
    std::uint64_t at = 0;      ///< where it begins here
    std::uint64_t length = 0;  ///< bytes
    SharedBytes source;
    std::uint64_t offset = 0;  ///< where it begins in `source`; past its end is an error of `read`
  };
  /// Pieces must not overlap; they are put in order.
  JoinedBytes(std::uint64_t size, std::vector<Piece> pieces);

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override;

 private:
  std::uint64_t size_;
  std::vector<Piece> pieces_;
};

/// The first bytes, up to `count`, zeros after the end: headers are probed so.
Result<std::string> peek(const Bytes& bytes, std::uint64_t offset, std::size_t count);

/// An error of code Invalid unless the part lies inside.
Result<void> check_inside(const Bytes& bytes, std::uint64_t offset, std::uint64_t count);

}  // namespace vigil::tree::disk
