// Scans a target that needs nothing but its files (Target::reads). The argument is a request, the
// answer what was found, both as in source/scanned_document.h.

#include "source/job.h"
#include "source/scanned_document.h"

namespace vigil::source::scan {
namespace {

Result<std::string> run(const JobCall& call) {
  VIGIL_TRY(NamedRequest named, parse_request(call.arguments));
  const Target* target = find_target(named.target);
  if (target == nullptr) return fail("nothing of that kind can be scanned", named.target);
  named.request.scan.catalogers = named.catalogers;
  named.request.scan.reading = call.now_reading;
  VIGIL_TRY(const Scanned scanned, target->scan(named.request));
  return scanned_document(scanned);
}

}  // namespace

const Job& job() {
  static const Job kJob = {"scan", run};
  return kJob;
}

}  // namespace vigil::source::scan
