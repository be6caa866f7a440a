#include "estate/upgrade_list.h"

#include <algorithm>
#include <unordered_map>

#include "findings/upgrade_filter.h"
#include "store/fixables.h"

namespace vigil::estate {
namespace {

constexpr std::size_t kVulnerabilities = 10;  // values of a filter's field

/// Findings by vulnerability.
using Counts = std::unordered_map<std::uint64_t, std::int64_t>;

class Reader {
 public:
  Reader(store::Connection& from, std::int64_t account) : from_(from), account_(account) {}

  Result<std::vector<ListedUpgrade>> read(std::size_t limit, const findings::CleanVersion& clean) {
    VIGIL_TRY(stored_, store::fixables(from_, account_));
    auto all = findings::upgrades_of(stored_.fixables, findings::GroupBy::Target, clean);
    all.resize(std::min(all.size(), limit));
    std::vector<ListedUpgrade> out;
    for (findings::Upgrade& upgrade : all) {
      VIGIL_TRY(ListedUpgrade listed, list(std::move(upgrade)));
      out.push_back(std::move(listed));
    }
    return out;
  }

 private:
  Result<ListedUpgrade> list(findings::Upgrade upgrade) {
    Counts counts;
    for (const std::size_t member : upgrade.members)
      counts[stored_.vulnerabilities[member]] += stored_.fixables[member].findings;
    ListedUpgrade listed;
    VIGIL_CHECK(count_resources(upgrade, counts, listed));
    std::vector<std::string> names;
    if (counts.size() <= kVulnerabilities) {
      std::vector<std::uint64_t> keys;
      for (const auto& [key, findings] : counts) keys.push_back(key);
      VIGIL_TRY(names, store::vulnerability_names(from_, account_, keys));
    }
    listed.filter = findings::upgrade_filter(upgrade, names, listed.resource_id);
    listed.upgrade = std::move(upgrade);
    return listed;
  }

  /// A resource has one finding of a vulnerability, so the findings of the most widespread one are as many
  /// resources. Whoever lacks the target mostly lacks the newest fix, which makes this the number itself
  /// more often than not.
  Result<void> count_resources(const findings::Upgrade& upgrade, const Counts& counts,
                               ListedUpgrade& listed) {
    for (const auto& [key, findings] : counts)
      listed.resources = std::max(listed.resources, findings);
    const bool is_known = counts.size() == 1 && listed.resources > 1;
    if (is_known || upgrade.findings > left_) return ok();
    left_ -= upgrade.findings;
    std::vector<std::uint64_t> assessments;
    assessments.reserve(upgrade.members.size());
    for (const std::size_t member : upgrade.members)
      assessments.push_back(stored_.assessments[member]);
    VIGIL_TRY(store::Reach reach, store::reach(from_, account_, assessments));
    listed.resources = reach.resources;
    if (reach.resources == 1) listed.resource_id = std::move(reach.resource_id);
    return ok();
  }

  store::Connection& from_;
  const std::int64_t account_;
  store::Fixables stored_;
  std::int64_t left_ = kFindingsRead;
};

}  // namespace

Result<std::vector<ListedUpgrade>> list_upgrades(store::Connection& from, std::int64_t account,
                                                 std::size_t limit,
                                                 const findings::CleanVersion& clean) {
  return Reader(from, account).read(limit, clean);
}

}  // namespace vigil::estate
