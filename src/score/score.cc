#include "score/score.h"

#include <algorithm>

#include "model/ecosystem.h"
#include "score/explain.h"

namespace vigil::score {
namespace {

bool matches_base(const model::Cvss& base, const std::vector<MetricValues>& demands) {
  return std::all_of(demands.begin(), demands.end(), [&base](const MetricValues& demand) {
    const std::string_view value = base.get(demand.metric);
    return std::find(demand.values.begin(), demand.values.end(), value) != demand.values.end();
  });
}

void apply_rules(const Policy& policy, const Facts& facts, const model::Cvss& base,
                 model::Cvss& adjusted, Score& out) {
  for (const Rule& rule : policy.rules) {
    if (!holds(rule.when, facts) || !matches_base(base, rule.if_base)) continue;
    const bool is_v4 = base.version() == model::CvssVersion::V40;
    for (const auto& [metric, value] : is_v4 ? rule.set_v4 : rule.set) {
      // The first rule that speaks about a metric decides it.
      if (adjusted.defines(metric)) continue;
      const std::string before = value_before(adjusted, metric);
      if (before == value || !adjusted.set(metric, value)) continue;
      out.adjustments.push_back({metric, before, value, rule.reason});
    }
  }
}

void apply_floors(const Policy& policy, const Facts& facts, Score& out) {
  for (const Floor& floor : policy.floors) {
    if (!holds(floor.when, facts) || *out.score >= floor.score) continue;
    out.score = floor.score;
    out.floor = AppliedFloor{floor.score, floor.reason};
  }
}

Score score_cvss(const Policy& policy, const model::Cvss& published, const Facts& facts) {
  Score out;
  const model::Cvss base = published.base_only();
  model::Cvss adjusted = base;
  out.base_score = base.scores().base;
  out.base_version = std::string(model::cvss_version_name(base.version()));
  // 2.0 has no modified metrics: its base score stands.
  if (base.version() != model::CvssVersion::V20) {
    apply_rules(policy, facts, base, adjusted, out);
  }
  out.adjusted_vector = adjusted.text();
  out.score = adjusted.scores().overall;
  apply_floors(policy, facts, out);
  out.severity = model::severity_of_score(*out.score);
  out.severity_source = "CVSS";
  return out;
}

/// The band by words: the advisory's for this package, then the distribution's, then anybody's.
Score score_words(const Policy& policy, const model::Vulnerability& vulnerability,
                  const Context& context) {
  Score out;
  const auto decide = [&out](std::string_view word, const std::string& source) {
    const model::Severity severity = model::severity_of_word(word);
    if (severity == model::Severity::Untriaged) return false;
    out.severity = severity;
    out.severity_source = "vendor";
    out.base_source = source;
    return true;
  };
  const auto vendor = policy.vendors.find(model::split_ecosystem(context.ecosystem).family);
  const bool has_vendor = vendor != policy.vendors.end() && !vendor->second.empty();
  if (decide(context.vendor_word, has_vendor ? vendor->second.front() : std::string())) return out;
  if (has_vendor) {
    for (const std::string& name : vendor->second) {
      for (const model::VendorSeverity& said : vulnerability.vendor_severities) {
        if (said.source == name && decide(said.word, said.source)) return out;
      }
    }
  }
  for (const model::VendorSeverity& said : vulnerability.vendor_severities) {
    if (decide(said.word, said.source)) return out;
  }
  return out;
}

}  // namespace

Score score(const Policy& policy, const model::Vulnerability& vulnerability,
            const Context& context) {
  const model::CvssRating* rating = choose_base(policy, vulnerability, context.ecosystem);
  if (rating == nullptr) return score_words(policy, vulnerability, context);
  Facts facts{context, exploit_maturity(vulnerability), std::nullopt};
  if (vulnerability.epss) facts.epss = vulnerability.epss->score;
  // choose_base gives valid vectors only.
  Result<Score> result = score_vector(policy, rating->vector, facts);
  if (!result) return score_words(policy, vulnerability, context);
  result->base_source = rating->source;
  return *std::move(result);
}

Result<Score> score_vector(const Policy& policy, std::string_view vector, const Facts& facts) {
  VIGIL_TRY(const model::Cvss cvss, model::parse_cvss(vector));
  Score out = score_cvss(policy, cvss, facts);
  out.base_vector = std::string(vector);
  return out;
}

}  // namespace vigil::score
