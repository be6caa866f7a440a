// What a source says about one package and one vulnerability in one release.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigil::model {

enum class FixState : std::uint8_t {
  Fixed,               ///< a fixed version is available
  Affected,            ///< affected, no fix yet
  WillNotFix,          ///< the vendor will not fix it in this release
  Deferred,            ///< the vendor put the fix off (Debian no-dsa, postponed)
  EndOfLife,           ///< the release or package is out of support
  UnderInvestigation,  ///< nobody knows yet: never reported
  NotAffected,         ///< the vendor says it is not affected: suppresses other sources' statements
};

/// "fixed", "affected", "will-not-fix", "deferred", "end-of-life", "under-investigation",
/// "not-affected"
std::string_view fix_state_name(FixState state);
std::optional<FixState> parse_fix_state(std::string_view name);

}  // namespace vigil::model
