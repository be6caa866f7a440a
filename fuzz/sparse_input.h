// A disk of which an input tells only what is not zero: its size in 64 KiB (4 bytes), then records of
// an offset in 64 bytes (4 bytes), a length (2 bytes) and as many bytes. All little-endian. Later
// records win.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "tree/disk/fields.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

class SparseInput final : public Bytes {
 public:
  explicit SparseInput(std::string_view input) {
    const Fields fields(input);
    size_ = std::uint64_t{fields.le32(0) & 0xffffffU} << 16;
    for (std::size_t at = 4; at + 6 <= input.size();) {
      const std::uint64_t offset = std::uint64_t{fields.le32(at)} * 64;
      const std::string_view bytes = fields.bytes(at + 6, fields.le16(at + 4));
      at += 6 + bytes.size();
      for (std::size_t i = 0; i < bytes.size(); i += 64) {
        std::string& cell = cells_[offset + i];
        cell = bytes.substr(i, 64);
        cell.resize(64);
      }
    }
  }

  [[nodiscard]] std::uint64_t size() const override { return size_; }

  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    std::fill(buffer.begin(), buffer.end(), '\0');
    const std::uint64_t end = offset + buffer.size();
    for (auto cell = cells_.lower_bound(offset / 64 * 64);
         cell != cells_.end() && cell->first < end; ++cell) {
      const std::uint64_t from = std::max(offset, cell->first);
      const std::uint64_t to = std::min(end, cell->first + 64);
      std::copy(cell->second.begin() + static_cast<std::ptrdiff_t>(from - cell->first),
                cell->second.begin() + static_cast<std::ptrdiff_t>(to - cell->first),
                buffer.begin() + static_cast<std::ptrdiff_t>(from - offset));
    }
    return ok();
  }

 private:
  std::uint64_t size_ = 0;
  std::map<std::uint64_t, std::string> cells_;
};

}  // namespace vigil::tree::disk
