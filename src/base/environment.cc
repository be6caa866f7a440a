#include "base/environment.h"

#include <cstdlib>

namespace vigil::base {

const char* environment(const std::string& name) {
  return std::getenv(
      name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody changes the environment
}

}  // namespace vigil::base
