// CVSS vectors: what is read is written in a form that reads back as the same, and every score is a
// number of tenths from 0 to 10.
#include "model/cvss.h"

#include <cmath>
#include <cstdlib>

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void require_score(double score) {
  require(score >= 0 && score <= 10 && std::abs(score * 10 - std::round(score * 10)) < 1e-9);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto cvss = vigil::model::parse_cvss({reinterpret_cast<const char*>(data), size});
  if (!cvss) {
    require(!cvss.error().what.empty());
    return 0;
  }
  const auto again = vigil::model::parse_cvss(cvss->text());
  require(again.has_value() && *again == *cvss && again->text() == cvss->text());
  const vigil::model::CvssScores scores = cvss->scores();
  require_score(scores.base);
  require_score(scores.overall);
  require_score(scores.temporal.value_or(0));
  require_score(scores.environmental.value_or(0));
  require(scores.base == cvss->base_only().scores().overall);
  return 0;
}
