// The environment as the registry's parts ask for it, so that a test can give another.
#pragma once

#include <functional>
#include <string>

namespace vigil::source::registry {

/// The value of a variable; null if it is not set.
using Environment = std::function<const char*(const char* name)>;

/// Its value, empty if it is not set.
inline std::string value_of(const Environment& environment, const char* name) {
  const char* value = environment ? environment(name) : nullptr;
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace vigil::source::registry
