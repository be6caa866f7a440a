// The CSV of a findings report: the 52 columns of Amazon Inspector's, one row a finding, from the API's
// Finding object.
//
// RFC 4180 for the syntax. A cell that begins with = + - @ or a tab is a formula to a spreadsheet
// (CWE-1236; OWASP, "CSV Injection"), and texts of vendors and of whoever names a machine are not ours:
// such a cell gets a quote mark (') in front. Control characters, a carriage return among them, become
// blanks; line feeds stay, within quotes.
#pragma once

#include <cstdint>
#include <string>

#include "base/json_tree.h"

namespace vigil::deliver {

/// The line of the columns' names.
std::string findings_csv_head();

/// The row of a Finding object. `now` is what its age is counted to.
std::string findings_csv_row(const base::Json& finding, std::int64_t now);

}  // namespace vigil::deliver
