// UpdateFilter: changes what is given of a filter and keeps the rest; suppressed findings follow.
//
// Reference: Inspector2 API, UpdateFilter. Traps: a member that is absent stays as it is; a rule whose
// action becomes NONE lets its findings go back to ACTIVE.
//
// Not handled: taking a description or reason away, for which the API has no way.
//
// The quota of suppression rules holds here too, as a ValidationException: the operation has no other.
#include "api/caller.h"
#include "api/criteria.h"
#include "api/filter_arn.h"
#include "api/filter_rules.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "api/validate.h"

namespace vigil::api::update_filter {
namespace {

Outcome<void> change(const Call& call, store::FilterRow& row) {
  const auto take = [&](std::string_view member, std::string& field) {
    if (const base::Json given = call.input[member]; !is_absent(given)) field = given.text();
  };
  take("name", row.name);
  take("action", row.action);
  take("description", row.description);
  take("reason", row.reason);
  if (!is_absent(call.input["name"])) VIGIL_CHECK(check_filter_name(row.name));
  if (!is_absent(call.input["filterCriteria"])) {
    VIGIL_TRY(const findings::Filter filter, filter_criteria(call, "filterCriteria"));
    row.criteria = findings::filter_json(filter);
  }
  row.updated = call.now;
  return {};
}

struct Updated {
  bool suppressed = false;  ///< before
  bool suppresses = false;  ///< now
};

Outcome<Updated> update(const Call& call, store::Connection& to, std::int64_t account,
                        std::uint64_t id) {
  VIGIL_TRY(auto row, or_internal(store::find_filter(to, account, id)));
  if (!row) return tl::unexpected(no_such_resource(call.input["filterArn"].text()));
  Updated updated;
  updated.suppressed = row->action == "SUPPRESS";
  VIGIL_CHECK(change(call, *row));
  updated.suppresses = row->action == "SUPPRESS";
  if (updated.suppresses && !updated.suppressed) {
    VIGIL_TRY(const std::int64_t count,
              or_internal(store::count_filters(to, account, row->action)));
    if (count >= kMostSuppressionRules) {
      return tl::unexpected(field_error("action", "The account has 500 suppression rules"));
    }
  }
  if (const auto stored = store::put_filter(to, *row, false); !stored) {
    if (stored.error().code == ErrorCode::Invalid) return tl::unexpected(name_is_taken(row->name));
    return tl::unexpected(internal(stored.error()));
  }
  return updated;
}

Answer run(const Call& call) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  const std::string_view arn = call.input["filterArn"].text();
  VIGIL_TRY(const std::uint64_t id, filter_id(call, arn, "filterArn"));
  VIGIL_TRY(const Updated updated, write(call.estate.store(), [&](store::Connection& to) {
              return update(call, to, account, id);
            }));
  if (updated.suppressed || updated.suppresses) {
    VIGIL_CHECK(follow_rules(call, account));
  }
  base::JsonWriter json;
  json.begin_object().member("arn", arn).end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "UpdateFilter",
      .service = "inspector2",
      .method = "POST",
      .uri = "/filters/update",
      .input =
          "action:FilterAction, description:FilterDescription,"
          " filterCriteria:FilterCriteria, name:FilterName, filterArn*:FilterArn,"
          " reason:FilterReason",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::update_filter
