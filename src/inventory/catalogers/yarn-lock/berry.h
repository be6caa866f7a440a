// Lock files of Yarn 2 and later: YAML.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/catalogers/yarn-lock/classic.h"

namespace vigil::inventory::yarn_lock {

struct BerryLock {
  std::vector<Entry> packages;
  /// The project and its workspaces: what they require the project asks for.
  std::vector<Entry> own;
};

/// A package's descriptors get its real name in front: the first one is "name@".
Result<BerryLock> parse_berry(std::string_view text);

}  // namespace vigil::inventory::yarn_lock
