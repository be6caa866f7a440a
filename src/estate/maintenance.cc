#include "estate/maintenance.h"

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "estate/accounts.h"
#include "estate/coverage.h"
#include "estate/follow.h"
#include "estate/rules.h"
#include "estate/scan_types.h"
#include "store/accounts.h"
#include "store/findings.h"
#include "store/outbox.h"
#include "store/posture_days.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;

/// When all of it was last done.
constexpr std::string_view kThoroughSetting = "maintenance.thorough";
constexpr Coverage kStale{"INACTIVE", "STALE_INVENTORY", Treatment::Keep};
constexpr Coverage kExpired{"INACTIVE", "SCAN_ELIGIBILITY_EXPIRED", Treatment::Close};

class Round {
 public:
  Round(Estate& estate, const MaintenanceSettings& settings, const std::function<bool()>& stop)
      : estate_(estate),
        settings_(settings),
        stop_(stop),
        now_(estate.now()),
        until_(Clock::now() + settings.budget) {}

  Result<MaintenanceReport> run() {
    std::vector<store::AccountRow> accounts;
    bool thorough = false;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(accounts, store::list_accounts(from));
      VIGIL_TRY(thorough, is_thorough(from));
      return ok();
    }));
    for (const store::AccountRow& account : accounts) {
      VIGIL_CHECK(scan_types_and_rules(account.id));
      VIGIL_CHECK(stale_inventory(account.id));
      VIGIL_CHECK(keep_posture(account.id));
      if (thorough) VIGIL_CHECK(expired_images(account));
    }
    VIGIL_CHECK(expire());
    if (!thorough) return report_;
    for (const store::AccountRow& account : accounts) VIGIL_CHECK(collect(account.id));
    VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_CHECK(store::delete_history(to, now_ - settings_.keep_history));
      return ok();
    }));
    if (!report_.complete) return report_;
    VIGIL_CHECK(estate_.store().write([&](store::Connection& to) {
      return store::set_setting(to, kThoroughSetting, std::to_string(now_));
    }));
    return report_;
  }

 private:
  Result<bool> is_thorough(store::Connection& from) const {
    VIGIL_TRY(const auto stored, store::setting(from, kThoroughSetting));
    const auto last = base::parse_unsigned(stored.value_or(""));
    return !last || now_ - static_cast<std::int64_t>(*last) >= settings_.thorough_every;
  }

  [[nodiscard]] bool is_over() {
    const bool over = Clock::now() >= until_ || (stop_ && stop_());
    if (over) report_.complete = false;
    return over;
  }
  [[nodiscard]] std::chrono::milliseconds left() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Clock::now());
    return std::max(left, std::chrono::milliseconds(0));
  }

  using Portion = std::function<Result<std::int64_t>(store::Connection&)>;
  /// Portions, a transaction each, until one does less than it could.
  Result<void> repeat(std::int64_t& total, const Portion& portion) {
    for (std::int64_t done = 1; done > 0;) {
      if (is_over()) return ok();
      VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
        VIGIL_TRY(done, portion(to));
        return ok();
      }));
      total += done;
      if (done < static_cast<std::int64_t>(settings_.portion)) return ok();
    }
    return ok();
  }

  Result<void> scan_types_and_rules(std::int64_t account) {
    if (is_over()) return ok();
    VIGIL_TRY(const bool whole, continue_scan_types(estate_, account, left()));
    if (!whole) report_.complete = false;
    VIGIL_TRY(const RulesApplied rules, apply_rules(estate_, account, left()));
    report_.suppressed += rules.suppressed;
    report_.unsuppressed += rules.unsuppressed;
    if (!rules.complete) report_.complete = false;
    return ok();
  }

  Result<void> stale_inventory(std::int64_t account) {
    if (settings_.stale_after == 0) return ok();
    return repeat(report_.resources_stale, [&](store::Connection& to) -> Result<std::int64_t> {
      VIGIL_TRY(const auto ids,
                store::resources_scanned_before(to, account, "AWS_EC2_INSTANCE",
                                                now_ - settings_.stale_after, settings_.portion));
      for (const std::uint64_t id : ids) {
        VIGIL_TRY(const auto row, store::find_resource(to, account, id));
        if (row) VIGIL_CHECK(put_coverage(to, *row, kStale, row->removed, now_));
      }
      return static_cast<std::int64_t>(ids.size());
    });
  }

  /// So that the past can be shown: the numbers of today, until it is over.
  Result<void> keep_posture(std::int64_t account) {
    if (is_over()) return ok();
    std::optional<store::PostureDay> today;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto days, store::posture_days(from, account, now_));
      // A clock that was set back is no reason to wait for it.
      if (!days.empty() && days.back().taken <= now_ &&
          now_ - days.back().taken < settings_.posture_every) {
        return ok();
      }
      VIGIL_TRY(const auto posture, store::posture(from, account, now_));
      today = store::posture_day(posture, now_);
      return ok();
    }));
    if (!today) return ok();
    return estate_.store().write(
        [&](store::Connection& to) { return store::put_posture_day(to, account, *today); });
  }

  /// An image stays watched while it was pushed lately or was used lately (inspector.md 4.3).
  Result<void> expired_images(const store::AccountRow& account) {
    const Configuration configuration = parse_configuration(account.configuration);
    const auto pushed = rescan_seconds(configuration.ecr_rescan);
    const auto used = rescan_seconds(configuration.ecr_pull_rescan);
    if (!pushed || !used) return ok();
    return repeat(report_.images_expired, [&](store::Connection& to) -> Result<std::int64_t> {
      VIGIL_TRY(const auto ids, store::images_pushed_before(to, account.id, now_ - *pushed,
                                                            now_ - *used, settings_.portion));
      std::vector<store::ResourceRow> rows;
      for (const std::uint64_t id : ids) {
        VIGIL_TRY(auto row, store::find_resource(to, account.id, id));
        if (row) rows.push_back(std::move(*row));
      }
      VIGIL_CHECK(close_findings(estate_, to, account.id, rows, kExpired,
                                 estate_.settings().retention.resource_gone));
      return static_cast<std::int64_t>(ids.size());
    });
  }

  Result<void> expire() {
    VIGIL_CHECK(repeat(report_.findings_deleted, [&](store::Connection& to) {
      return store::delete_expired(to, now_, settings_.portion);
    }));
    if (is_over()) return ok();
    VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(report_.sessions_expired, store::delete_expired_sessions(to, now_));
      return ok();
    }));
    std::int64_t tokens = 0;
    VIGIL_CHECK(repeat(tokens, [&](store::Connection& to) {
      return store::delete_client_tokens(to, now_ - settings_.keep_tokens, settings_.portion);
    }));
    return repeat(report_.events_trimmed, [&](store::Connection& to) {
      return store::trim_events(to, now_ - settings_.keep_events, settings_.portion);
    });
  }

  /// What was terminated goes when its last finding went.
  Result<std::int64_t> forget_terminated(store::Connection& to, std::int64_t account) const {
    VIGIL_TRY(const auto ids,
              store::removed_resources(to, account, "RESOURCE_TERMINATED",
                                       now_ - estate_.settings().retention.resource_gone,
                                       settings_.portion));
    return store::delete_resources(to, account, ids);
  }

  Result<void> collect(std::int64_t account) {
    VIGIL_CHECK(repeat(report_.resources_forgotten,
                       [&](store::Connection& to) { return forget_terminated(to, account); }));
    VIGIL_CHECK(repeat(report_.rows_collected, [&](store::Connection& to) {
      return store::collect_finding_garbage(to, account, settings_.portion);
    }));
    return repeat(report_.rows_collected, [&](store::Connection& to) {
      return store::collect_inventory_garbage(to, account, settings_.portion);
    });
  }

  Estate& estate_;
  const MaintenanceSettings& settings_;
  const std::function<bool()>& stop_;
  const std::int64_t now_;
  const Clock::time_point until_;
  MaintenanceReport report_;
};

}  // namespace

Result<MaintenanceReport> maintain(Estate& estate, const MaintenanceSettings& settings,
                                   const std::function<bool()>& stop) {
  return Round(estate, settings, stop).run();
}

}  // namespace vigil::estate
