// write(2) until everything is written, however often it is interrupted or takes a part only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::base {

/// `path` names the file in an error. The descriptor must block.
Result<void> write_all(int descriptor, std::string_view content, const std::string& path);

}  // namespace vigil::base
