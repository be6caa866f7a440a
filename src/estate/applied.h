// Which intelligence the stored findings follow: settings of the store that ingest and refresh agree
// by. Both name a state: the snapshot's stamp, the policy and the version of this program, because
// each of them decides what is found.
#pragma once

#include <string>
#include <string_view>

#include "intel/snapshot.h"
#include "score/policy.h"

namespace vigil::estate {

/// What all findings follow. Absent or empty: they have to be looked at again, all of them.
inline constexpr std::string_view kAppliedSetting = "intelligence.applied";
/// What findings are being made to follow: nothing older may be written any more.
inline constexpr std::string_view kTargetSetting = "intelligence.target";
/// How far a refresh of all profiles to the target has come: account and profile.
inline constexpr std::string_view kPositionSetting = "intelligence.position";

/// "2026-11-23T05:00:00Z-0123456789abcdef 0.1.0 default"
std::string state_of(const intel::Snapshot& intelligence, const score::Policy& policy);

}  // namespace vigil::estate
