#include "estate/refresh.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <mutex>

#include "base/text.h"
#include "base/thread_pool.h"
#include "estate/applied.h"
#include "estate/changed.h"
#include "estate/coverage.h"
#include "estate/epss.h"
#include "estate/follow.h"
#include "estate/stored.h"
#include "estate/stored_document.h"
#include "store/accounts.h"
#include "store/findings.h"
#include "store/inventory.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;

/// Profiles matched side by side before their resources are written.
constexpr std::size_t kProfiles = 64;
/// Resources written in one transaction.
constexpr std::size_t kResources = 500;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One profile with what has to be written about it.
struct Judged {
  std::uint64_t profile = 0;
  std::string resource_type;
  std::string ecosystem;
  Assessments assessments;                     ///< as the resources shall have them
  std::vector<std::uint64_t> vulnerabilities;  ///< ascending: whose findings differ; of these only
                                               ///< are `assessments`, if not all are looked at
  Assessments texts;  ///< whose vulnerability may say something else than what is stored
  bool is_gone = false;
};

/// What differs between the assessments before and after.
void compare(const Assessments& before, const Assessments& after, Judged& out) {
  auto old_one = before.begin();
  auto new_one = after.begin();
  while (old_one != before.end() || new_one != after.end()) {
    const auto key = [](const auto& at) { return (*at)->assessment.vulnerability; };
    const bool take_old =
        old_one != before.end() && (new_one == after.end() || key(old_one) <= key(new_one));
    const bool take_new =
        new_one != after.end() && (old_one == before.end() || key(new_one) <= key(old_one));
    if (take_old && take_new && (*old_one)->assessment.key == (*new_one)->assessment.key) {
      if ((*old_one)->vulnerability.digest != (*new_one)->vulnerability.digest)
        out.texts.push_back(*new_one);
    } else {
      out.vulnerabilities.push_back(key(take_old ? old_one : new_one));
      if (take_new) out.assessments.push_back(*new_one);
      if (take_old && take_new) out.texts.push_back(*new_one);
    }
    if (take_old) ++old_one;
    if (take_new) ++new_one;
  }
}

class Refresh {
 public:
  Refresh(Estate& estate, std::shared_ptr<const intel::Snapshot> before,
          std::shared_ptr<const intel::Snapshot> after, const std::function<bool()>& stop)
      : estate_(estate),
        before_(std::move(before)),
        after_(std::move(after)),
        stop_(stop),
        state_(state_of(*after_, estate.policy())) {}

  Result<Refreshed> run() {
    VIGIL_TRY(const bool needed, begin());
    if (!needed) return result_;
    std::vector<store::AccountRow> accounts;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(accounts, store::list_accounts(from));
      return ok();
    }));
    std::vector<std::string> crossing;
    for (const store::AccountRow& account : accounts)
      VIGIL_CHECK(follow_epss(estate_, account.id, *after_, stop_, crossing));
    if (!result_.whole) {
      changed_ = changes_between(*before_, *after_, crossing);
      result_.changed_packages = changed_.packages.size();
      // Nothing has been written yet that all profiles would not be brought to.
      if (changed_.other_ecosystems) result_.whole = true;
    }
    for (const store::AccountRow& account : accounts) VIGIL_CHECK(refresh_account(account.id));
    if (stopped()) return result_;
    VIGIL_CHECK(finish());
    result_.applied = true;
    result_.seconds = seconds_since(start_);
    return result_;
  }

 private:
  [[nodiscard]] bool stopped() const { return stop_ && stop_(); }

  /// Writes down where this goes. From here on until the end the store's findings follow nothing for
  /// certain: whoever comes after an interruption looks at all of them.
  Result<bool> begin() {
    bool needed = true;
    VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto applied, store::setting(to, kAppliedSetting));
      VIGIL_TRY(const auto target, store::setting(to, kTargetSetting));
      needed = applied != state_;
      if (!needed) return ok();
      result_.whole = before_ == nullptr || applied != state_of(*before_, estate_.policy());
      if (target != state_ || !result_.whole)
        VIGIL_CHECK(store::delete_setting(to, kPositionSetting));
      VIGIL_CHECK(store::set_setting(to, kTargetSetting, state_));
      return store::set_setting(to, kAppliedSetting, "");
    }));
    return needed;
  }

  Result<void> finish() {
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto target, store::setting(to, kTargetSetting));
      if (target != state_) return ok();
      VIGIL_CHECK(store::delete_setting(to, kPositionSetting));
      return store::set_setting(to, kAppliedSetting, state_);
    });
  }

  Result<void> refresh_account(std::int64_t account) {
    std::vector<std::uint64_t> profiles;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      if (!result_.whole) {
        VIGIL_CHECK(load_packages(from, account));
        VIGIL_TRY(profiles, store::profiles_holding(from, account, changed_.packages));
        return ok();
      }
      VIGIL_TRY(profiles, store::all_profiles(from, account));
      return skip_done(from, account, profiles);
    }));
    for (std::size_t at = 0; at < profiles.size() && !stopped(); at += kProfiles) {
      const std::size_t count = std::min(kProfiles, profiles.size() - at);
      VIGIL_TRY(std::vector<Judged> judged, judge(account, std::span(profiles).subspan(at, count)));
      VIGIL_CHECK(write(account, judged));
    }
    return ok();
  }

  /// The packages that may be concerned: read once, however many profiles hold them.
  Result<void> load_packages(store::Connection& from, std::int64_t account) {
    packages_.clear();
    VIGIL_TRY(std::vector<store::PackageVersion> stored,
              store::packages_about(from, account, changed_.packages));
    std::vector<std::string_view> documents;
    documents.reserve(stored.size());
    for (const store::PackageVersion& package : stored) documents.push_back(package.body);
    VIGIL_TRY(inventory::Inventory inventory, assemble_inventory(documents, {}));
    for (std::size_t i = 0; i < stored.size(); ++i) {
      packages_.try_emplace(stored[i].id, StoredPackage{stored[i].id, std::move(stored[i].body),
                                                        std::move(inventory.packages[i])});
    }
    return ok();
  }

  /// Leaves out what an interrupted refresh of all profiles has done.
  Result<void> skip_done(store::Connection& from, std::int64_t account,
                         std::vector<std::uint64_t>& profiles) const {
    VIGIL_TRY(const auto position, store::setting(from, kPositionSetting));
    if (!position) return ok();
    const std::size_t blank = position->find(' ');
    const auto done_account = base::parse_unsigned(std::string_view(*position).substr(0, blank));
    if (blank == std::string::npos || !done_account) return ok();
    const auto done_profile = base::parse_unsigned(std::string_view(*position).substr(blank + 1));
    if (!done_profile) return ok();
    if (account < static_cast<std::int64_t>(*done_account)) profiles.clear();
    if (account == static_cast<std::int64_t>(*done_account))
      std::erase_if(profiles, [&](std::uint64_t profile) { return profile <= *done_profile; });
    return ok();
  }

  /// Side by side; those that need no writing are left out.
  Result<std::vector<Judged>> judge(std::int64_t account, std::span<const std::uint64_t> profiles) {
    const Clock::time_point start = Clock::now();
    std::vector<Judged> judged(profiles.size());
    VIGIL_CHECK(pool_.parallel_for(profiles.size(), [&](std::size_t index) -> Result<void> {
      judged[index].profile = profiles[index];
      auto done = result_.whole ? judge_whole(account, judged[index])
                                : judge_changes(account, judged[index]);
      // Collected meanwhile: no resource has it any more.
      if (done || done.error().code != ErrorCode::NotFound) return done;
      judged[index].is_gone = true;
      return ok();
    }));
    result_.profiles += profiles.size();
    std::erase_if(judged, [&](const Judged& one) {
      if (one.is_gone) return true;
      return !result_.whole && one.vulnerabilities.empty() && one.texts.empty();
    });
    result_.found_seconds += seconds_since(start);
    return judged;
  }

  Result<void> judge_whole(std::int64_t account, Judged& out) {
    Circumstances circumstances;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(circumstances, stored_circumstances(from, account, out.profile));
      return ok();
    }));
    VIGIL_TRY(const auto assessments,
              estate_.assessor().of_profile(out.profile, circumstances, *after_, estate_.policy()));
    out.assessments = out.texts = *assessments;
    describe(circumstances, out);
    return ok();
  }

  Result<void> judge_changes(std::int64_t account, Judged& out) {
    Circumstances circumstances;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto held, store::resources_of_profile(from, account, out.profile, 0, 1));
      out.is_gone = held.empty();
      if (out.is_gone) return ok();
      VIGIL_TRY(circumstances,
                stored_circumstances(from, account, out.profile, [&](std::uint64_t id) {
                  const auto at = packages_.find(id);
                  return at == packages_.end() ? nullptr : &at->second;
                }));
      return ok();
    }));
    if (out.is_gone) return ok();
    VIGIL_TRY(
        const Assessments before,
        estate_.assessor().of_some(circumstances, *before_, estate_.policy(),
                                   [&](std::uint32_t index) { return changed_.before[index]; }));
    VIGIL_TRY(
        const Assessments after,
        estate_.assessor().of_some(circumstances, *after_, estate_.policy(),
                                   [&](std::uint32_t index) { return changed_.after[index]; }));
    compare(before, after, out);
    describe(circumstances, out);
    return ok();
  }

  static void describe(const Circumstances& circumstances, Judged& out) {
    out.resource_type = circumstances.resource_type;
    out.ecosystem = circumstances.inventory.os.ecosystem;
  }

  /// The texts first, then resources by resources; a profile's last portion moves the position.
  Result<void> write(std::int64_t account, const std::vector<Judged>& judged) {
    VIGIL_CHECK(write_texts(account, judged));
    std::vector<Part> parts;
    std::size_t resources = 0;
    for (const Judged& one : judged) {
      std::uint64_t after = 0;
      for (bool more = result_.whole || !one.vulnerabilities.empty(); more;) {
        Part part{&one, {}, false};
        VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
          VIGIL_TRY(part.resources, store::resources_of_profile(from, account, one.profile, after,
                                                                kResources - resources));
          return ok();
        }));
        more = part.resources.size() == kResources - resources;
        part.is_last = !more;
        resources += part.resources.size();
        if (!part.resources.empty()) after = part.resources.back();
        parts.push_back(std::move(part));
        if (resources < kResources) continue;
        VIGIL_CHECK(write_parts(account, parts));
        parts.clear();
        resources = 0;
        if (stopped()) return ok();
      }
    }
    return write_parts(account, parts);
  }

  struct Part {
    const Judged* judged;
    std::vector<std::uint64_t> resources;
    bool is_last;
  };

  Result<void> write_texts(std::int64_t account, const std::vector<Judged>& judged) {
    std::vector<const findings::Assessed*> texts;
    std::vector<const findings::Assessed*> all;
    for (const Judged& one : judged) {
      for (const auto& assessed : one.texts) {
        if (result_.whole) all.push_back(assessed.get());
        // Whatever profile speaks of it, a vulnerability's text is the same.
        if (told_[account].insert(assessed->vulnerability.key).second)
          texts.push_back(assessed.get());
      }
    }
    if (texts.empty() && all.empty()) return ok();
    return estate_.store().write([&](store::Connection& to) -> Result<void> {
      std::vector<findings::VulnerabilityEntry> entries;
      entries.reserve(texts.size());
      for (const findings::Assessed* assessed : texts) entries.push_back(assessed->vulnerability);
      VIGIL_CHECK(store::update_vulnerabilities(to, account, entries));
      return store::complete_assessments(to, account, all);
    });
  }

  Result<void> write_parts(std::int64_t account, const std::vector<Part>& parts) {
    if (parts.empty()) return ok();
    Followed all;
    VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
      all = {};
      VIGIL_TRY(const auto target, store::setting(to, kTargetSetting));
      if (target != state_)
        return fail("newer intelligence is being applied", {}, {}, ErrorCode::Busy);
      std::uint64_t done = 0;
      for (const Part& part : parts) {
        VIGIL_TRY(const Followed one, follow_part(to, account, part));
        all.resources += one.resources;
        all.changes += one.changes;
        if (part.is_last) done = part.judged->profile;
      }
      if (!result_.whole || done == 0) return ok();
      return store::set_setting(to, kPositionSetting,
                                std::to_string(account) + " " + std::to_string(done));
    }));
    result_.resources += all.resources;
    result_.changes += all.changes;
    return ok();
  }

  Result<Followed> follow_part(store::Connection& to, std::int64_t account, const Part& part) {
    const Judged& judged = *part.judged;
    Follow what;
    what.account = account;
    what.profile = judged.profile;
    what.assessments = &judged.assessments;
    if (!result_.whole) what.vulnerabilities = &judged.vulnerabilities;
    what.coverage = coverage_of_system(judged.resource_type, judged.ecosystem, *after_);
    return follow(estate_, to, what, part.resources);
  }

  Estate& estate_;
  const std::shared_ptr<const intel::Snapshot> before_;
  const std::shared_ptr<const intel::Snapshot> after_;
  const std::function<bool()>& stop_;
  const std::string state_;
  const Clock::time_point start_ = Clock::now();
  Changed changed_;
  base::ThreadPool pool_;
  std::unordered_map<std::uint64_t, StoredPackage> packages_;  ///< of the account at work
  std::map<std::int64_t, std::unordered_set<std::uint64_t>> told_;
  Refreshed result_;
};

}  // namespace

Result<Refreshed> refresh(Estate& estate, const std::shared_ptr<const intel::Snapshot>& before,
                          const std::function<bool()>& stop) {
  const std::lock_guard lock(estate.maintenance());
  auto after = estate.intelligence();
  if (after == nullptr) return Refreshed{};
  return Refresh(estate, before, std::move(after), stop).run();
}

}  // namespace vigil::estate
