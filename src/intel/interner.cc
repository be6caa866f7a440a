#include "intel/interner.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"

namespace vigil::intel {
namespace {

constexpr std::size_t kBlockBytes = 64 * 1024;

}  // namespace

std::size_t Interner::slot_of(std::string_view text) const {
  std::size_t slot = base::xxh3_64(text) & (slots_.size() - 1);
  while (slots_[slot] != 0 && texts_[slots_[slot] - 1] != text) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

std::uint32_t Interner::add(std::string_view text) {
  if (texts_.size() * 2 >= slots_.size()) grow();
  std::uint32_t& slot = slots_[slot_of(text)];
  if (slot == 0) {
    texts_.push_back(keep(text));
    slot = size();
  }
  return slot - 1;
}

std::optional<std::uint32_t> Interner::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t slot = slots_[slot_of(text)];
  if (slot == 0) return std::nullopt;
  return slot - 1;
}

std::string_view Interner::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > kBlockBytes / 4) {
    // Goes before the block that is being filled.
    auto own = std::make_unique<char[]>(text.size());
    std::memcpy(own.get(), text.data(), text.size());
    const std::string_view kept(own.get(), text.size());
    blocks_.insert(blocks_.empty() ? blocks_.end() : blocks_.end() - 1, std::move(own));
    if (blocks_.size() == 1) used_ = kBlockBytes;
    return kept;
  }
  if (blocks_.empty() || kBlockBytes - used_ < text.size()) {
    blocks_.push_back(std::make_unique<char[]>(kBlockBytes));
    used_ = 0;
  }
  char* const at = blocks_.back().get() + used_;
  std::memcpy(at, text.data(), text.size());
  used_ += text.size();
  return {at, text.size()};
}

void Interner::grow() {
  slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
  for (std::uint32_t i = 0; i < size(); ++i) slots_[slot_of(texts_[i])] = i + 1;
}

}  // namespace vigil::intel
