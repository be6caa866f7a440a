// DeleteFilter: removes a filter with its tags; findings that only this rule hid are ACTIVE again.
//
// Reference: Inspector2 API, DeleteFilter. Traps: a finding that another rule matches too stays
// SUPPRESSED; a second deletion is ResourceNotFoundException.
//
// Not handled: nothing is left out.
//
// The answer repeats the ARN.
#include "api/caller.h"
#include "api/filter_arn.h"
#include "api/filter_rules.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "store/accounts.h"

namespace vigil::api::delete_filter {
namespace {

/// Whether it was a suppression rule.
Outcome<bool> remove(store::Connection& to, std::int64_t account, std::uint64_t id,
                     const std::string& arn) {
  VIGIL_TRY(const auto row, or_internal(store::find_filter(to, account, id)));
  if (!row) return tl::unexpected(no_such_resource(arn));
  VIGIL_CHECK(or_internal(store::delete_filter(to, account, id)));
  VIGIL_TRY(const Tags tags, or_internal(store::tags_of(to, account, arn)));
  std::vector<std::string> keys;
  for (const auto& [key, value] : tags) keys.push_back(key);
  if (!keys.empty()) VIGIL_CHECK(or_internal(store::remove_tags(to, account, arn, keys)));
  return row->action == "SUPPRESS";
}

Answer run(const Call& call) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  const std::string arn(call.input["arn"].text());
  VIGIL_TRY(const std::uint64_t id, filter_id(call, arn, "arn"));
  VIGIL_TRY(const bool suppressed, write(call.estate.store(), [&](store::Connection& to) {
              return remove(to, account, id, arn);
            }));
  if (suppressed) VIGIL_CHECK(follow_rules(call, account));
  base::JsonWriter json;
  json.begin_object().member("arn", arn).end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "DeleteFilter",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/filters/delete",
                                           .input = "arn*:FilterArn",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::delete_filter
