// Scoring policies: whatever a policy says, a score is a number from 0 to 10 in the band it names,
// and a vector that the policy changed is a valid one.
#include <cstdlib>

#include "score/score.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using vigil::score::Exposure;
  const auto policy =
      vigil::score::parse_policy({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!policy) {
    require(policy.error().where.starts_with("fuzz"));
    return 0;
  }
  for (const char* vector : {"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                             "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                             "AV:N/AC:L/Au:N/C:P/I:P/A:P"}) {
    for (const Exposure exposure : {Exposure::Unknown, Exposure::Internet, Exposure::None}) {
      vigil::score::Facts facts;
      facts.context.exposure = exposure;
      facts.epss = 0.9;
      const auto score = vigil::score::score_vector(*policy, vector, facts);
      require(score.has_value() && *score->score >= 0 && *score->score <= 10);
      require(vigil::model::severity_of_score(*score->score) == score->severity);
      require(vigil::model::parse_cvss(score->adjusted_vector).has_value());
    }
  }
  return 0;
}
