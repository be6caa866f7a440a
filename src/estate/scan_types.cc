#include "estate/scan_types.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>

#include "estate/applied.h"
#include "estate/follow.h"
#include "estate/stored.h"
#include "store/accounts.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

constexpr std::array<std::string_view, 5> kTypes = {"EC2", "ECR", "LAMBDA", "LAMBDA_CODE",
                                                    "CODE_REPOSITORY"};
struct ResourceType {
  std::string_view type;
  std::string_view scanned_as;
};
constexpr std::array<ResourceType, 4> kResourceTypes = {{{"AWS_EC2_INSTANCE", "EC2"},
                                                         {"AWS_ECR_CONTAINER_IMAGE", "ECR"},
                                                         {"AWS_LAMBDA_FUNCTION", "LAMBDA"},
                                                         {"CODE_REPOSITORY", "CODE_REPOSITORY"}}};

constexpr std::string_view kEnabled = "ENABLED";
constexpr std::string_view kDisabled = "DISABLED";
constexpr std::string_view kEnabling = "ENABLING";
constexpr std::string_view kDisabling = "DISABLING";

/// Of findings of a type that was turned off: Inspector removes them after 24 hours.
constexpr std::int64_t kRetention = 86400;
constexpr std::size_t kPortion = 200;
/// What an API call does itself before it leaves the rest to the background.
constexpr std::chrono::milliseconds kAtOnce{2000};

std::string position_setting(std::int64_t account, std::string_view type) {
  return "scan-type." + store::account_digits(account) + "." + std::string(type);
}

Result<void> check_known(const std::vector<std::string>& types) {
  for (const std::string& type : types) {
    if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
      return fail("unknown scan type '" + type + "'");
  }
  return ok();
}

bool contains(const std::vector<std::string>& types, std::string_view type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

std::string status_in(const ScanTypeStatus& all, std::string_view type) {
  const auto at = all.find(std::string(type));
  return at == all.end() ? std::string(kDisabled) : at->second;
}

bool is_on(const ScanTypeStatus& all, std::string_view type) {
  const std::string status = status_in(all, type);
  return status == kEnabled || status == kEnabling;
}

Result<ScanTypeStatus> status_of(store::Connection& from, std::int64_t account) {
  VIGIL_TRY(ScanTypeStatus status, store::scan_types(from, account));
  for (const std::string_view type : kTypes) status.try_emplace(std::string(type), kDisabled);
  return status;
}

Result<void> check_account(store::Connection& from, std::int64_t account) {
  VIGIL_TRY(const auto found, store::find_account(from, account));
  if (found) return ok();
  return fail("there is no such account", store::account_digits(account), {}, ErrorCode::NotFound);
}

/// Writes the intention down; the position of an earlier one is void then.
Result<void> begin(Estate& estate, store::Connection& to, std::int64_t account,
                   std::string_view type, std::string_view status) {
  VIGIL_CHECK(store::set_scan_type(to, account, type, status, estate.now()));
  return store::delete_setting(to, position_setting(account, type));
}

/// Carries out one intention: all resources of the type, a portion per transaction.
class Change {
 public:
  Change(Estate& estate, std::int64_t account, const ResourceType& type, bool on)
      : estate_(estate),
        account_(account),
        type_(type),
        on_(on),
        setting_(position_setting(account, type.scanned_as)) {}

  /// False: nothing is left of the type.
  Result<bool> portion() {
    std::vector<store::ResourceRow> rows;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      rows.clear();
      // Somebody may have changed his mind meanwhile.
      VIGIL_TRY(const bool wanted, is_wanted(from));
      if (!wanted) return ok();
      VIGIL_TRY(const auto position, store::setting(from, setting_));
      VIGIL_TRY(rows, store::resources_of_type(from, account_, type_.type, position.value_or(""),
                                               kPortion));
      return ok();
    }));
    if (rows.empty()) return false;
    if (on_) {
      VIGIL_CHECK(revive(rows));
    } else {
      VIGIL_CHECK(close(rows));
    }
    return true;
  }

  Result<void> finish() {
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const bool wanted, is_wanted(to));
      if (!wanted) return ok();
      VIGIL_CHECK(store::delete_setting(to, setting_));
      return store::set_scan_type(to, account_, type_.scanned_as, on_ ? kEnabled : kDisabled,
                                  estate_.now());
    });
  }

 private:
  Result<bool> is_wanted(store::Connection& from) const {
    VIGIL_TRY(const ScanTypeStatus now, store::scan_types(from, account_));
    return status_in(now, type_.scanned_as) == (on_ ? kEnabling : kDisabling);
  }

  Result<void> close(const std::vector<store::ResourceRow>& rows) {
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const bool wanted, is_wanted(to));
      if (!wanted) return ok();
      std::vector<store::ResourceRow> open;
      for (const store::ResourceRow& row : rows) {
        VIGIL_TRY(const auto now, store::find_resource(to, account_, row.id));
        if (now && now->removed == 0) open.push_back(*now);
      }
      VIGIL_CHECK(close_findings(estate_, to, account_, open,
                                 {"INACTIVE", kPendingDisable, Treatment::Close}, kRetention));
      return store::set_setting(to, setting_, rows.back().resource_id);
    });
  }

  /// By profile, each assessed once.
  Result<void> revive(const std::vector<store::ResourceRow>& rows) {
    std::map<std::uint64_t, std::vector<std::uint64_t>> by_profile;
    std::vector<store::ResourceRow> unread;
    for (const store::ResourceRow& row : rows) {
      if (row.status_reason != kPendingDisable) continue;
      if (row.profile == 0) unread.push_back(row);
      if (row.profile != 0) by_profile[row.profile].push_back(row.id);
    }
    for (const auto& [profile, resources] : by_profile) {
      VIGIL_CHECK(revive_profile(profile, resources));
    }
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      for (const store::ResourceRow& row : unread) {
        VIGIL_CHECK(
            put_coverage(to, row, {"INACTIVE", "NO_INVENTORY", Treatment::Keep}, 0, estate_.now()));
      }
      return store::set_setting(to, setting_, rows.back().resource_id);
    });
  }

  Result<void> revive_profile(std::uint64_t profile, const std::vector<std::uint64_t>& resources) {
    Circumstances circumstances;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(circumstances, stored_circumstances(from, account_, profile));
      return ok();
    }));
    const auto intelligence = estate_.intelligence();
    Follow what{.account = account_, .profile = profile, .revives = kPendingDisable};
    std::shared_ptr<const Assessments> assessments = std::make_shared<const Assessments>();
    what.coverage = {"ACTIVE", "PENDING_INITIAL_SCAN", Treatment::Wait};
    if (intelligence != nullptr) {
      VIGIL_TRY(assessments, estate_.assessor().of_profile(profile, circumstances, *intelligence,
                                                           estate_.policy()));
      what.coverage =
          coverage_of_system(type_.type, circumstances.inventory.os.ecosystem, *intelligence);
    }
    what.assessments = assessments.get();
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const bool wanted, is_wanted(to));
      if (!wanted) return ok();
      if (intelligence == nullptr) {
        VIGIL_CHECK(store::set_setting(to, kAppliedSetting, ""));
        for (const std::uint64_t id : resources) {
          VIGIL_TRY(const auto row, store::find_resource(to, account_, id));
          if (row && row->status_reason == kPendingDisable)
            VIGIL_CHECK(put_coverage(to, *row, what.coverage, 0, estate_.now()));
        }
        return ok();
      }
      VIGIL_CHECK(follow(estate_, to, what, resources));
      return ok();
    });
  }

  Estate& estate_;
  const std::int64_t account_;
  const ResourceType& type_;
  const bool on_;
  const std::string setting_;
};

Result<ScanTypeStatus> carry_out(Estate& estate, std::int64_t account) {
  VIGIL_CHECK(continue_scan_types(estate, account, kAtOnce));
  ScanTypeStatus status;
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(status, status_of(from, account));
    return ok();
  }));
  return status;
}

}  // namespace

std::span<const std::string_view> all_scan_types() {
  return kTypes;
}

std::string_view scan_type_of(std::string_view resource_type) {
  const auto* const at =
      std::find_if(kResourceTypes.begin(), kResourceTypes.end(),
                   [&](const ResourceType& known) { return known.type == resource_type; });
  return at == kResourceTypes.end() ? std::string_view() : at->scanned_as;
}

Result<bool> is_scanned(store::Connection& from, std::int64_t account,
                        std::string_view resource_type) {
  VIGIL_TRY(const ScanTypeStatus status, store::scan_types(from, account));
  if (status.empty()) VIGIL_CHECK(check_account(from, account));
  const std::string_view type = scan_type_of(resource_type);
  return type.empty() || is_on(status, type);
}

Result<ScanTypeStatus> enable_scan_types(Estate& estate, std::int64_t account,
                                         const std::vector<std::string>& types) {
  VIGIL_CHECK(check_known(types));
  VIGIL_CHECK(estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(check_account(to, account));
    VIGIL_TRY(const ScanTypeStatus now, store::scan_types(to, account));
    if (contains(types, "LAMBDA_CODE") && !contains(types, "LAMBDA") && !is_on(now, "LAMBDA"))
      return fail("LAMBDA_CODE needs LAMBDA");
    for (const std::string& type : types) {
      if (!is_on(now, type)) VIGIL_CHECK(begin(estate, to, account, type, kEnabling));
    }
    return ok();
  }));
  return carry_out(estate, account);
}

Result<ScanTypeStatus> disable_scan_types(Estate& estate, std::int64_t account,
                                          const std::vector<std::string>& types) {
  VIGIL_CHECK(check_known(types));
  VIGIL_CHECK(estate.store().write([&](store::Connection& to) -> Result<void> {
    VIGIL_CHECK(check_account(to, account));
    VIGIL_TRY(const ScanTypeStatus now, store::scan_types(to, account));
    for (const std::string_view type : kTypes) {
      const bool goes_along = type == "LAMBDA_CODE" && contains(types, "LAMBDA");
      const bool asked = types.empty() || contains(types, type) || goes_along;
      if (asked && is_on(now, type)) VIGIL_CHECK(begin(estate, to, account, type, kDisabling));
    }
    return ok();
  }));
  return carry_out(estate, account);
}

Result<bool> continue_scan_types(Estate& estate, std::int64_t account,
                                 std::chrono::milliseconds budget) {
  const auto until = std::chrono::steady_clock::now() + budget;
  const std::lock_guard lock(estate.maintenance());
  ScanTypeStatus status;
  VIGIL_CHECK(estate.store().read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(status, store::scan_types(from, account));
    return ok();
  }));
  for (const auto& [type, value] : status) {
    if (value != kEnabling && value != kDisabling) continue;
    const bool on = value == kEnabling;
    const auto* const resources =
        std::find_if(kResourceTypes.begin(), kResourceTypes.end(),
                     [&](const ResourceType& known) { return known.scanned_as == type; });
    const ResourceType none{"", type};
    Change change(estate, account, resources == kResourceTypes.end() ? none : *resources, on);
    for (bool more = resources != kResourceTypes.end(); more;) {
      if (std::chrono::steady_clock::now() >= until) return false;
      VIGIL_TRY(more, change.portion());
    }
    VIGIL_CHECK(change.finish());
  }
  return true;
}

}  // namespace vigil::estate
