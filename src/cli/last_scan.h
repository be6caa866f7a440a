// The last scan, kept so that `vigil explain` can say how a score came about.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "findings/report.h"

namespace vigil::cli {

/// One finding of it, as far as an explanation needs.
struct ExplainedFinding {
  std::string id;
  std::vector<std::string> aliases;
  std::string title;
  std::string description;
  std::string severity;
  score::Score score;
  struct Package {
    std::string name;
    std::string version;
    std::string fixed_version;
    std::string state;
    std::string note;
    std::string feed;
    std::string in_use;  ///< "yes", "no", "unknown"
    std::string remediation;
  };
  std::vector<Package> packages;
  struct Rating {
    std::string source;
    std::string version;
    std::string vector;
    double score = 0;
  };
  std::vector<Rating> ratings;
  std::string vendor_severity;
  std::string epss;  ///< "0.12345 (94th percentile, 2026-08-15)"
  std::string kev;   ///< "added 2021-12-10, due 2021-12-24, used by ransomware"
  std::string kev_action;
  std::vector<std::string> exploits;
  std::vector<std::string> references;
};

struct LastScan {
  std::string resource;
  std::string intelligence;
  std::string exposure;
  std::int64_t time = 0;
  std::vector<ExplainedFinding> findings;  ///< those asked for
};

/// The report as a document.
std::string last_scan_document(const findings::Report& report, std::string_view exposure);
/// Reads a document, with the findings that have this id or alias, in any case.
Result<LastScan> read_last_scan(const std::string& path, std::string_view id);

}  // namespace vigil::cli
