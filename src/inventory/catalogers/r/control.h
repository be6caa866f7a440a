// Debian's control format as R writes it (DCF): "Field: value", indented lines go on with the value,
// an empty line ends the record. Reference: R's read.dcf.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::inventory::r {

struct Record {
  std::map<std::string, std::string, std::less<>> fields;
  std::uint32_t line = 0;  ///< its first

  /// The field's value; empty if there is none.
  [[nodiscard]] std::string_view operator[](std::string_view field) const;
};

/// Values are no longer than 64 KiB; the rest is left out.
std::vector<Record> parse_control(std::string_view text);

/// The names of a list of requirements: "R (>= 3.5.0), rlang (>= 1.0)" -> rlang. Without R itself.
std::vector<std::string_view> required_names(std::string_view list);

}  // namespace vigil::inventory::r
