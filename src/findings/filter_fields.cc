#include "findings/filter_fields.h"

#include <algorithm>

#include "findings/filter_table.h"

namespace vigil::findings {

std::span<const FilterField> filter_fields() {
  return fields::kFields;
}

std::optional<std::uint16_t> filter_field(std::string_view name) {
  const auto* const found = std::ranges::find(fields::kFields, name, &FilterField::name);
  if (found == fields::kFields.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - fields::kFields.begin());
}

}  // namespace vigil::findings
