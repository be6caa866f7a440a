// Yarn 1's own notation of lock files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/inventory.h"

namespace vigil::inventory::yarn_lock {

/// What one or more descriptors ("lodash@^4.0.0") were resolved to.
struct Entry {
  std::vector<std::string> descriptors;
  std::string version;
  std::string resolved;
  std::vector<std::pair<std::string, std::string>> required;  ///< name and range
  std::vector<std::pair<std::string, std::string>> optional;
  std::uint32_t line = 0;
};

/// Lines that belong to nothing are problems; the rest is still read.
std::vector<Entry> parse_classic(std::string_view text, const std::string& where,
                                 std::vector<Problem>& problems);

}  // namespace vigil::inventory::yarn_lock
