#include "inventory/line_finder.h"

#include <algorithm>
#include <string>

namespace vigil::inventory {

std::uint32_t LineFinder::next(std::string_view before, std::string_view value) {
  constexpr int kMaximumMisses = 16;
  if (misses_ >= kMaximumMisses) return 0;
  std::string wanted(before);
  wanted += '"';
  wanted += value;
  wanted += '"';
  const std::size_t found = text_.find(wanted, at_);
  if (found == std::string_view::npos) {
    ++misses_;
    return 0;
  }
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(counted_);
  const auto to = text_.begin() + static_cast<std::ptrdiff_t>(found);
  line_ += static_cast<std::uint32_t>(std::count(from, to, '\n'));
  counted_ = found;
  at_ = found + wanted.size();
  return line_;
}

}  // namespace vigil::inventory
