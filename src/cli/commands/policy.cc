// `vigil policy`: the scoring policy as data.
#include "score/policy.h"

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/output.h"

namespace vigil::cli {

int policy_show() {
  print(score::default_policy_text());
  return kSuccess;
}

int policy_check(const PolicyOptions& options) {
  const auto policy = score::load_policy(options.file);
  if (!policy) return report_error(policy.error());
  print(fmt::format("{}: {} rules, {} floors, {} tests passed\n", options.file,
                    policy->rules.size(), policy->floors.size(), policy->tests.size()));
  return kSuccess;
}

}  // namespace vigil::cli
