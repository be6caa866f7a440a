#include "tree/blocks.h"

#include <algorithm>
#include <cstring>

namespace vigil::tree {

Result<std::size_t> Blocks::read(std::span<char> buffer) {
  if (rest_.empty()) {
    VIGIL_TRY(rest_, next());
  }
  const std::size_t count = std::min(rest_.size(), buffer.size());
  if (count != 0) std::memcpy(buffer.data(), rest_.data(), count);
  rest_.remove_prefix(count);
  return count;
}

Result<std::string_view> TextBlocks::next() {
  const std::string_view block = rest_.substr(0, size_);
  rest_.remove_prefix(block.size());
  return block;
}

std::uint64_t Blocks::skip(std::uint64_t /*count*/) {
  return 0;
}

Result<std::string_view> SeekableBlocks::next() {
  const std::uint64_t left = offset_ < bytes_.size() ? bytes_.size() - offset_ : 0;
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, block_.size()));
  VIGIL_CHECK(bytes_.read(offset_, std::span(block_).first(count)));
  offset_ += count;
  return std::string_view(block_).substr(0, count);
}

std::uint64_t SeekableBlocks::skip(std::uint64_t count) {
  const std::uint64_t left = offset_ < bytes_.size() ? bytes_.size() - offset_ : 0;
  offset_ += std::min(left, count);
  return std::min(left, count);
}

}  // namespace vigil::tree
