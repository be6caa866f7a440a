#include "tree/view.h"

namespace vigil::tree {

Result<std::string> View::head(std::string_view path, std::size_t count) const {
  constexpr std::uint64_t kLargest = std::uint64_t{1} << 30;
  VIGIL_TRY(std::string content, read(path, kLargest));
  if (content.size() > count) content.resize(count);
  return content;
}

}  // namespace vigil::tree
