#include "store/resource_filter.h"

#include <algorithm>

#include "store/sql_compare.h"
#include "store/sql_filter.h"

namespace vigil::store {
namespace {

/// A column of resource is a text, or a time in whole seconds.
void add_column(SqlText& sql, std::string_view column, const findings::Criterion& tests) {
  sql.add("1 = 1");
  if (has_positive(tests.strings)) {
    sql.add(" AND ");
    add_positive(sql, column, tests.strings, Empty::NoValue);
  }
  if (has_negative(tests.strings)) {
    sql.add(" AND NOT (");
    add_named(sql, column, tests.strings, Empty::NoValue);
    sql.add(")");
  }
  if (!tests.ranges.empty()) {
    sql.add(" AND ");
    // 0 is "never".
    sql.add(column).add(" > 0 AND ");
    add_ranges(sql, column, tests.ranges, Numbers::Integer);
  }
}

}  // namespace

void add_tests(base::JsonWriter& to, const ResourceTests& tests) {
  const auto bound = [&](const std::optional<double>& value) {
    if (value) {
      to.value(*value);
    } else {
      to.null();
    }
  };
  const auto add_each = [&](const auto& members, const auto& add) {
    for (const auto& [name, values] : members) {
      to.value(name).begin_array();
      for (const auto& value : values) add(value);
      to.end_array();
    }
  };
  add_each(tests.strings, [&](const findings::StringTest& test) {
    to.value(static_cast<int>(test.comparison)).value(test.value);
  });
  add_each(tests.maps, [&](const findings::MapTest& test) {
    to.value(test.key);
    if (test.value) {
      to.value(*test.value);
    } else {
      to.null();
    }
  });
  add_each(tests.ranges, [&](const findings::RangeTest& test) {
    bound(test.lower);
    bound(test.upper);
  });
}

Result<ResourceFilter> ResourceFilter::make(std::span<const ResourceMember> members,
                                            const ResourceTests& tests) {
  ResourceFilter out;
  const auto term_of = [&](std::string_view name) -> Result<Term*> {
    const auto found = std::ranges::find(members, name, &ResourceMember::name);
    if (found == members.end()) return fail("unknown filter", std::string(name));
    Term& term = out.terms_.emplace_back();
    term.member = &*found;
    if (!found->field.empty()) term.criterion.field = findings::filter_field(found->field).value();
    return &term;
  };
  for (const auto& [name, values] : tests.strings) {
    if (values.empty()) continue;
    VIGIL_TRY(Term* const term, term_of(name));
    term->criterion.strings = values;
  }
  for (const auto& [name, values] : tests.maps) {
    if (values.empty()) continue;
    VIGIL_TRY(Term* const term, term_of(name));
    term->criterion.maps = values;
  }
  for (const auto& [name, values] : tests.ranges) {
    if (values.empty()) continue;
    VIGIL_TRY(Term* const term, term_of(name));
    term->criterion.ranges = values;
  }
  return out;
}

void ResourceFilter::add_to(SqlText& sql, std::int64_t account) const {
  for (const Term& term : terms_) {
    const ResourceMember& member = *term.member;
    const bool only_negative =
        !term.criterion.strings.empty() && !has_positive(term.criterion.strings);
    if (!member.field.empty()) {
      if (member.types.empty()) {
        add_conditions(sql, account, {&term.criterion}, kOfResource);
        continue;
      }
      // What is asked of another type of resource has no value.
      sql.add(only_negative ? " AND (r.type NOT IN (" : " AND (r.type IN (");
      for (std::size_t i = 0; i < member.types.size(); ++i) {
        sql.add(i > 0 ? ", " : "").bind(member.types[i]);
      }
      sql.add(only_negative ? ") OR (1 = 1" : ") AND (1 = 1");
      add_conditions(sql, account, {&term.criterion}, kOfResource);
      sql.add("))");
    } else if (!member.column.empty()) {
      sql.add(" AND (");
      add_column(sql, "r." + std::string(member.column), term.criterion);
      sql.add(")");
    } else if (!member.constant.empty()) {
      if (!holds(term.criterion.strings, member.constant)) sql.add(" AND 1 = 0");
    } else if (!only_negative) {
      sql.add(" AND 1 = 0");
    }
  }
}

}  // namespace vigil::store
