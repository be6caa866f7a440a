#include "deliver/finding_json.h"

#include "findings/document.h"

namespace vigil::deliver {

void write_finding(base::JsonWriter& json, const findings::Resource& resource,
                   const findings::Finding& finding) {
  json.laid_out(findings::finding_document(finding, resource));
}

}  // namespace vigil::deliver
