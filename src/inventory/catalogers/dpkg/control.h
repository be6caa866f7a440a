// Debian control data (deb822(5)): stanzas of "Name: value" lines, separated by empty lines, values
// going on in lines that begin with a blank.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace vigil::inventory::dpkg {

struct Field {
  std::string_view name;   ///< as written; names are compared without regard to case
  std::string_view value;  ///< without blanks around it; holds the further lines with their ends
};

struct Stanza {
  std::uint32_t line = 0;  ///< where it begins, from 1
  std::vector<Field> fields;
  std::string_view malformed;  ///< the first line that is neither field nor continuation; or empty

  /// The value of the last field of that name, or an empty text.
  [[nodiscard]] std::string_view get(std::string_view name) const;
};

/// Stanzas of a text that must outlive the reader and the stanzas. CRLF ends lines too; comment
/// lines
/// ('#') are passed over. Time is linear in the text.
class ControlReader {
 public:
  explicit ControlReader(std::string_view text) : rest_(text) {}
  /// Nothing at the end.
  std::optional<Stanza> next();

 private:
  std::string_view rest_;
  std::uint32_t line_ = 0;
};

}  // namespace vigil::inventory::dpkg
