// The patterns of Inspector2's service model that requests are checked against: the text that an
// error names, and a function that decides, because the texts use look-ahead and are few.
#pragma once

#include <span>
#include <string_view>

namespace vigil::api {

struct Pattern {
  std::string_view name;  ///< as the notation of api/shape.h calls it: "account"
  std::string_view text;  ///< as the service model writes it; the whole value has to match
  bool (*matches)(std::string_view value);
};

std::span<const Pattern> patterns();
/// Null if there is no such pattern.
const Pattern* find_pattern(std::string_view name);

}  // namespace vigil::api
