// A number in a request's query.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "server/route.h"

namespace vigil::server {

/// `otherwise` where it is not given; nothing if it is no number.
inline std::optional<std::uint64_t> number_in(const RouteCall& call, std::string_view name,
                                              std::uint64_t otherwise) {
  const auto given = call.query.find(name);
  return given == call.query.end() ? otherwise : base::parse_unsigned(given->second);
}

/// The same within 1 and `most`.
inline std::optional<std::uint64_t> limit_in(const RouteCall& call, std::uint64_t otherwise,
                                             std::uint64_t most) {
  const auto limit = number_in(call, "limit", otherwise);
  return limit && *limit >= 1 && *limit <= most ? limit : std::nullopt;
}

}  // namespace vigil::server
