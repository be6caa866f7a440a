// CycloneDX as XML: the same document as its JSON, which is what becomes of it.
//
// Reference: cyclonedx.org/docs/1.6/xml. The version stands in the namespace
// ("http://cyclonedx.org/schema/bom/1.5"); lists have an element around them; a component's type and
// bom-ref, and a property's name, are attributes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory {

/// The parts that the JSON reader asks for, as a JSON document. `Unsupported` if it is other XML.
Result<std::string> cyclonedx_json_of_xml(std::string_view document);

}  // namespace vigil::inventory
