// Leads: criteria that name their rows by an index, so that a query can start from those few rows
// instead of walking everything in order.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/result.h"
#include "findings/filter.h"
#include "store/engine.h"
#include "store/sql_text.h"

namespace vigil::store {

/// What a lead names.
enum class LeadTable : std::uint8_t { Assessment, Resource, Finding };

/// Nothing if the criterion is no lead: it only excludes, or no index knows its values.
std::optional<LeadTable> lead_table(const findings::Criterion& criterion);

/// "SELECT ... AS id FROM ...": the ids of the assessments or resources it names, perhaps more than
/// fulfil it, each once. Not of LeadTable::Finding.
void add_lead(SqlText& sql, std::int64_t account, const findings::Criterion& criterion);

/// How many rows it names, counted up to `limit`.
Result<std::int64_t> count_lead(Connection& from, std::span<const std::int64_t> accounts,
                                const findings::Criterion& criterion, std::int64_t limit);

}  // namespace vigil::store
