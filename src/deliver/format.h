// A format a report is written in, one directory each: `deliver/formats/<name>/<name>.cc` defines
//   namespace vigil::deliver::<name> { const Format& format(); }
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/report.h"

namespace vigil::deliver {

struct Format {
  std::string_view name;   ///< as --format takes it
  std::string_view title;  ///< "Inspector findings (JSON)"
  /// The whole document, ending in a newline. Deterministic for the same report.
  std::string (*write)(const findings::Report& report);
};

/// Every format, ordered by name.
std::span<const Format* const> all_formats();
const Format* find_format(std::string_view name);

}  // namespace vigil::deliver
