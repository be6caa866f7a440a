// Options of a registry that answers from a loopback port: nothing is waited for long.
#pragma once

#include <chrono>

#include "source/registry/options.h"

namespace vigil::source::registry::testing {

inline Options quick_options() {
  using std::chrono::milliseconds;
  Options options;
  options.first_wait = milliseconds(5);
  options.longest_wait = milliseconds(100);
  options.connect_timeout = milliseconds(2'000);
  options.small_timeout = milliseconds(2'000);
  return options;
}

}  // namespace vigil::source::registry::testing
