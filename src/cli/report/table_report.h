// The report people read in a terminal.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "findings/clean_version.h"
#include "findings/report.h"

namespace vigil::cli {

struct TableOptions {
  bool all = false;  ///< every finding, not only the worst
  bool show_suppressed = false;
  findings::CleanVersion clean;  ///< of upgrades
};

/// Header, counts, what to upgrade first, the worst findings, what was not assessed and why.
std::string table_report(const findings::Report& report, const Terminal& terminal,
                         const TableOptions& options);

}  // namespace vigil::cli
