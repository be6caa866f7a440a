// What an image is built for: "linux/amd64", "linux/arm/v7", "windows/amd64".
//
// Reference: OCI Image Specification 1.1, image-index.md ("platform"); the names are Go's GOOS and
// GOARCH.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::source {

struct Platform {
  std::string os;
  std::string architecture;
  std::string variant;  ///< "v7", "v8"; mostly empty

  friend bool operator==(const Platform&, const Platform&) = default;
};

/// "OS/ARCH" or "OS/ARCH/VARIANT"; a lone "ARCH" means Linux.
Result<Platform> parse_platform(std::string_view text);
/// Linux on the processor this program was compiled for.
Platform this_platform();
/// "linux/arm/v7".
std::string to_string(const Platform& platform);

/// Does an image for `offered` run where `wanted` is asked for? An empty member of either fits any;
/// v8 is what arm64 means without a variant.
bool fits(const Platform& wanted, const Platform& offered);

}  // namespace vigil::source
