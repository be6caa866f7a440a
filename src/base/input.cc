#include "base/input.h"

#include <algorithm>
#include <cstring>

namespace vigil::base {
namespace {

std::size_t take(std::string_view& from, std::span<char> buffer) {
  const std::size_t count = std::min(from.size(), buffer.size());
  std::memcpy(buffer.data(), from.data(), count);
  from.remove_prefix(count);
  return count;
}

}  // namespace

Result<std::size_t> StringInput::read(std::span<char> buffer) {
  if (rest_.empty()) return 0;
  return take(rest_, buffer);
}

Result<std::size_t> PrependedInput::read(std::span<char> buffer) {
  if (!head_.empty()) return take(head_, buffer);
  return tail_->read(buffer);
}

Result<std::string> read_all(Input& input, std::uint64_t limit) {
  std::string content;
  std::size_t used = 0;
  for (;;) {
    if (content.size() == used) content.resize(used < 4096 ? 16384 : used * 2);
    VIGIL_TRY(const std::size_t got, input.read({content.data() + used, content.size() - used}));
    if (got == 0) break;
    used += got;
    if (used > limit) {
      return fail("larger than the limit of " + std::to_string(limit) + " bytes", {}, {},
                  ErrorCode::TooLarge);
    }
  }
  content.resize(used);
  return content;
}

Result<std::string> read_prefix(Input& input, std::size_t count) {
  std::string content(count, '\0');
  std::size_t used = 0;
  while (used < count) {
    VIGIL_TRY(const std::size_t got, input.read({content.data() + used, count - used}));
    if (got == 0) break;
    used += got;
  }
  content.resize(used);
  return content;
}

}  // namespace vigil::base
