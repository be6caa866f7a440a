// Circumstances × intelligence → assessments, and a memory of the last ones: most resources of an
// estate are like many others, and most of what a scan finds was found before.
//
// Two memories, both bounded. By profile: the same circumstances under the same intelligence. By
// match: the same vulnerability in the same packages under the same facts, which is what profiles that
// differ in some packages still share. Both belong to one snapshot and one policy by their keys.
// Thread-safe; work is done outside of locks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "estate/generation_cache.h"
#include "estate/profile.h"
#include "findings/assessment.h"
#include "intel/snapshot.h"
#include "match/match.h"
#include "score/policy.h"

namespace vigil::estate {

/// Ascending by the vulnerability's key, each once.
using Assessments = std::vector<std::shared_ptr<const findings::Assessed>>;

/// The one about this vulnerability, or null.
const findings::Assessed* find_assessed(const Assessments& assessments,
                                        std::uint64_t vulnerability);

class Assessor {
 public:
  struct Limits {
    std::size_t assessment_bytes = std::size_t{96} << 20;
    std::size_t profile_entries = 400'000;  ///< assessments counted once per profile
  };
  explicit Assessor(Limits limits);
  Assessor() : Assessor(Limits{}) {}

  /// All assessments of a profile.
  Result<std::shared_ptr<const Assessments>> of_profile(std::uint64_t profile,
                                                        const Circumstances& circumstances,
                                                        const intel::Snapshot& snapshot,
                                                        const score::Policy& policy);
  /// The assessments of the vulnerabilities that are `wanted`, by their index in the snapshot.
  Result<Assessments> of_some(const Circumstances& circumstances, const intel::Snapshot& snapshot,
                              const score::Policy& policy,
                              const std::function<bool(std::uint32_t)>& wanted);

  /// Gives back what was not needed since it was called last, so that an idle server needs nothing.
  void age();

 private:
  struct HashOfHash {
    std::size_t operator()(const base::Hash128& hash) const { return hash.low; }
  };
  Result<Assessments> assess(const Circumstances& circumstances, match::Matches matches,
                             const intel::Snapshot& snapshot, const score::Policy& policy);

  GenerationCache<base::Hash128, std::shared_ptr<const findings::Assessed>, HashOfHash> by_match_;
  GenerationCache<base::Hash128, std::shared_ptr<const Assessments>, HashOfHash> by_profile_;
};

}  // namespace vigil::estate
