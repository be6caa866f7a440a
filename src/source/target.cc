#include "source/target.h"

#include "source/job.h"
#include "source/scanned_document.h"

namespace vigil::source {
namespace {

/// A file that kills its reader is passed over, and the rest read; a tree full of such files is not
/// worth more.
constexpr int kMostCrashes = 8;

}  // namespace

const Target* find_target(std::string_view name) {
  for (const Target* target : all_targets()) {
    if (target->name == name) return target;
  }
  return nullptr;
}

Result<Scanned> scan_target(const Target& target, const Request& request) {
  JobOptions options;
  if (target.reads != nullptr) options.readable = target.reads(request);
  if (options.readable.empty() || !is_isolated()) return target.scan(request);
  Request again = request;
  for (int crashes = 0;; ++crashes) {
    const auto answer = run_job("scan", request_document(target.name, again), {}, options);
    if (answer) return parse_scanned(*answer);
    const Error& error = answer.error();
    const bool can_go_on = error.code == ErrorCode::Crashed && !error.where.empty() &&
                           crashes < kMostCrashes &&
                           again.scan.passed_over.insert(error.where).second;
    if (!can_go_on) return fail(error);
  }
}

}  // namespace vigil::source
