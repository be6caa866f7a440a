#include "base/log.h"

#include <cstdio>
#include <string>

#include "base/text.h"

namespace vigil::base {

void warn(std::string_view message) {
  const std::string line = "vigil: warning: " + printable(message) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace vigil::base
