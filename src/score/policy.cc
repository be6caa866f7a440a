#include "score/policy.h"

#include <cstdio>
#include <cstdlib>

#include "base/file.h"

namespace vigil::score {
namespace {

template <typename Enum>
bool admits(Admitted admitted, Enum value) {
  return ((admitted >> static_cast<unsigned>(value)) & 1U) != 0;
}

}  // namespace

bool holds(const Condition& condition, const Facts& facts) {
  const Context& context = facts.context;
  if (!admits(condition.exposure, context.exposure) || !admits(condition.in_use, context.in_use) ||
      !admits(condition.exploit, facts.exploit) ||
      !admits(condition.reaches_secrets, context.reaches_secrets) ||
      !admits(condition.can_write, context.can_write) ||
      !admits(condition.resource, context.resource)) {
    return false;
  }
  if (condition.epss_at_least && !(facts.epss && *facts.epss >= *condition.epss_at_least)) {
    return false;
  }
  for (const Condition& one : condition.any) {
    if (holds(one, facts)) return true;
  }
  return condition.any.empty();
}

Result<Policy> load_policy(const std::string& path) {
  constexpr std::uint64_t kLimit = 1U << 20;
  VIGIL_TRY(const std::string text, base::read_file(path, kLimit));
  return parse_policy(text, path);
}

const Policy& default_policy() {
  static const Policy kPolicy = [] {
    Result<Policy> policy = parse_policy(default_policy_text(), "the built-in policy");
    if (!policy) {
      // A test holds it valid; a program without a policy must not score.
      std::fputs(("vigil: " + policy.error().text() + "\n").c_str(), stderr);
      std::abort();
    }
    return *std::move(policy);
  }();
  return kPolicy;
}

}  // namespace vigil::score
