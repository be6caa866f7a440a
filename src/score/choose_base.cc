#include <algorithm>

#include "model/ecosystem.h"
#include "score/score.h"

namespace vigil::score {
namespace {

bool is_vendor_of(const Policy& policy, const model::CvssRating& rating, std::string_view family) {
  const auto found = policy.vendors.find(family);
  if (found == policy.vendors.end()) return false;
  return std::find(found->second.begin(), found->second.end(), rating.source) !=
         found->second.end();
}

BaseSource source_of(const Policy& policy, const model::CvssRating& rating,
                     std::string_view family) {
  if (is_vendor_of(policy, rating, family)) return BaseSource::Vendor;
  switch (rating.origin) {
    case model::CvssOrigin::Nvd:
      return BaseSource::Nvd;
    case model::CvssOrigin::Cna:
      return BaseSource::Cna;
    case model::CvssOrigin::CisaAdp:
      return BaseSource::Cisa;
    case model::CvssOrigin::Vendor:  // of another distribution
    case model::CvssOrigin::Unknown:
      break;
  }
  return BaseSource::Other;
}

}  // namespace

const model::CvssRating* choose_base(const Policy& policy,
                                     const model::Vulnerability& vulnerability,
                                     std::string_view ecosystem) {
  const std::string_view family = model::split_ecosystem(ecosystem).family;
  struct Candidate {
    const model::CvssRating* rating;
    model::CvssVersion version;
    BaseSource source;
  };
  std::vector<Candidate> candidates;
  for (const model::CvssRating& rating : vulnerability.cvss) {
    const Result<model::Cvss> cvss = model::parse_cvss(rating.vector);
    if (cvss) {
      candidates.push_back({&rating, cvss->version(), source_of(policy, rating, family)});
    }
  }
  for (const std::vector<model::CvssVersion>& group : policy.base_versions) {
    for (const BaseSource source : policy.base_sources) {
      for (const model::CvssVersion version : group) {
        for (const Candidate& candidate : candidates) {
          if (candidate.version == version && candidate.source == source) return candidate.rating;
        }
      }
    }
  }
  return nullptr;
}

}  // namespace vigil::score
