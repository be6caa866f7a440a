#include "findings/assessment.h"

namespace vigil::findings {

std::string_view status_name(Status status) {
  if (status == Status::Active) return "ACTIVE";
  return status == Status::Suppressed ? "SUPPRESSED" : "CLOSED";
}

}  // namespace vigil::findings
