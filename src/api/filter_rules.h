// What is common to making and changing filters: the rules beyond their shapes, and the tags by which
// AWS's clients reach what only Vigil's rules have, an owner and an end:
//
//   vigil:owner    a person or team who answers for the rule
//   vigil:expires  a date or time (RFC 3339) after which the rule hides nothing any more
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "api/operation.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "store/filters.h"

namespace vigil::api {

using Tags = std::map<std::string, std::string>;

/// 3 to 64 letters, digits, '.', '_' and '-' (the service's documentation; the shape allows more).
Outcome<void> check_filter_name(std::string_view name);

/// Suppression rules of one account (inspector.md 2.5).
inline constexpr std::int64_t kMostSuppressionRules = 500;
/// Tags of one resource.
inline constexpr std::size_t kMostTags = 50;

Tags tags_in(const base::Json& map);
/// BadRequestException for keys that are no tag keys, and for a vigil:expires that is no time.
Outcome<void> check_tags(const Tags& tags);
/// Sets the row's owner and end from all tags of the filter.
void apply_tags(const Tags& tags, store::FilterRow& row);

/// Brings the rules of the caller's account to its findings, for some seconds; what is left then is the
/// background's.
Outcome<void> follow_rules(const Call& call, std::int64_t account);

/// The members of a store's refusal to take a name twice, as the API says it.
ApiError name_is_taken(std::string_view name);

/// "tags": {...}; left out if there are none.
void write_tags(base::JsonWriter& json, const Tags& tags);

}  // namespace vigil::api
