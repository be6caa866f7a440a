#include "score/facts.h"

#include <array>

namespace vigil::score {
namespace {

constexpr std::array<std::string_view, 4> kExposures = {"unknown", "internet", "inside", "none"};
constexpr std::array<std::string_view, 3> kFacts = {"unknown", "yes", "no"};
constexpr std::array<std::string_view, 3> kResourceKinds = {"host", "image", "function"};
constexpr std::array<std::string_view, 4> kMaturities = {"none", "poc", "public", "kev"};

template <typename Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

ExploitMaturity exploit_maturity(const model::Vulnerability& vulnerability) {
  if (vulnerability.known_exploited) return ExploitMaturity::KnownExploited;
  if (!vulnerability.exploits.empty() || vulnerability.ssvc_exploitation == "active") {
    return ExploitMaturity::Public;
  }
  if (vulnerability.ssvc_exploitation == "poc") return ExploitMaturity::ProofOfConcept;
  return ExploitMaturity::None;
}

std::optional<Exposure> parse_exposure(std::string_view word) {
  return find<Exposure>(kExposures, word);
}
std::string_view exposure_name(Exposure exposure) {
  return kExposures[static_cast<std::size_t>(exposure)];
}
std::optional<Fact> parse_fact(std::string_view word) {
  return find<Fact>(kFacts, word);
}
std::string_view fact_name(Fact fact) {
  return kFacts[static_cast<std::size_t>(fact)];
}
std::optional<ResourceKind> parse_resource_kind(std::string_view word) {
  return find<ResourceKind>(kResourceKinds, word);
}
std::optional<ExploitMaturity> parse_exploit_maturity(std::string_view word) {
  return find<ExploitMaturity>(kMaturities, word);
}
std::string_view exploit_maturity_name(ExploitMaturity maturity) {
  return kMaturities[static_cast<std::size_t>(maturity)];
}

}  // namespace vigil::score
