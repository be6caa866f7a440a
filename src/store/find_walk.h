// Walking findings in an order, from a position on: what the plans of ListFindings are made of.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "store/engine.h"
#include "store/find.h"
#include "store/find_order.h"
#include "store/sql_filter.h"

namespace vigil::store {

/// What every part of a query needs to know of it.
struct Search {
  const FindQuery* query = nullptr;
  Order order;
  FilterParts parts;
  std::vector<std::int64_t> accounts;  ///< those of this portion
  std::vector<findings::Status> statuses;
  std::uint32_t portion = 0;
  /// Where the resources that match are few: their ids by account, so that a walk along other tables
  /// need not ask the database about each.
  std::shared_ptr<const std::map<std::int64_t, std::unordered_set<std::int64_t>>> resources;

  [[nodiscard]] bool may_be_on(std::int64_t account, std::int64_t resource) const {
    return !resources || resources->at(account).contains(resource);
  }
  [[nodiscard]] bool descending() const { return query->descending; }
};

/// A finding that matches.
struct Hit {
  Position position;
  std::int64_t account = 0;
  std::int64_t resource = 0;
  std::int64_t vulnerability = 0;
  std::int64_t assessment = 0;
  findings::Status status = findings::Status::Active;
};

/// Takes hits until there are enough, counts the rows looked at and gives up beyond a budget.
struct Gathering {
  std::size_t wanted = 0;
  std::size_t budget = static_cast<std::size_t>(-1);
  std::vector<Hit> hits;
  std::size_t steps = 0;
  [[nodiscard]] bool is_full() const { return hits.size() >= wanted; }
  [[nodiscard]] bool is_spent() const { return steps >= budget; }
  [[nodiscard]] bool is_over() const { return is_full() || is_spent(); }
};

/// One assessment or resource to look for findings in.
struct Outer {
  Position position;                 ///< up to `outer`
  std::vector<std::int64_t> counts;  ///< of an assessment its findings by status
};
/// Assessments or resources that match, in order.
class OuterStream {
 public:
  virtual ~OuterStream() = default;
  /// Nothing at the end.
  virtual Result<std::optional<Outer>> next() = 0;
};

enum class WalkTable : std::uint8_t { Assessment, Resource };

/// Walks the table of all accounts of the search by its order, from `after` on, which is included:
/// findings may be left in it.
std::unique_ptr<OuterStream> walk_table(Connection& from, const Search& search, WalkTable table,
                                        const Position* after);
/// The same from those the lead names, sorted here.
Result<std::unique_ptr<OuterStream>> walk_lead(Connection& from, const Search& search,
                                               WalkTable table, const findings::Criterion& lead,
                                               const Position* after);

/// The findings of each outer row.
Result<void> walk_findings_of(Connection& from, const Search& search, WalkTable table,
                              OuterStream& outer, const Position* after, Gathering& to);

/// Findings by one of their own columns that have an index, within the range of `lead` if there is
/// one.
Result<void> walk_findings(Connection& from, const Search& search, std::string_view column,
                           const findings::Criterion* lead, const Position* after, Gathering& to);

/// By last observation: open findings along their resources, closed ones by their own time.
Result<void> walk_last_observed(Connection& from, const Search& search, const Position* after,
                                Gathering& to);

/// All findings of the assessments or resources that match (and that `lead` names, if there is one),
/// sorted by the database.
Result<void> collect_findings(Connection& from, const Search& search, WalkTable table,
                              const findings::Criterion* lead, const Position* after,
                              Gathering& to);
/// The same of findings in the range of `lead`.
Result<void> collect_range(Connection& from, const Search& search, const findings::Criterion& lead,
                           const Position* after, Gathering& to);

}  // namespace vigil::store
