// Events as Vigil's own interface writes them.
#pragma once

#include <string_view>

#include "base/json_writer.h"
#include "server/route.h"
#include "store/outbox.h"

namespace vigil::server {

/// "FINDING_OPENED", "COVERAGE_CHANGED"
std::string_view event_kind_name(store::EventKind kind);

/// Members sequence, kind, time; of a finding's event findingArn, status, severity; detail where there
/// is one. Into the object that is open.
void write_event_members(base::JsonWriter& json, const Identity& caller, const store::Event& event);

}  // namespace vigil::server
