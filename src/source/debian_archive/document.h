// The JSON document that this host's package archive becomes: docs/formats/debian-archive.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "source/debian_archive/candidates.h"
#include "source/debian_archive/unfixed.h"

namespace vigil::source::debian_archive {

struct ReadCandidate {
  Candidate candidate;
  Fixes fixes;
  std::string unread;  ///< why its changelog could not be read; empty: `fixes` holds what it says
};

struct Document {
  std::string ecosystem;              ///< "Debian:12"
  std::int64_t date = 0;              ///< of the archive
  std::vector<std::string> archives;  ///< addresses as the host's sources give them
  std::vector<ReadCandidate> packages;
};

/// Equal documents give equal bytes: an archive that has not changed is not read again.
std::string document_text(const Document& document);

}  // namespace vigil::source::debian_archive
