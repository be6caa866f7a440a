#include "model/fix_state.h"

#include <array>

namespace vigil::model {
namespace {

constexpr std::array<std::string_view, 7> kNames = {
    "fixed",       "affected", "will-not-fix", "deferred", "end-of-life", "under-investigation",
    "not-affected"};

}  // namespace

std::string_view fix_state_name(FixState state) {
  return kNames[static_cast<std::size_t>(state)];
}

std::optional<FixState> parse_fix_state(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<FixState>(i);
  }
  return std::nullopt;
}

}  // namespace vigil::model
