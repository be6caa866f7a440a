// What requests ask of resources under names of their own: the members of aggregation requests
// ("amis", "repositories") and of CoverageFilterCriteria ("ecrImageTags"). Each is a field of the filter
// language, a column of resource, or a constant.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/result.h"
#include "findings/filter.h"
#include "store/sql_text.h"

namespace vigil::store {

struct ResourceMember {
  std::string_view name;
  std::string_view field;     ///< of findings/filter_fields.h; or
  std::string_view column;    ///< of resource; or
  std::string_view constant;  ///< what all resources have; or none of them: no resource has it
  std::span<const std::string_view> types;  ///< only resources of these have it; empty: all
};

/// The tests of a request.
struct ResourceTests {
  const std::map<std::string, std::vector<findings::StringTest>>& strings;
  const std::map<std::string, std::vector<findings::MapTest>>& maps;
  const std::map<std::string, std::vector<findings::RangeTest>>& ranges;
};

/// Appends them to an array, to tell requests apart.
void add_tests(base::JsonWriter& to, const ResourceTests& tests);

class ResourceFilter {
 public:
  /// Error Invalid if a test is of none of the members.
  static Result<ResourceFilter> make(std::span<const ResourceMember> members,
                                     const ResourceTests& tests);

  /// " AND (...)" for each test, on r.
  void add_to(SqlText& sql, std::int64_t account) const;
  [[nodiscard]] bool is_empty() const { return terms_.empty(); }

 private:
  struct Term {
    const ResourceMember* member;
    findings::Criterion criterion;
  };
  std::vector<Term> terms_;
};

}  // namespace vigil::store
