// ListFindings at millions of findings.
//
// A finding's row holds ids, a status and times; what filters and sorts ask stands in assessments,
// which all resources in equal circumstances share, and in resources: both tables are a hundredth of
// the findings' and carry counters. So a page is walked, not sorted: along the assessments (or
// resources, or findings) in the order of the sort by an index, passing over those that do not match or
// have no finding of the status that is wanted, in each along its findings by another index, until the
// page is full. A filter that names few rows is a lead instead: start from those (find_lead.h). What
// was chosen (find_plan.h) and the position of the last finding are the page's token.
#include "store/find.h"

#include <algorithm>

#include "store/find_plan.h"
#include "store/find_token.h"
#include "store/keys.h"

namespace vigil::store {
namespace {

constexpr std::size_t kLargestPage = 1000;

/// Orders that are portions one after another: accounts, or statuses and in each accounts.
std::vector<Search> portions_of(const Search& whole, SortField sort, bool descending) {
  if (whole.order.owner != SortOwner::Nothing) return {whole};
  std::vector<Search> portions;
  const auto add_accounts = [&](const std::vector<findings::Status>& statuses) {
    for (std::size_t i = 0; i < whole.accounts.size(); ++i) {
      Search portion = whole;
      portion.accounts = {whole.accounts[descending ? whole.accounts.size() - 1 - i : i]};
      portion.statuses = statuses;
      portion.portion = static_cast<std::uint32_t>(portions.size());
      portions.push_back(std::move(portion));
    }
  };
  if (sort != SortField::FindingStatus) {
    add_accounts(whole.statuses);
    return portions;
  }
  std::vector<findings::Status> statuses = whole.statuses;
  if (descending) std::ranges::reverse(statuses);
  for (const findings::Status status : statuses) add_accounts({status});
  return portions;
}

Result<Gathering> gather(Connection& from, const std::vector<Search>& portions, const Plan& plan,
                         const Position* after, std::size_t wanted, std::size_t budget) {
  Gathering all{.wanted = wanted, .budget = budget};
  for (std::size_t i = after != nullptr ? after->portion : 0; i < portions.size(); ++i) {
    const bool starts_inside = after != nullptr && after->portion == i;
    Gathering own{.wanted = wanted - all.hits.size(), .budget = budget - all.steps};
    VIGIL_CHECK(run(from, portions[i], plan, starts_inside ? after : nullptr, own));
    all.steps += own.steps;
    all.hits.insert(all.hits.end(), std::make_move_iterator(own.hits.begin()),
                    std::make_move_iterator(own.hits.end()));
    if (all.is_over()) break;
  }
  return all;
}

/// One finding with its texts. False if a part of it is not there.
Result<bool> load(Connection& from, std::int64_t account, std::int64_t resource,
                  std::int64_t vulnerability, FoundFinding& to) {
  bool is_found = false;
  VIGIL_CHECK(from.query(
      "SELECT f.status, f.first_observed, f.last_observed, f.updated, r.region, r.last_scanned, "
      "rb.body, a.type, a.severity, ab.body, vb.body "
      "FROM finding f CROSS JOIN resource r CROSS JOIN resource_body rb CROSS JOIN assessment a "
      "CROSS JOIN assessment_body ab CROSS JOIN vulnerability_body vb "
      "WHERE f.account = $1 AND f.resource = $2 AND f.vulnerability = $3 "
      "AND r.account = $4 AND r.id = $5 AND rb.account = $6 AND rb.id = $7 "
      "AND a.account = $8 AND a.id = f.assessment AND ab.account = $9 AND ab.id = f.assessment "
      "AND vb.account = $10 AND vb.id = $11",
      {account, resource, vulnerability, account, resource, account, resource, account, account,
       account, vulnerability},
      [&](const Row& row) {
        is_found = true;
        to.account = account;
        to.id = {key_from(resource), key_from(vulnerability)};
        to.state.status = static_cast<findings::Status>(row.integer(0));
        to.state.first_observed = row.integer(1);
        const bool is_closed = to.state.status == findings::Status::Closed;
        to.state.last_observed = row.integer(is_closed ? 2 : 5);
        to.state.updated = row.integer(3);
        to.region = row.text(4);
        to.resource_body = row.text(6);
        to.type = row.text(7);
        to.severity = static_cast<model::Severity>(row.integer(8));
        to.assessment_body = row.text(9);
        to.vulnerability_body = row.text(10);
        return false;
      }));
  return is_found;
}

}  // namespace

Result<FindPage> find_by_plan(Connection& from, const FindQuery& query, const Search& search,
                              const Choice& choice, const Position* after) {
  Search whole = search;
  if (walks_past_resources(choice.plan)) {
    VIGIL_TRY(whole.resources, few_resources(from, whole));
  }
  const auto portions = portions_of(whole, query.sort, query.descending);
  // One more than the page holds says whether another page follows.
  const std::size_t wanted = query.limit + 1;
  Plan plan = choice.plan;
  VIGIL_TRY(Gathering found, gather(from, portions, plan, after, wanted, choice.budget));
  if (found.is_spent() && !found.is_full()) {
    VIGIL_TRY(plan, plan_after_walk(from, whole, plan));
    constexpr auto kNoBudget = static_cast<std::size_t>(-1);
    VIGIL_TRY(found, gather(from, portions, plan, after, wanted, kNoBudget));
  }
  FindPage page;
  if (found.hits.size() > query.limit) {
    found.hits.resize(query.limit);
    page.next = encode_token({plan, found.hits.back().position}, query);
  }
  page.findings.reserve(found.hits.size());
  for (const Hit& hit : found.hits) {
    VIGIL_TRY(const bool is_found, load(from, hit.account, hit.resource, hit.vulnerability,
                                        page.findings.emplace_back()));
    if (!is_found) page.findings.pop_back();
  }
  return page;
}

Search search_of(const FindQuery& query) {
  Search search;
  search.query = &query;
  search.order = order_of(query.sort);
  search.parts = take_apart(query.filter);
  search.accounts = narrowed(query.accounts, query.filter);
  search.statuses = search.parts.statuses;
  return search;
}

Result<FindPage> find(Connection& from, const FindQuery& query) {
  if (query.limit == 0 || query.limit > kLargestPage) {
    return fail("a page holds 1 to " + std::to_string(kLargestPage) + " findings", "maxResults");
  }
  const Search whole = search_of(query);
  if (!query.after.empty()) {
    VIGIL_TRY(const FindToken token, decode_token(query.after, query));
    return find_by_plan(from, query, whole, {token.plan}, &token.last);
  }
  if (whole.accounts.empty() || whole.statuses.empty()) return FindPage{};
  VIGIL_TRY(const Choice choice, choose_plan(from, whole));
  return find_by_plan(from, query, whole, choice, nullptr);
}

Result<std::vector<FoundFinding>> find_by_id(Connection& from, std::int64_t account,
                                             std::span<const findings::FindingId> ids) {
  std::vector<FoundFinding> out;
  for (const findings::FindingId& id : ids) {
    FoundFinding found;
    VIGIL_TRY(const bool is_found,
              load(from, account, stored_key(id.resource), stored_key(id.vulnerability), found));
    if (is_found) out.push_back(std::move(found));
  }
  return out;
}

}  // namespace vigil::store
