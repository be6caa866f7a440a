#include "source/image/platform.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace vigil::source {
namespace {

/// As uname(2) and people call them, and as Go does.
std::string normal_architecture(std::string_view name) {
  if (name == "x86_64" || name == "x86-64") return "amd64";
  if (name == "aarch64") return "arm64";
  if (name == "i386" || name == "i686") return "386";
  return std::string(name);
}

bool is_word(std::string_view part) {
  return !part.empty() && part.size() <= 32 && std::all_of(part.begin(), part.end(), [](char c) {
    return base::is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

bool same(std::string_view wanted, std::string_view offered) {
  return wanted.empty() || offered.empty() || wanted == offered;
}

}  // namespace

Result<Platform> parse_platform(std::string_view text) {
  const std::vector<std::string_view> parts = base::split(text, '/');
  if (parts.size() > 3 || !std::all_of(parts.begin(), parts.end(), is_word)) {
    return fail("not a platform: '" + base::printable(text) + "'", {},
                "write it as OS/ARCH or OS/ARCH/VARIANT: linux/arm64");
  }
  if (parts.size() == 1) return Platform{"linux", normal_architecture(parts[0]), {}};
  return Platform{std::string(parts[0]), normal_architecture(parts[1]),
                  parts.size() == 3 ? std::string(parts[2]) : std::string()};
}

Platform this_platform() {
#if defined(__x86_64__)
  return {"linux", "amd64", {}};
#elif defined(__aarch64__)
  return {"linux", "arm64", {}};
#elif defined(__riscv)
  return {"linux", "riscv64", {}};
#elif defined(__powerpc64__)
  return {"linux", "ppc64le", {}};
#elif defined(__s390x__)
  return {"linux", "s390x", {}};
#else
  return {"linux", {}, {}};
#endif
}

std::string to_string(const Platform& platform) {
  std::string text = platform.os + "/" + platform.architecture;
  if (!platform.variant.empty()) text += "/" + platform.variant;
  return text;
}

bool fits(const Platform& wanted, const Platform& offered) {
  const bool v8 = wanted.architecture == "arm64";
  const auto variant = [&](const Platform& platform) {
    return v8 && platform.variant == "v8" ? std::string_view() : std::string_view(platform.variant);
  };
  return same(wanted.os, offered.os) && same(wanted.architecture, offered.architecture) &&
         same(variant(wanted), variant(offered));
}

}  // namespace vigil::source
