#include "score/explain.h"

namespace vigil::score {

std::string value_before(const model::Cvss& cvss, std::string_view metric) {
  const bool modifies_base = metric.size() > 1 && metric.front() == 'M' && !cvss.defines(metric);
  return std::string(modifies_base ? cvss.get(metric.substr(1)) : cvss.get(metric));
}

Result<Explanation> explain(std::string_view adjusted_vector, std::span<const Told> changes,
                            double score) {
  VIGIL_TRY(const model::Cvss adjusted, model::parse_cvss(adjusted_vector));
  model::Cvss now = adjusted.base_only();
  Explanation out{.base = now, .base_score = now.scores().base, .steps = {}};
  for (const Told& change : changes) {
    Step step{.metric = change.metric, .from = {}, .to = {}, .reason = change.reason};
    if (change.metric == kFloorMetric) {
      step.after = score;
    } else {
      step.from = value_before(now, change.metric);
      step.to = adjusted.get(change.metric);
      VIGIL_CHECK(now.set(change.metric, step.to));
      step.after = now.scores().overall;
    }
    out.steps.push_back(std::move(step));
  }
  return out;
}

}  // namespace vigil::score
