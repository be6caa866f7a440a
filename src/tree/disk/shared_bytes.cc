#include "tree/disk/shared_bytes.h"

#include <algorithm>
#include <utility>

namespace vigil::tree::disk {
namespace {

class Part final : public Bytes {
 public:
  Part(SharedBytes whole, std::uint64_t offset, std::uint64_t size)
      : whole_(std::move(whole)), offset_(offset), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
    return whole_->read(offset_ + offset, buffer);
  }

 private:
  SharedBytes whole_;
  std::uint64_t offset_;
  std::uint64_t size_;
};

}  // namespace

Result<void> check_inside(const Bytes& bytes, std::uint64_t offset, std::uint64_t count) {
  if (offset <= bytes.size() && count <= bytes.size() - offset) return ok();
  return fail("bytes " + std::to_string(offset) + " to " + std::to_string(offset + count) + " of " +
              std::to_string(bytes.size()) + ": the disk is cut short or damaged");
}

SharedBytes part_of(SharedBytes whole, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t begin = std::min(offset, whole->size());
  const std::uint64_t length = std::min(size, whole->size() - begin);
  return std::make_shared<Part>(std::move(whole), begin, length);
}

JoinedBytes::JoinedBytes(std::uint64_t size, std::vector<Piece> pieces)
    : size_(size), pieces_(std::move(pieces)) {
  std::sort(pieces_.begin(), pieces_.end(),
            [](const Piece& a, const Piece& b) { return a.at < b.at; });
}

Result<void> JoinedBytes::read(std::uint64_t offset, std::span<char> buffer) const {
  VIGIL_CHECK(check_inside(*this, offset, buffer.size()));
  auto piece = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                [](std::uint64_t at, const Piece& p) { return at < p.at; });
  if (piece != pieces_.begin()) --piece;
  while (!buffer.empty()) {
    while (piece != pieces_.end() && offset >= piece->at && offset - piece->at >= piece->length) {
      ++piece;
    }
    if (piece == pieces_.end() || offset < piece->at) {
      const std::uint64_t gap = piece == pieces_.end()
                                    ? buffer.size()
                                    : std::min<std::uint64_t>(buffer.size(), piece->at - offset);
      std::fill_n(buffer.begin(), gap, '\0');
      offset += gap;
      buffer = buffer.subspan(static_cast<std::size_t>(gap));
      continue;
    }
    const std::uint64_t inside = offset - piece->at;
    const std::uint64_t count = std::min<std::uint64_t>(buffer.size(), piece->length - inside);
    VIGIL_CHECK(
        piece->source->read(piece->offset + inside, buffer.first(static_cast<std::size_t>(count))));
    offset += count;
    buffer = buffer.subspan(static_cast<std::size_t>(count));
  }
  return ok();
}

Result<std::string> peek(const Bytes& bytes, std::uint64_t offset, std::size_t count) {
  std::string out(count, '\0');
  if (offset >= bytes.size()) return out;
  const std::uint64_t there = std::min<std::uint64_t>(count, bytes.size() - offset);
  VIGIL_CHECK(bytes.read(offset, std::span(out).first(static_cast<std::size_t>(there))));
  return out;
}

}  // namespace vigil::tree::disk
