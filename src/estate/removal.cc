#include "estate/removal.h"

#include <array>

#include "estate/events.h"
#include "findings/identity.h"
#include "findings/reconcile.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/outbox.h"

namespace vigil::estate {
namespace {

constexpr std::string_view kInactive = "INACTIVE";
constexpr std::string_view kTerminated = "RESOURCE_TERMINATED";

/// Nothing is found on a resource that is gone, so no rule is ever asked.
std::uint64_t no_rule(const findings::Seen& /*seen*/, const findings::FindingState& /*state*/) {
  return 0;
}

}  // namespace

Result<void> remove_resource(Estate& estate, std::string_view account,
                             std::string_view resource_id) {
  VIGIL_TRY(const std::int64_t number, store::account_number(account));
  const std::uint64_t id = findings::resource_key(account, resource_id);
  const std::int64_t now = estate.now();
  return estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const auto row, store::find_resource(to, number, id));
    if (!row) {
      return fail("there is no resource " + std::string(resource_id), {}, {}, ErrorCode::NotFound);
    }
    if (row->removed != 0) return ok();
    VIGIL_TRY(const auto known, store::findings_of(to, number, id));
    const findings::Situation situation{.now = now,
                                        .observed = row->last_scanned,
                                        .presence = findings::Presence::Gone,
                                        .rules_changed = false,
                                        .retention = {}};
    const auto changes = findings::reconcile(known, {}, no_rule, situation);
    VIGIL_CHECK(store::apply_changes(to, number, id, changes, now));
    VIGIL_CHECK(store::set_resource_status(to, number, id, kInactive, kTerminated, now));
    const std::array<store::Event, 1> events = {
        coverage_changed(number, id, {.code = kInactive, .reason = kTerminated}, now)};
    return store::put_events(to, events);
  });
}

}  // namespace vigil::estate
