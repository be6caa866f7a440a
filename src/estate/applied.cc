#include "estate/applied.h"

#include "base/program.h"

namespace vigil::estate {

std::string state_of(const intel::Snapshot& intelligence, const score::Policy& policy) {
  return intelligence.stamp() + " " + std::string(base::program_version()) + " " + policy.name;
}

}  // namespace vigil::estate
