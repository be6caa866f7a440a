#include "store/find_plan.h"

#include <algorithm>
#include <optional>

#include "store/find_lead.h"

namespace vigil::store {
namespace {

using findings::Criterion;

// Rows a lead may name to be worth sorting here, at each page anew.
constexpr std::int64_t kFewAssessments = 300;
constexpr std::int64_t kFewResources = 1'024;
constexpr std::int64_t kFewFindings = 10'000;
// Findings that are collected and sorted before any walk is tried, and after one was given up.
constexpr std::int64_t kCollectAtOnce = 1'500;
constexpr std::int64_t kCollectAtAll = 100'000;
// Findings that are collected from an index alone.
constexpr std::int64_t kCollectFromIndex = 20'000;
// Rows a walk may look at for a page before something else is thought of: where the database decides
// about each, and where it is decided here.
constexpr std::size_t kWalkBudget = 2'500;
constexpr std::size_t kQuickWalkBudget = 20'000;

const Criterion* lead_of(const Search& search, const Plan& plan) {
  if (plan.lead == kNoLead) return nullptr;
  return &search.query->filter.criteria[plan.lead];
}

/// A lead with the number of findings it leads to, as far as counters tell.
struct Led {
  std::uint16_t lead = kNoLead;
  std::int64_t rows = 0;
  std::int64_t findings = 0;
};
struct Leads {
  std::optional<Led> assessments, resources, findings;

  /// The one of resources and dates (and of assessments) that leads to the fewest.
  [[nodiscard]] std::optional<Plan> cheapest(bool with_assessments, std::int64_t most) const {
    std::optional<Plan> plan;
    const auto offer = [&](const std::optional<Led>& led, Drive drive) {
      if (!led || led->findings > most) return;
      most = led->findings;
      plan = Plan{drive, led->lead};
    };
    if (findings && findings->rows <= kFewFindings) offer(findings, Drive::CollectFindings);
    offer(resources, Drive::CollectResources);
    if (with_assessments) offer(assessments, Drive::CollectAssessments);
    return plan;
  }
};

Result<std::int64_t> sum(Connection& from, const SqlText& sql) {
  std::int64_t out = 0;
  VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
    out = row.integer(0);
    return false;
  }));
  return out;
}

/// Findings of the wanted statuses of the assessments that match.
Result<std::int64_t> findings_of_assessments(Connection& from, const Search& search,
                                             const Criterion* lead) {
  static constexpr std::string_view kCounts[] = {" + a.active", " + a.suppressed", " + a.closed"};
  std::int64_t total = 0;
  for (const std::int64_t account : search.accounts) {
    SqlText sql("SELECT SUM(0");
    for (const auto status : search.statuses) sql.add(kCounts[static_cast<std::size_t>(status)]);
    sql.add(") FROM ");
    if (lead != nullptr) {
      sql.add("(");
      add_lead(sql, account, *lead);
      sql.add(") w CROSS JOIN ");
    }
    sql.add("assessment a WHERE a.account = ").bind(account);
    if (lead != nullptr) sql.add(" AND a.id = w.id");
    add_conditions(sql, account, search.parts.assessment, kOfAssessment);
    VIGIL_TRY(const std::int64_t found, sum(from, sql));
    total += found;
  }
  return total;
}

/// Of the ACTIVE ones; what is suppressed or closed of a resource is not counted.
Result<std::int64_t> findings_of_resources(Connection& from, const Search& search,
                                           const Criterion& lead) {
  std::int64_t total = 0;
  for (const std::int64_t account : search.accounts) {
    SqlText sql(
        "SELECT SUM(r.critical + r.high + r.medium + r.low + r.informational + r.untriaged) FROM "
        "(");
    add_lead(sql, account, lead);
    sql.add(") w CROSS JOIN resource r WHERE r.account = ").bind(account).add(" AND r.id = w.id");
    add_conditions(sql, account, search.parts.resource, kOfResource);
    VIGIL_TRY(const std::int64_t found, sum(from, sql));
    total += found;
  }
  return total;
}

std::int64_t few(LeadTable table) {
  switch (table) {
    case LeadTable::Assessment:
      return kFewAssessments;
    case LeadTable::Resource:
      return kFewResources;
    case LeadTable::Finding:
      return kFewFindings;
  }
  return 0;
}

Result<Leads> leads_of(Connection& from, const Search& search) {
  Leads leads;
  const auto& criteria = search.query->filter.criteria;
  for (std::size_t i = 0; i < criteria.size() && i < kNoLead; ++i) {
    const auto table = lead_table(criteria[i]);
    if (!table) continue;
    VIGIL_TRY(const std::int64_t rows,
              count_lead(from, search.accounts, criteria[i], few(*table) + 1));
    // Along dates there may be many: the walk is the same.
    if (rows > few(*table) && *table != LeadTable::Finding) continue;
    std::optional<Led>& best = *table == LeadTable::Assessment ? leads.assessments
                               : *table == LeadTable::Resource ? leads.resources
                                                               : leads.findings;
    if (!best || rows < best->rows) best = Led{static_cast<std::uint16_t>(i), rows, rows};
  }
  if (leads.assessments) {
    VIGIL_TRY(leads.assessments->findings,
              findings_of_assessments(from, search, &criteria[leads.assessments->lead]));
  }
  if (leads.resources) {
    VIGIL_TRY(leads.resources->findings,
              findings_of_resources(from, search, criteria[leads.resources->lead]));
  }
  return leads;
}

Choice in_any_order(const Leads& leads) {
  std::int64_t least = kCollectAtAll;
  Choice choice;
  const auto offer = [&](const std::optional<Led>& led, Drive drive) {
    if (!led || led->findings > least) return;
    least = led->findings;
    choice.plan = Plan{drive, led->lead};
  };
  offer(leads.assessments, Drive::WalkLedAssessments);
  offer(leads.findings, Drive::WalkFindings);
  offer(leads.resources, Drive::WalkLedResources);
  return choice;
}

/// The walk that gives the order by itself.
Plan walk_of(const Search& search, const Leads& leads) {
  switch (search.order.owner) {
    case SortOwner::Nothing:
    case SortOwner::Assessment:
    case SortOwner::Vulnerability:
    case SortOwner::AssessmentAttribute:
      if (leads.assessments) return {Drive::WalkLedAssessments, leads.assessments->lead};
      return {Drive::WalkAssessments};
    case SortOwner::ResourceAttribute:
      if (leads.resources) return {Drive::WalkLedResources, leads.resources->lead};
      return {Drive::WalkResources};
    case SortOwner::Finding:
      return {Drive::WalkFindings};
    case SortOwner::LastObserved:
      return {Drive::WalkLastObserved};
  }
  return {};
}

/// Do all rows along this walk match?
bool finds_all(const Search& search, const Plan& walk) {
  if (!search.parts.finding.empty()) return false;
  const bool along_assessments =
      walk.drive == Drive::WalkAssessments || walk.drive == Drive::WalkLedAssessments;
  if (along_assessments) return search.parts.resource.empty();
  return search.parts.assessment.empty() && search.statuses.size() == 3 &&
         (walk.drive != Drive::WalkFindings || search.parts.resource.empty());
}

/// The one whose findings assessments would have to be looked through for a resource's sort.
bool sorts_by_assessment(const Search& search) {
  return search.order.owner == SortOwner::Assessment ||
         search.order.owner == SortOwner::Vulnerability ||
         search.order.owner == SortOwner::AssessmentAttribute;
}

}  // namespace

bool is_possible(const Plan& plan, const FindQuery& query) {
  const SortOwner owner = order_of(query.sort).owner;
  std::optional<LeadTable> lead;
  if (plan.lead != kNoLead) {
    if (plan.lead >= query.filter.criteria.size()) return false;
    lead = lead_table(query.filter.criteria[plan.lead]);
    if (!lead) return false;
  }
  const bool any = owner == SortOwner::Nothing;
  const bool by_assessment = any || owner == SortOwner::Assessment ||
                             owner == SortOwner::Vulnerability ||
                             owner == SortOwner::AssessmentAttribute;
  const bool by_resource = any || owner == SortOwner::ResourceAttribute;
  switch (plan.drive) {
    case Drive::WalkAssessments:
      return by_assessment && !lead;
    case Drive::WalkLedAssessments:
      return by_assessment && lead == LeadTable::Assessment;
    case Drive::WalkResources:
      return by_resource && !lead;
    case Drive::WalkLedResources:
      return by_resource && lead == LeadTable::Resource;
    case Drive::WalkFindings:
      return (owner == SortOwner::Finding && !lead) || (any && lead == LeadTable::Finding);
    case Drive::WalkLastObserved:
      return owner == SortOwner::LastObserved && !lead;
    case Drive::CollectAssessments:
      return !lead || lead == LeadTable::Assessment;
    case Drive::CollectResources:
      return !lead || lead == LeadTable::Resource;
    case Drive::CollectFindings:
      return lead == LeadTable::Finding;
  }
  return false;
}

bool walks_past_resources(const Plan& plan) {
  return plan.drive == Drive::WalkAssessments || plan.drive == Drive::WalkLedAssessments ||
         plan.drive == Drive::WalkFindings;
}

Result<std::shared_ptr<const std::map<std::int64_t, std::unordered_set<std::int64_t>>>>
few_resources(Connection& from, const Search& search) {
  const Criterion* lead = nullptr;
  std::int64_t least = kFewResources;
  for (const Criterion& criterion : search.query->filter.criteria) {
    if (lead_table(criterion) != LeadTable::Resource) continue;
    VIGIL_TRY(const std::int64_t rows, count_lead(from, search.accounts, criterion, least + 1));
    if (rows > least) continue;
    least = rows;
    lead = &criterion;
  }
  if (lead == nullptr) return nullptr;
  auto out = std::make_shared<std::map<std::int64_t, std::unordered_set<std::int64_t>>>();
  for (const std::int64_t account : search.accounts) {
    auto& ids = (*out)[account];
    SqlText sql("SELECT r.id FROM (");
    add_lead(sql, account, *lead);
    sql.add(") w CROSS JOIN resource r WHERE r.account = ").bind(account).add(" AND r.id = w.id");
    add_conditions(sql, account, search.parts.resource, kOfResource);
    VIGIL_CHECK(from.query(sql.text(), sql.values(), [&](const Row& row) {
      ids.insert(row.integer(0));
      return true;
    }));
  }
  return out;
}

Result<Choice> choose_plan(Connection& from, const Search& search) {
  VIGIL_TRY(const Leads leads, leads_of(from, search));
  if (search.order.owner == SortOwner::Nothing) return in_any_order(leads);
  Choice choice;
  choice.plan = walk_of(search, leads);
  if (finds_all(search, choice.plan)) return choice;
  const bool with_assessments = !sorts_by_assessment(search);
  const bool from_index = search.order.owner == SortOwner::Finding && leads.assessments &&
                          search.parts.resource.empty() && search.parts.finding.empty();
  std::int64_t most = from_index ? kCollectFromIndex : kCollectAtOnce;
  // The few assessments that are walked have not many findings either.
  if (!with_assessments && leads.assessments) most = std::min(most, leads.assessments->findings);
  if (const auto plan = leads.cheapest(with_assessments, most)) {
    choice.plan = *plan;
  } else {
    const bool is_quick = leads.resources && walks_past_resources(choice.plan) &&
                          search.parts.finding.empty() && choice.plan.drive != Drive::WalkFindings;
    choice.budget = is_quick ? kQuickWalkBudget : kWalkBudget;
  }
  return choice;
}

Result<Plan> plan_after_walk(Connection& from, const Search& search, const Plan& walk) {
  VIGIL_TRY(const Leads leads, leads_of(from, search));
  const bool with_assessments = !sorts_by_assessment(search);
  if (const auto plan = leads.cheapest(with_assessments, kCollectAtAll)) return *plan;
  if (!with_assessments) return walk;
  VIGIL_TRY(const std::int64_t found, findings_of_assessments(from, search, nullptr));
  return found <= kCollectAtAll ? Plan{Drive::CollectAssessments} : walk;
}

Result<void> run(Connection& from, const Search& search, const Plan& plan, const Position* after,
                 Gathering& to) {
  const Criterion* lead = lead_of(search, plan);
  const auto walk = [&](WalkTable table) -> Result<void> {
    const auto outer = walk_table(from, search, table, after);
    return walk_findings_of(from, search, table, *outer, after, to);
  };
  const auto walk_led = [&](WalkTable table) -> Result<void> {
    VIGIL_TRY(const auto outer, walk_lead(from, search, table, *lead, after));
    return walk_findings_of(from, search, table, *outer, after, to);
  };
  switch (plan.drive) {
    case Drive::WalkAssessments:
      return walk(WalkTable::Assessment);
    case Drive::WalkLedAssessments:
      return walk_led(WalkTable::Assessment);
    case Drive::WalkResources:
      return walk(WalkTable::Resource);
    case Drive::WalkLedResources:
      return walk_led(WalkTable::Resource);
    case Drive::WalkFindings: {
      const std::string_view column =
          lead != nullptr ? findings::filter_fields()[lead->field].column : search.order.column;
      return walk_findings(from, search, column, lead, after, to);
    }
    case Drive::WalkLastObserved:
      return walk_last_observed(from, search, after, to);
    case Drive::CollectAssessments:
      return collect_findings(from, search, WalkTable::Assessment, lead, after, to);
    case Drive::CollectResources:
      return collect_findings(from, search, WalkTable::Resource, lead, after, to);
    case Drive::CollectFindings:
      return collect_range(from, search, *lead, after, to);
  }
  return ok();
}

}  // namespace vigil::store
