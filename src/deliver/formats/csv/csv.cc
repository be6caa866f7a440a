// CSV: the 52 columns of Amazon Inspector's findings report, one row a finding.
//
// Reference: the columns of CreateFindingsReport's CSV; RFC 4180 for the syntax.
// Traps: a cell may be a formula to a spreadsheet (deliver/findings_csv.h tells what is done about it);
// texts are cut as the API cuts them, because the row is made from the API's document.

#include "base/json_tree.h"
#include "deliver/findings_csv.h"
#include "deliver/format.h"
#include "findings/document.h"

namespace vigil::deliver::csv {
namespace {

std::string write(const findings::Report& report) {
  std::string out = findings_csv_head();
  base::JsonParser parser;
  for (const findings::Finding& finding : report.findings) {
    const auto document = parser.parse(findings::finding_document(finding, report.resource));
    if (document) out += findings_csv_row(*document, report.time);
  }
  return out;
}

}  // namespace

const Format& format() {
  static const Format kFormat{"csv", "Inspector findings report", write};
  return kFormat;
}

}  // namespace vigil::deliver::csv
