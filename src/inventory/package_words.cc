#include "inventory/package_words.h"

#include <algorithm>
#include <iterator>

namespace vigil::inventory {
namespace {

// In the order of the enumerations' values.
constexpr std::string_view kEvidences[] = {"installed", "binary", "locked", "declared"};
constexpr std::string_view kRelations[] = {"unknown", "direct", "transitive"};

template <typename Enumeration, std::size_t Count>
std::optional<Enumeration> find(std::string_view word, const std::string_view (&words)[Count]) {
  const auto* const found = std::find(std::begin(words), std::end(words), word);
  if (found == std::end(words)) return std::nullopt;
  return static_cast<Enumeration>(found - std::begin(words));
}

}  // namespace

std::string_view evidence_name(model::Evidence evidence) {
  return kEvidences[static_cast<std::size_t>(evidence)];
}

std::optional<model::Evidence> parse_evidence(std::string_view word) {
  return find<model::Evidence>(word, kEvidences);
}

std::string_view relation_name(model::Relation relation) {
  return kRelations[static_cast<std::size_t>(relation)];
}

std::optional<model::Relation> parse_relation(std::string_view word) {
  return find<model::Relation>(word, kRelations);
}

}  // namespace vigil::inventory
