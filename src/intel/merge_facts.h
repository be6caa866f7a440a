// Several sources' facts about one vulnerability become one record.
#pragma once

#include <string_view>
#include <vector>

#include "model/vulnerability.h"

namespace vigil::intel {

/// What one source says, as it came.
struct SourceFacts {
  std::string_view feed;
  model::Vulnerability details;
  /// False for an advisory that covers others as well: its texts and scores are about the bundle,
  /// so only its id and its references are taken.
  bool is_the_vulnerability = true;
};

/// Title, description, dates: from the best source that has them (NVD, CVE record, OSV, others).
/// CVSS vectors: one per source and version. Everything else: united, each once, in that order.
/// `id` becomes the record's id; the facts' own ids become aliases or advisories.
model::Vulnerability merge_facts(std::string_view id, std::vector<SourceFacts> facts);

}  // namespace vigil::intel
