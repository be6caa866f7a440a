// The words for what a package's presence rests on, and how it is related, in documents.
#pragma once

#include <optional>
#include <string_view>

#include "model/package.h"

namespace vigil::inventory {

/// "installed", "binary", "locked", "declared".
std::string_view evidence_name(model::Evidence evidence);
std::optional<model::Evidence> parse_evidence(std::string_view word);

/// "unknown", "direct", "transitive".
std::string_view relation_name(model::Relation relation);
std::optional<model::Relation> parse_relation(std::string_view word);

}  // namespace vigil::inventory
