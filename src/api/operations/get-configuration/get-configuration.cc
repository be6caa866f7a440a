// GetConfiguration: how hosts are scanned, and how long images are scanned again.
//
// Reference: Inspector2 API, GetConfiguration. Traps: the answer's shapes are states, with a status
// that is SUCCESS once a change is in force, which here is at once. updatedAt is left out for an
// account whose configuration was never changed.
//
// Not handled: accountId of a member.
//
// The VM scanner of the service does not exist here: it is reported as not activated.
#include "api/caller.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "estate/accounts.h"
#include "store/accounts.h"

namespace vigil::api::get_configuration {
namespace {

void write_configuration(base::JsonWriter& json, const estate::Configuration& configuration) {
  json.begin_object();
  json.key("ecrConfiguration").begin_object().key("rescanDurationState").begin_object();
  json.member("rescanDuration", configuration.ecr_rescan)
      .member("status", "SUCCESS")
      .member("pullDateRescanDuration", configuration.ecr_pull_rescan)
      .member("pullDateRescanMode", configuration.ecr_pull_mode);
  if (configuration.changed != 0) json.member("updatedAt", configuration.changed);
  json.end_object().end_object();
  json.key("ec2Configuration").begin_object();
  json.key("scanModeState")
      .begin_object()
      .member("scanMode", configuration.ec2_scan_mode)
      .member("scanModeStatus", "SUCCESS")
      .end_object();
  json.key("vmScannerState")
      .begin_object()
      .member("activated", false)
      .member("status", "SUCCESS")
      .end_object();
  json.end_object().end_object();
}

Answer run(const Call& call) {
  if (const std::string_view of = call.input["accountId"].text();
      !of.empty() && of != call.caller.account) {
    return tl::unexpected(access_denied(std::string(kNoAccess)));
  }
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  VIGIL_TRY(const auto row,
            read(call.estate.store(),
                 [&](store::Connection& from) -> Outcome<std::optional<store::AccountRow>> {
                   return or_internal(store::find_account(from, account));
                 }));
  if (!row) return tl::unexpected(not_found("The account does not exist."));
  base::JsonWriter json;
  write_configuration(json, estate::parse_configuration(row->configuration));
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {.name = "GetConfiguration",
                                           .service = "inspector2",
                                           .method = "POST",
                                           .uri = "/configuration/get",
                                           .input = "accountId:AccountId",
                                           .run = run};
  return kOperation;
}

}  // namespace vigil::api::get_configuration
