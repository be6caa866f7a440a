#include <algorithm>

#include "base/text.h"
#include "source/target.h"

namespace vigil::source {
namespace {

constexpr std::uint64_t kSmallFile = 4096;

bool is_lower_hex(char c) {
  return base::is_digit(c) || (c >= 'a' && c <= 'f');
}

}  // namespace

std::optional<MachineFacts> read_machine(const tree::View& view) {
  const auto read = [&](std::string_view path) {
    return base::printable(base::trim(view.read(path, kSmallFile).value_or("")));
  };
  MachineFacts out;
  out.machine_id = read("/etc/machine-id");
  // machine-id(5): "uninitialized" and an empty file are no id.
  const bool is_id = out.machine_id.size() == 32 &&
                     std::all_of(out.machine_id.begin(), out.machine_id.end(), is_lower_hex);
  if (!is_id) out.machine_id.clear();
  out.host_name = read("/etc/hostname");
  if (out.machine_id.empty() && out.host_name.empty()) return std::nullopt;
  return out;
}

}  // namespace vigil::source
