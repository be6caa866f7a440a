// UpdateConfiguration: sets how hosts are scanned, and how long images are scanned again after they were
// pushed or last used.
//
// Reference: Inspector2 API, UpdateConfiguration. Traps: at least one block is needed; a member of a
// block that is absent keeps its value, but rescanDuration and scanMode are required of theirs; images
// whose time is over under the new durations lose their findings with the next round of the
// background work.
//
// Not handled: members and what they inherit; the service's VM scanner, which cannot be activated.
//
// The scan mode is kept and returned; Vigil scans a host the way the host is given to it.
#include "api/caller.h"
#include "api/operation.h"
#include "api/transaction.h"
#include "api/validate.h"
#include "estate/accounts.h"
#include "store/accounts.h"

namespace vigil::api::update_configuration {
namespace {

Outcome<void> check(const Call& call) {
  if (const std::string_view of = call.input["accountId"].text();
      !of.empty() && of != call.caller.account) {
    return tl::unexpected(access_denied(std::string(kNoAccess)));
  }
  if (!is_absent(call.input["updateConfigurationInheritance"])) {
    return tl::unexpected(
        field_error("updateConfigurationInheritance",
                    "The account has no administrator whose configuration it could inherit"));
  }
  if (is_absent(call.input["ecrConfiguration"]) && is_absent(call.input["ec2Configuration"])) {
    return tl::unexpected(
        validation_error("One of ecrConfiguration and ec2Configuration has to be given."));
  }
  if (call.input["ec2Configuration"]["activateVMScanner"].truth().value_or(false)) {
    return tl::unexpected(
        field_error("ec2Configuration.activateVMScanner", "The VM scanner is not supported"));
  }
  return {};
}

void change(const Call& call, estate::Configuration& configuration) {
  const auto take = [](const base::Json& given, std::string& field) {
    if (!is_absent(given)) field = given.text();
  };
  const base::Json ecr = call.input["ecrConfiguration"];
  take(ecr["rescanDuration"], configuration.ecr_rescan);
  take(ecr["pullDateRescanDuration"], configuration.ecr_pull_rescan);
  take(ecr["pullDateRescanMode"], configuration.ecr_pull_mode);
  take(call.input["ec2Configuration"]["scanMode"], configuration.ec2_scan_mode);
  configuration.changed = call.now;
}

Answer run(const Call& call) {
  VIGIL_CHECK(check(call));
  VIGIL_TRY(const std::int64_t account, caller_account(call));
  VIGIL_CHECK(write(call.estate.store(), [&](store::Connection& to) -> Outcome<void> {
    VIGIL_TRY(auto row, or_internal(store::find_account(to, account)));
    if (!row) return tl::unexpected(access_denied("The account does not exist."));
    estate::Configuration configuration = estate::parse_configuration(row->configuration);
    change(call, configuration);
    row->configuration = estate::configuration_json(configuration);
    return or_internal(store::put_account(to, *row));
  }));
  return "{}";
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "UpdateConfiguration",
      .service = "inspector2",
      .method = "POST",
      .uri = "/configuration/update",
      .input =
          "accountId:AccountId, ecrConfiguration:EcrConfiguration,"
          " ec2Configuration:Ec2Configuration,"
          " updateConfigurationInheritance:UpdateConfigurationInheritance",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::update_configuration
