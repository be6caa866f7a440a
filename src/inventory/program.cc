#include "inventory/program.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace vigil::inventory {
namespace {

constexpr std::string_view kExtensions[] = {"bin", "dll", "dylib", "exe", "node", "pyd", "so"};

bool is_version(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), base::is_digit);
}

bool needs_no_bit(std::string_view path) {
  return path.ends_with(".dll") || path.ends_with(".exe") || path.ends_with(".pyd");
}

}  // namespace

bool may_be_program(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  // "libssl.so.1.1", "python3.11": what follows the last dots is a version.
  for (;;) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return true;
    const std::string_view extension = name.substr(dot + 1);
    if (!is_version(extension)) {
      return std::find(std::begin(kExtensions), std::end(kExtensions), extension) !=
             std::end(kExtensions);
    }
    name = name.substr(0, dot);
  }
}

bool may_be_executed(std::string_view path, std::uint32_t mode) {
  return (mode & 0111U) != 0 || needs_no_bit(path);
}

bool may_be_library(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t at = name.find(".so.");
  return name.ends_with(".so") || name.ends_with(".dylib") ||
         (at != std::string_view::npos && at > 0);
}

bool is_program(std::string_view head) {
  constexpr std::array<std::string_view, 6> kMagics = {
      std::string_view("\x7f"
                       "ELF",
                       4),
      std::string_view("MZ", 2),
      std::string_view("\xfe\xed\xfa\xce", 4),
      std::string_view("\xfe\xed\xfa\xcf", 4),
      std::string_view("\xce\xfa\xed\xfe", 4),
      std::string_view("\xcf\xfa\xed\xfe", 4),
  };
  if (std::any_of(kMagics.begin(), kMagics.end(),
                  [&](std::string_view magic) { return head.starts_with(magic); })) {
    return true;
  }
  // A Mach-O for several processors shares its magic with Java classes, whose next number is a
  // version of 45 and more; no program is for so many processors.
  constexpr std::string_view kFat("\xca\xfe\xba\xbe\0\0\0", 7);
  return head.size() >= 8 && head.starts_with(kFat) && static_cast<unsigned char>(head[7]) < 45;
}

}  // namespace vigil::inventory
