#include "tree/inflate.h"

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace vigil::tree {
namespace {

constexpr std::uint64_t kLargestRatio = 1032;
/// The library counts in 32 bits.
constexpr std::size_t kPortion = std::size_t{1} << 30;

/// Of the library's decoder: 80 kB, so not on the stack.
class Decoder {
 public:
  Decoder(std::string_view data, Deflated form)
      : state_(std::make_unique_for_overwrite<inflate_state>()), rest_(data) {
    isal_inflate_init(state_.get());
    state_->crc_flag = form == Deflated::Zlib ? ISAL_ZLIB : ISAL_DEFLATE;
    state_->avail_in = 0;
  }

  /// Fills `buffer` from `begin` as far as the data goes; the number of bytes, or an error.
  Result<std::size_t> fill(std::string& buffer, std::size_t begin) {
    std::size_t filled = begin;
    while (filled < buffer.size() && !done()) {
      if (state_->avail_in == 0 && !rest_.empty()) feed();
      const std::size_t room = std::min(buffer.size() - filled, kPortion);
      state_->next_out = reinterpret_cast<std::uint8_t*>(buffer.data() + filled);
      state_->avail_out = static_cast<std::uint32_t>(room);
      const std::uint32_t before = state_->avail_in;
      if (isal_inflate(state_.get()) != ISAL_DECOMP_OK) return fail("the deflated data is damaged");
      const std::size_t count = room - state_->avail_out;
      filled += count;
      if (count == 0 && state_->avail_in == before && rest_.empty()) break;
    }
    return filled - begin;
  }

  /// Whether the data's end was reached, and its checksum is right where it has one.
  [[nodiscard]] bool done() const { return state_->block_state == ISAL_BLOCK_FINISH; }

 private:
  void feed() {
    const std::size_t count = std::min(rest_.size(), kPortion);
    // The library does not write there, it only forgot to say so.
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(rest_.data()));
    state_->avail_in = static_cast<std::uint32_t>(count);
    rest_.remove_prefix(count);
  }

  std::unique_ptr<inflate_state> state_;
  std::string_view rest_;
};

}  // namespace

Result<std::string> inflate(std::string_view data, Deflated form, std::uint64_t limit) {
  // One byte more than there may be: that it is not filled shows that the data ends in time.
  const std::uint64_t possible =
      data.size() > std::numeric_limits<std::uint64_t>::max() / kLargestRatio
          ? limit
          : data.size() * kLargestRatio;
  const auto room = static_cast<std::size_t>(std::min(limit, possible)) + 1;
  Decoder decoder(data, form);
  std::string out;
  // A limit that is near is often the very size; else the room doubles.
  const std::size_t likely = data.size() * 4 + 4096;
  std::size_t step = room / 4 <= likely ? room : likely;
  for (std::size_t filled = 0;;) {
    out.resize(step);
    VIGIL_TRY(const std::size_t count, decoder.fill(out, filled));
    filled += count;
    if (filled < out.size() || decoder.done()) {
      out.resize(filled);
      break;
    }
    if (step == room) break;
    step = std::min(room, step * 2);
  }
  if (out.size() > limit) {
    return fail("larger than " + std::to_string(limit) + " bytes when inflated", {}, {},
                ErrorCode::TooLarge);
  }
  if (!decoder.done()) return fail("the deflated data is cut short");
  return out;
}

Result<std::string> inflate_head(std::string_view data, Deflated form, std::size_t count) {
  Decoder decoder(data, form);
  std::string out(count, '\0');
  VIGIL_TRY(const std::size_t filled, decoder.fill(out, 0));
  out.resize(filled);
  return out;
}

}  // namespace vigil::tree
