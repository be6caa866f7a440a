#include "intel/feeds/lines.h"

#include <cstring>
#include <span>
#include <string>

#include "base/json_tree.h"

namespace vigil::intel::feeds {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

Result<void> for_each_line(base::Input& input, std::size_t limit,
                           const std::function<Result<void>(std::string_view)>& line) {
  constexpr std::size_t kLargestChunk = 256U << 10U;
  std::size_t chunk = 16U << 10U;  // most files of the smallest feeds fit into the first one
  std::string buffer;
  std::size_t filled = 0;   // bytes of the buffer that hold input
  std::size_t scanned = 0;  // of these, known to hold no end of line
  bool at_start = true;
  const auto give = [&](std::string_view text) -> Result<void> {
    if (at_start && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    at_start = false;
    return line(without_return(text));
  };
  for (;;) {
    buffer.resize(filled + chunk + base::JsonParser::kPadding);
    VIGIL_TRY(const std::size_t count, input.read(std::span(buffer).subspan(filled, chunk)));
    filled += count;
    if (count == chunk) chunk = kLargestChunk;
    std::size_t begin = 0;
    while (const void* found = std::memchr(buffer.data() + scanned, '\n', filled - scanned)) {
      const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data());
      VIGIL_CHECK(give(std::string_view(buffer).substr(begin, end - begin)));
      begin = scanned = end + 1;
    }
    if (count == 0) {
      if (begin == filled) return ok();
      return give(std::string_view(buffer).substr(begin, filled - begin));
    }
    buffer.erase(0, begin);
    filled -= begin;
    scanned = filled;
    if (filled > limit) {
      return fail("a line is longer than " + std::to_string(limit) + " bytes", {}, {},
                  ErrorCode::TooLarge);
    }
  }
}

}  // namespace vigil::intel::feeds
