#include "estate/accounts.h"

#include <algorithm>
#include <array>

#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "store/accounts.h"

namespace vigil::estate {
namespace {

constexpr std::string_view kDays = "DAYS_";
constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kDefaultDays = 14;

constexpr std::array<std::string_view, 2> kScanModes = {"EC2_HYBRID", "EC2_SSM_AGENT_BASED"};
constexpr std::array<std::string_view, 2> kPullModes = {"LAST_IN_USE_AT", "LAST_PULL_DATE"};
constexpr std::array<std::string_view, 7> kDurations = {"DAYS_3",  "DAYS_7",  "DAYS_14", "DAYS_30",
                                                        "DAYS_60", "DAYS_90", "DAYS_180"};

template <std::size_t N>
void take(std::string_view word, const std::array<std::string_view, N>& known, std::string& out) {
  if (std::find(known.begin(), known.end(), word) != known.end()) out = word;
}

}  // namespace

std::string configuration_json(const Configuration& configuration) {
  base::JsonWriter json;
  json.begin_object().member("ec2ScanMode", configuration.ec2_scan_mode);
  json.member("ecrRescanDuration", configuration.ecr_rescan);
  json.member("ecrPullDateRescanDuration", configuration.ecr_pull_rescan);
  json.member("ecrPullDateRescanMode", configuration.ecr_pull_mode);
  json.member("changed", configuration.changed).end_object();
  return json.take();
}

Configuration parse_configuration(std::string_view json) {
  Configuration out;
  base::JsonParser parser;
  const auto stored = parser.parse(json);
  if (!stored) return out;
  take((*stored)["ec2ScanMode"].text(), kScanModes, out.ec2_scan_mode);
  const std::string_view rescan = (*stored)["ecrRescanDuration"].text();
  take(rescan, kDurations, out.ecr_rescan);
  if (rescan == "LIFETIME") out.ecr_rescan = rescan;
  take((*stored)["ecrPullDateRescanDuration"].text(), kDurations, out.ecr_pull_rescan);
  take((*stored)["ecrPullDateRescanMode"].text(), kPullModes, out.ecr_pull_mode);
  out.changed = (*stored)["changed"].integer().value_or(0);
  return out;
}

std::optional<std::int64_t> rescan_seconds(std::string_view duration) {
  if (duration == "LIFETIME") return std::nullopt;
  std::int64_t days = kDefaultDays;
  if (duration.starts_with(kDays)) {
    if (const auto number = base::parse_unsigned(duration.substr(kDays.size()));
        number && *number > 0 && *number <= 36500)
      days = static_cast<std::int64_t>(*number);
  }
  return days * kDay;
}

Result<void> create_account(Estate& estate, std::string_view digits, std::string_view name) {
  VIGIL_TRY(const std::int64_t id, store::account_number(digits));
  return estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_TRY(const auto known, store::list_accounts(to));
    const bool exists = std::any_of(known.begin(), known.end(),
                                    [&](const store::AccountRow& row) { return row.id == id; });
    if (exists) return fail("the account exists already", std::string(digits));
    VIGIL_CHECK(store::put_account(
        to, {id, std::string(name), estate.now(), configuration_json(Configuration{})}));
    if (!known.empty()) return ok();
    // Whoever sets up a server of their own wants what they send to be judged.
    for (const std::string_view type : {"EC2", "ECR", "LAMBDA", "CODE_REPOSITORY"}) {
      VIGIL_CHECK(store::set_scan_type(to, id, type, "ENABLED", estate.now()));
    }
    return ok();
  });
}

}  // namespace vigil::estate
