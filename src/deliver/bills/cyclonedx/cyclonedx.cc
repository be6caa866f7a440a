// CycloneDX 1.5 JSON: what is there, without what is known against it.
//
// Reference: cyclonedx.org/docs/1.5/json. inventory/sbom reads it back as the same packages.

#include "deliver/cyclonedx_components.h"

namespace vigil::deliver::cyclonedx {
namespace {

std::string write(const BillSubject& subject) {
  base::JsonWriter json(2);
  json.begin_object();
  write_cyclonedx_head(json, "bill\n" + subject.resource.id + "\n" + std::to_string(subject.time));
  write_cyclonedx_metadata(json, subject, {});
  write_cyclonedx_components(json, subject);
  write_cyclonedx_dependencies(json, subject);
  json.end_object();
  return json.take() + "\n";
}

}  // namespace

const Bill& bill() {
  static const Bill kBill = {"cyclonedx", "CycloneDX 1.5 (JSON)", write};
  return kBill;
}

}  // namespace vigil::deliver::cyclonedx
