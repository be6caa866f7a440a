// What the prefix of an OSV id says: which database it comes from, and whether that database
// describes vulnerabilities or a distribution's updates.
#pragma once

#include <string>
#include <string_view>

#include "model/vulnerability.h"

namespace vigil::intel::osv {

struct Database {
  std::string_view prefix;  ///< with the dash: "GHSA-"
  /// Inspector's name where it has one (GITHUB, DEBIAN_CVE, ...), else the database's own name.
  std::string_view source;
  model::CvssOrigin origin = model::CvssOrigin::Unknown;
  /// Its records are advisories of a distribution: they speak of vulnerabilities without being
  /// them.
  bool advisories = false;
};

/// By the longest known prefix (https://ossf.github.io/osv-schema/#id-modified-fields); "OSV" for
/// the others.
const Database& database_of(std::string_view id);

/// The CVE inside "DEBIAN-CVE-2024-1234" and its like; empty if there is none.
std::string_view wrapped_cve(std::string_view id);

/// Where people read about the record.
std::string url_of(std::string_view id);

}  // namespace vigil::intel::osv
