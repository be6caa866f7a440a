// The parts that a CycloneDX bill of materials and a CycloneDX report share: metadata, components,
// dependencies. Reference: cyclonedx.org/docs/1.5/json.
#pragma once

#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "deliver/bill.h"

namespace vigil::deliver {

/// Unique in a document though one purl may be installed twice.
std::string component_reference(const model::Package& package);

/// "bomFormat" and "specVersion", the serial number by `identifying`.
void write_cyclonedx_head(base::JsonWriter& json, std::string_view identifying);
/// `intelligence` is left out if it is empty.
void write_cyclonedx_metadata(base::JsonWriter& json, const BillSubject& subject,
                              std::string_view intelligence);
/// The operating system, then every package once.
void write_cyclonedx_components(base::JsonWriter& json, const BillSubject& subject);
/// Who requires whom, as far as parents are known.
void write_cyclonedx_dependencies(base::JsonWriter& json, const BillSubject& subject);

}  // namespace vigil::deliver
