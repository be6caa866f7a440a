// What a Python project asks for, as PEP 508 writes it: "requests[socks]>=2,==2.31.0; os_name == 'nt'".
#pragma once

#include <optional>
#include <string_view>

namespace vigil::inventory {

struct PythonRequirement {
  std::string_view name;
  /// Of "==2.31.0", "===2.31.0" and "~=2.31.0" (which asks for at least this one); empty if several
  /// versions would do.
  std::string_view version;
  std::string_view url;     ///< behind "@"
  std::string_view marker;  ///< behind ";"
};

/// Nothing if it does not begin with a name. What is behind the name is read tolerantly.
std::optional<PythonRequirement> parse_python_requirement(std::string_view text);

}  // namespace vigil::inventory
