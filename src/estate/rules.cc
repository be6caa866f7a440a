#include "estate/rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/hash.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "base/text.h"
#include "estate/rule_set.h"
#include "findings/identity.h"
#include "store/accounts.h"
#include "store/filters.h"
#include "store/find.h"
#include "store/findings.h"
#include "store/walk.h"

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;
using findings::FindingId;

/// Findings per transaction. A rule is asked about a page by the ARNs of its findings.
constexpr std::size_t kPage = 200;

/// Rule -> digest of what it says.
using Applied = std::map<std::uint64_t, std::string>;

std::string setting_of(std::int64_t account) {
  return "rules.applied." + store::account_digits(account);
}

Applied parse_applied(std::string_view json) {
  Applied applied;
  base::JsonParser parser;
  const auto stored = parser.parse(json);
  if (!stored) return applied;
  for (const auto& [id, digest] : stored->members()) {
    if (const auto number = base::parse_unsigned(id)) applied.emplace(*number, digest.text());
  }
  return applied;
}

std::string applied_json(const Applied& applied) {
  base::JsonWriter json;
  json.begin_object();
  for (const auto& [id, digest] : applied) json.member(std::to_string(id), digest);
  return json.end_object().take();
}

bool less(const FindingId& a, const FindingId& b) {
  return std::pair(a.resource, a.vulnerability) < std::pair(b.resource, b.vulnerability);
}

class Application {
 public:
  Application(Estate& estate, std::int64_t account, std::chrono::milliseconds budget)
      : estate_(estate),
        account_(account),
        until_(Clock::now() + budget),
        arn_field_(findings::filter_field("findingArn").value()),
        status_field_(findings::filter_field("findingStatus").value()) {}

  Result<RulesApplied> run() {
    std::set<std::uint64_t> released;
    std::set<std::uint64_t> added;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      released.clear();
      added.clear();
      VIGIL_TRY(const Applied applied, applied_in(from));
      VIGIL_TRY(const Applied wanted, wanted_in(from));
      for (const auto& [id, digest] : applied) {
        const auto at = wanted.find(id);
        if (at == wanted.end() || at->second != digest) released.insert(id);
      }
      for (const auto& [id, digest] : wanted) {
        const auto at = applied.find(id);
        if (at == applied.end() || at->second != digest) added.insert(id);
      }
      return ok();
    }));
    for (const std::uint64_t rule : released) VIGIL_CHECK(release(rule));
    for (const std::uint64_t rule : added) VIGIL_CHECK(add(rule));
    return result_;
  }

 private:
  [[nodiscard]] bool is_over() {
    if (Clock::now() >= until_) result_.complete = false;
    return !result_.complete;
  }

  Result<Applied> applied_in(store::Connection& from) const {
    VIGIL_TRY(const auto stored, store::setting(from, setting_of(account_)));
    return stored ? parse_applied(*stored) : Applied{};
  }

  /// The rules in force with what they say, and with their place: the oldest that matches hides.
  Result<Applied> wanted_in(store::Connection& from) const {
    VIGIL_TRY(const auto rows, store::suppression_rules(from, account_, estate_.now()));
    Applied wanted;
    for (const store::FilterRow& row : rows)
      wanted.emplace(row.id, base::hex(base::xxh3_128(row.criteria)));
    return wanted;
  }

  Result<void> note(store::Connection& to, std::uint64_t rule, const std::string* digest) const {
    VIGIL_TRY(Applied applied, applied_in(to));
    applied.erase(rule);
    if (digest != nullptr) applied.emplace(rule, *digest);
    return store::set_setting(to, setting_of(account_), applied_json(applied));
  }

  /// Everything the rule hides is asked anew: it may still match, or another rule may, or none.
  Result<void> release(std::uint64_t rule) {
    FindingId after;
    after.resource = after.vulnerability = store::kFirstVulnerability;  // the lowest key there is
    for (bool more = true; more;) {
      if (is_over()) return ok();
      RulesApplied page;
      FindingId last;
      VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
        page = {};
        VIGIL_TRY(std::vector<FindingId> ids,
                  store::findings_of_rule(to, account_, rule, after, kPage));
        more = ids.size() == kPage;
        if (!ids.empty()) last = ids.back();
        if (!more) VIGIL_CHECK(note(to, rule, nullptr));
        VIGIL_TRY(const RuleSet rules, RuleSet::load(to, account_, estate_.now()));
        return move(to, std::move(ids), rules, page);
      }));
      after = last;
      take(page);
    }
    return ok();
  }

  /// What is ACTIVE and matches is suppressed; a page that was is not found again.
  Result<void> add(std::uint64_t rule) {
    for (bool more = true; more;) {
      if (is_over()) return ok();
      RulesApplied page;
      VIGIL_CHECK(estate_.store().write([&](store::Connection& to) -> Result<void> {
        page = {};
        VIGIL_TRY(const auto row, store::find_filter(to, account_, rule));
        VIGIL_TRY(const RuleSet rules, RuleSet::load(to, account_, estate_.now()));
        const auto in_force = std::ranges::find(rules.rules(), rule, &SuppressionRule::id);
        more = row && in_force != rules.rules().end();
        std::vector<FindingId> ids;
        if (more) {
          VIGIL_TRY(ids, active_matches(to, in_force->filter));
        }
        more = ids.size() == kPage;
        if (!more && row) {
          const std::string digest = base::hex(base::xxh3_128(row->criteria));
          VIGIL_CHECK(note(to, rule, &digest));
        }
        VIGIL_CHECK(suppress(to, ids, rule, page));
        if (more && page.suppressed == 0)
          return fail("a rule finds findings it does not hide", row->name);
        return ok();
      }));
      take(page);
    }
    return ok();
  }

  void take(const RulesApplied& page) {
    result_.suppressed += page.suppressed;
    result_.unsuppressed += page.unsuppressed;
  }

  Result<std::vector<FindingId>> active_matches(store::Connection& from,
                                                const findings::Filter& filter) const {
    store::FindQuery query;
    query.accounts = {account_};
    query.filter = filter;
    findings::Criterion active;
    active.field = status_field_;
    active.strings.push_back({findings::Comparison::Equals, "ACTIVE"});
    query.filter.criteria.push_back(std::move(active));
    query.limit = kPage;
    return matches(from, query);
  }

  static Result<std::vector<FindingId>> matches(store::Connection& from,
                                                const store::FindQuery& query) {
    VIGIL_TRY(const store::FindPage page, store::find(from, query));
    std::vector<FindingId> ids;
    ids.reserve(page.findings.size());
    for (const store::FoundFinding& found : page.findings) ids.push_back(found.id);
    std::sort(ids.begin(), ids.end(), less);
    return ids;
  }

  /// Gives each finding to the first rule that matches it, or to none.
  Result<void> move(store::Connection& to, std::vector<FindingId> ids, const RuleSet& rules,
                    RulesApplied& page) {
    std::sort(ids.begin(), ids.end(), less);
    for (const SuppressionRule& rule : rules.rules()) {
      if (ids.empty()) break;
      VIGIL_TRY(const std::vector<FindingId> taken, matches_among(to, rule.filter, ids));
      VIGIL_CHECK(suppress(to, taken, rule.id, page));
      std::erase_if(ids, [&](const FindingId& id) {
        return std::binary_search(taken.begin(), taken.end(), id, less);
      });
    }
    return change(to, ids, 0, page);
  }

  /// Which of the findings a rule matches. A rule about findingArn itself is asked beside its page.
  Result<std::vector<FindingId>> matches_among(store::Connection& from,
                                               const findings::Filter& filter,
                                               const std::vector<FindingId>& ids) {
    store::FindQuery query;
    query.accounts = {account_};
    query.filter = filter;
    query.limit = ids.size();
    VIGIL_TRY(findings::Criterion these, criterion_of(from, ids));
    const auto own =
        std::ranges::find(query.filter.criteria, arn_field_, &findings::Criterion::field);
    if (own != query.filter.criteria.end()) {
      const findings::Filter by_arn{{*own}};
      std::erase_if(these.strings, [&](const findings::StringTest& test) {
        findings::FilterSubject subject;
        subject.attributes.push_back({arn_field_, {}, test.value, {}, {}});
        return !findings::matches(by_arn, subject);
      });
      query.filter.criteria.erase(own);
    }
    if (these.strings.empty()) return std::vector<FindingId>{};
    query.filter.criteria.push_back(std::move(these));
    return matches(from, query);
  }

  Result<findings::Criterion> criterion_of(store::Connection& from,
                                           const std::vector<FindingId>& ids) {
    findings::Criterion criterion;
    criterion.field = arn_field_;
    const std::string account = store::account_digits(account_);
    for (const FindingId& id : ids) {
      auto at = regions_.find(id.resource);
      if (at == regions_.end()) {
        VIGIL_TRY(const auto row, store::find_resource(from, account_, id.resource));
        at = regions_.emplace(id.resource, row ? row->region : std::string()).first;
      }
      criterion.strings.push_back(
          {findings::Comparison::Equals, findings::finding_arn(at->second, account, id)});
    }
    return criterion;
  }

  Result<void> suppress(store::Connection& to, const std::vector<FindingId>& ids,
                        std::uint64_t rule, RulesApplied& page) {
    return change(to, ids, rule, page);
  }

  /// `ids` ascending. Rule 0: none.
  Result<void> change(store::Connection& to, const std::vector<FindingId>& ids, std::uint64_t rule,
                      RulesApplied& page) const {
    std::vector<store::ResourceChanges> changes;
    for (std::size_t at = 0; at < ids.size();) {
      const std::uint64_t resource = ids[at].resource;
      std::vector<std::uint64_t> vulnerabilities;
      for (; at < ids.size() && ids[at].resource == resource; ++at)
        vulnerabilities.push_back(ids[at].vulnerability);
      VIGIL_TRY(const auto known, store::some_findings_of(to, account_, resource, vulnerabilities));
      store::ResourceChanges of{resource, {}};
      for (const findings::Known& finding : known) {
        if (finding.status == findings::Status::Closed || finding.rule == rule) continue;
        of.changes.push_back(change_of(finding, rule, page));
      }
      if (!of.changes.empty()) changes.push_back(std::move(of));
    }
    return store::apply_changes(to, account_, changes, estate_.now());
  }

  findings::Change change_of(const findings::Known& before, std::uint64_t rule,
                             RulesApplied& page) const {
    findings::Change change{findings::ChangeKind::Suppress, before, before};
    change.after.rule = rule;
    change.after.status = rule == 0 ? findings::Status::Active : findings::Status::Suppressed;
    if (rule == 0) change.kind = findings::ChangeKind::Unsuppress;
    // That another rule takes over is nobody's news (findings/reconcile.h).
    if (change.after.status != before.status) {
      change.after.updated = estate_.now();
      ++(rule == 0 ? page.unsuppressed : page.suppressed);
    }
    return change;
  }

  Estate& estate_;
  const std::int64_t account_;
  const Clock::time_point until_;
  const std::uint16_t arn_field_;
  const std::uint16_t status_field_;
  std::unordered_map<std::uint64_t, std::string> regions_;
  RulesApplied result_;
};

}  // namespace

Result<RulesApplied> apply_rules(Estate& estate, std::int64_t account,
                                 std::chrono::milliseconds budget) {
  const std::lock_guard lock(estate.maintenance());
  return Application(estate, account, budget).run();
}

}  // namespace vigil::estate
