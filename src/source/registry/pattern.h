// Which repositories and tags are meant: "team/*", "!*-debug".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigil::source::registry {

/// Patterns of names. '*' stands for any characters, '/' among them (as in Amazon's filters of
/// repositories), '?' for one; '!' in front of a pattern takes out what it fits. The order does not
/// matter. No pattern that takes in: everything is meant.
class Patterns {
 public:
  Patterns() = default;
  /// Between blanks, commas or newlines. Invalid for characters that no name has.
  static Result<Patterns> parse(std::string_view text);

  [[nodiscard]] bool match(std::string_view name) const;
  /// The names, if the patterns that take in are all plain: nothing has to be listed then. Empty if
  /// there is any with '*' or '?', or none at all.
  [[nodiscard]] std::vector<std::string> plain_names() const;

 private:
  std::vector<std::string> in_;
  std::vector<std::string> out_;
};

/// In time of at most the product of both lengths.
bool fits_pattern(std::string_view pattern, std::string_view name);

}  // namespace vigil::source::registry
