#include "api/tagging.h"

#include "api/caller.h"
#include "api/filter_arn.h"
#include "api/transaction.h"
#include "store/accounts.h"

namespace vigil::api {
namespace {

struct Tagged {
  std::string arn;
  store::FilterRow row;
  Tags tags;
};

Outcome<Tagged> find(const Call& call, store::Connection& from, std::int64_t account) {
  Tagged tagged;
  tagged.arn = call.input["resourceArn"].text();
  const auto id = filter_id(call, tagged.arn, "resourceArn");
  if (!id) {
    if (id.error().cause) return tl::unexpected(id.error());
    return tl::unexpected(no_such_resource(tagged.arn));
  }
  VIGIL_TRY(auto row, or_internal(store::find_filter(from, account, *id)));
  if (!row) return tl::unexpected(no_such_resource(tagged.arn));
  tagged.row = std::move(*row);
  VIGIL_TRY(tagged.tags, or_internal(store::tags_of(from, account, tagged.arn)));
  return tagged;
}

Outcome<void> put(store::Connection& to, const Tagged& before, const Tags& tags) {
  std::vector<std::string> gone;
  for (const auto& [key, value] : before.tags) {
    if (!tags.contains(key)) gone.push_back(key);
  }
  if (!gone.empty()) {
    VIGIL_CHECK(or_internal(store::remove_tags(to, before.row.account, before.arn, gone)));
  }
  return or_internal(store::set_tags(to, before.row.account, before.arn, tags));
}

}  // namespace

Outcome<Tags> read_tags(const Call& call) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  VIGIL_TRY(Tagged tagged, read(call.estate.store(), [&](store::Connection& from) {
              return find(call, from, account);
            }));
  return std::move(tagged.tags);
}

Outcome<void> change_tags(const Call& call, const std::function<void(Tags& tags)>& change) {
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  VIGIL_TRY(const bool rules_changed,
            write(call.estate.store(), [&](store::Connection& to) -> Outcome<bool> {
              VIGIL_TRY(const Tagged before, find(call, to, account));
              Tags tags = before.tags;
              change(tags);
              VIGIL_CHECK(check_tags(tags));
              VIGIL_CHECK(put(to, before, tags));
              store::FilterRow row = before.row;
              apply_tags(tags, row);
              if (row.owner == before.row.owner && row.expires == before.row.expires) return false;
              VIGIL_CHECK(or_internal(store::put_filter(to, row, false)));
              return row.action == "SUPPRESS" && row.expires != before.row.expires;
            }));
  if (!rules_changed) return {};
  return follow_rules(call, account);
}

}  // namespace vigil::api
