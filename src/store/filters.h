// Saved filters and suppression rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

struct FilterRow {
  std::int64_t account = 0;
  std::uint64_t id = 0;
  std::string name;
  std::string action;    ///< "NONE", "SUPPRESS"
  std::string criteria;  ///< findings::filter_json
  std::string description;
  std::string reason;
  std::string owner;
  std::int64_t expires = 0;
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t hidden = 0;  ///< findings it suppresses now
};

/// Error Invalid if the name is taken.
Result<void> put_filter(Connection& to, const FilterRow& row, bool is_new);
Result<bool> delete_filter(Connection& to, std::int64_t account, std::uint64_t id);
Result<std::optional<FilterRow>> find_filter(Connection& from, std::int64_t account,
                                             std::uint64_t id);
/// By name; after `after_name`, at most `limit`. `action` empty: both.
Result<std::vector<FilterRow>> list_filters(Connection& from, std::int64_t account,
                                            std::string_view action, std::string_view after_name,
                                            std::size_t limit);
/// The rules that suppress now, oldest first: the first that matches hides a finding.
Result<std::vector<FilterRow>> suppression_rules(Connection& from, std::int64_t account,
                                                 std::int64_t now);
Result<std::int64_t> count_filters(Connection& from, std::int64_t account, std::string_view action);

}  // namespace vigil::store
