// CreateFilter: saves a filter (action NONE) or makes a suppression rule (action SUPPRESS), which hides
// the ACTIVE findings it matches at once.
//
// Reference: Inspector2 API, CreateFilter. Traps: a name is there once per account; an account has at
// most 500 suppression rules; tags that are none are BadRequestException, not ValidationException.
// Empty criteria match every finding.
//
// Not handled: filters of an organisation, whose owner would be the organisation's id.
//
// Vigil's own: the tags vigil:owner and vigil:expires (api/filter_rules.h).
#include <sys/random.h>

#include <cerrno>

#include "api/caller.h"
#include "api/criteria.h"
#include "api/filter_arn.h"
#include "api/filter_rules.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "store/accounts.h"

namespace vigil::api::create_filter {
namespace {

Outcome<std::uint64_t> new_id() {
  std::uint64_t id = 0;
  while (id == 0) {  // findings say 0 for "no rule"
    if (getrandom(&id, sizeof id, 0) != static_cast<ssize_t>(sizeof id)) {
      const Result<void> failure = fail_errno("cannot get random bytes", "getrandom", errno);
      return tl::unexpected(internal(failure.error()));
    }
  }
  return id;
}

Outcome<store::FilterRow> row_of(const Call& call, const Tags& tags) {
  store::FilterRow row;
  VIGIL_TRY(row.account, caller_account(call));
  VIGIL_TRY(row.id, new_id());
  row.name = call.input["name"].text();
  VIGIL_CHECK(check_filter_name(row.name));
  row.action = call.input["action"].text();
  VIGIL_TRY(const findings::Filter filter, filter_criteria(call, "filterCriteria"));
  row.criteria = findings::filter_json(filter);
  row.description = call.input["description"].text();
  row.reason = call.input["reason"].text();
  row.created = call.now;
  row.updated = call.now;
  apply_tags(tags, row);
  return row;
}

Outcome<void> put(store::Connection& to, const store::FilterRow& row, const std::string& arn,
                  const Tags& tags) {
  if (row.action == "SUPPRESS") {
    VIGIL_TRY(const std::int64_t count,
              or_internal(store::count_filters(to, row.account, row.action)));
    if (count >= kMostSuppressionRules) {
      return tl::unexpected(quota_exceeded("The account has 500 suppression rules.", arn));
    }
  }
  if (const auto stored = store::put_filter(to, row, true); !stored) {
    if (stored.error().code == ErrorCode::Invalid) return tl::unexpected(name_is_taken(row.name));
    return tl::unexpected(internal(stored.error()));
  }
  if (tags.empty()) return {};
  return or_internal(store::set_tags(to, row.account, arn, tags));
}

Answer run(const Call& call) {
  const Tags tags = tags_in(call.input["tags"]);
  VIGIL_CHECK(check_tags(tags));
  VIGIL_TRY(const store::FilterRow row, row_of(call, tags));
  const std::string arn = filter_arn(call, row.id);
  VIGIL_CHECK(
      write(call.estate.store(), [&](store::Connection& to) { return put(to, row, arn, tags); }));
  if (row.action == "SUPPRESS") {
    VIGIL_CHECK(follow_rules(call, row.account));
  }
  base::JsonWriter json;
  json.begin_object().member("arn", arn).end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "CreateFilter",
      .service = "inspector2",
      .method = "POST",
      .uri = "/filters/create",
      .input =
          "action*:FilterAction, description:FilterDescription,"
          " filterCriteria*:FilterCriteria, name*:FilterName, tags:TagMap,"
          " reason:FilterReason",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::create_filter
