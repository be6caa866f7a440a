// Names of software in the Common Platform Enumeration, "cpe:2.3:a:openssl:openssl:3.0.2:*:*:...":
// formatted strings of NIST IR 7695, section 6.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vigil::model {

struct Cpe {
  char part = 'a';  ///< 'a' application, 'o' operating system, 'h' hardware
  std::string vendor;
  std::string product;
  /// "*" is any, "-" none.
  std::string version;
  std::string update;
  std::string target_software;  ///< what it runs on: "windows", "wordpress", "*"

  /// "openssl:openssl": the product whatever its version.
  [[nodiscard]] std::string product_name() const { return vendor + ":" + product; }
  /// Version and update as one, "9.2" and "p1" as "9.2p1"; empty if the version is any or none.
  [[nodiscard]] std::string whole_version() const;
};

/// Nothing if the text is no formatted string. Quoting (`\+`) is undone, letters become lower case.
std::optional<Cpe> parse_cpe(std::string_view text);

}  // namespace vigil::model
