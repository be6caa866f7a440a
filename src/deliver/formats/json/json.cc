// JSON: an array of Finding objects as Amazon Inspector's ListFindings answers them, so that what
// reads Inspector's findings reads Vigil's.
//
// Reference: the Inspector2 API's Finding data type. Nothing but the model's members is written;
// what a vendor says is not affected and what was ignored is not part of it.

#include "base/json_writer.h"
#include "deliver/finding_json.h"
#include "deliver/format.h"

namespace vigil::deliver::json {
namespace {

std::string write(const findings::Report& report) {
  base::JsonWriter json(2);
  json.begin_array();
  for (const findings::Finding& finding : report.findings)
    write_finding(json, report.resource, finding);
  json.end_array();
  return json.take() + "\n";
}

}  // namespace

const Format& format() {
  static const Format kFormat{"json", "Inspector findings", write};
  return kFormat;
}

}  // namespace vigil::deliver::json
