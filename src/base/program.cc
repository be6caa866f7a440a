#include "base/program.h"

namespace vigil::base {

std::string_view program_version() {
  return VIGIL_VERSION;
}

}  // namespace vigil::base
