#include "api/filter_rules.h"

#include <algorithm>
#include <chrono>

#include "api/patterns.h"
#include "base/text.h"
#include "base/time.h"
#include "estate/rules.h"

namespace vigil::api {
namespace {

constexpr std::string_view kOwner = "vigil:owner";
constexpr std::string_view kExpires = "vigil:expires";
// A client waits; the AWS clients give up after a minute.
constexpr std::chrono::seconds kPatience(5);

}  // namespace

Outcome<void> check_filter_name(std::string_view name) {
  const bool readable = std::ranges::all_of(
      name, [](char c) { return base::is_alnum(c) || c == '.' || c == '_' || c == '-'; });
  if (readable && name.size() >= 3 && name.size() <= 64) return {};
  return tl::unexpected(
      field_error("name",
                  "Value at 'name' failed to satisfy constraint: Member must have 3 to 64 "
                  "letters, digits, dots, underscores and dashes"));
}

Tags tags_in(const base::Json& map) {
  Tags tags;
  for (const auto& [key, value] : map.members()) tags.emplace(key, value.text());
  return tags;
}

Outcome<void> check_tags(const Tags& tags) {
  if (tags.size() > kMostTags) {
    return tl::unexpected(bad_request("A resource has at most 50 tags."));
  }
  const Pattern* key_pattern = find_pattern("tag-key");
  for (const auto& [key, value] : tags) {
    if (!key_pattern->matches(key)) {
      return tl::unexpected(bad_request("Not the key of a tag: '" + key + "'"));
    }
  }
  if (const auto expires = tags.find(std::string(kExpires)); expires != tags.end()) {
    if (!base::parse_time(expires->second)) {
      return tl::unexpected(
          bad_request("The tag vigil:expires is a date or time such as 2027-01-31 or "
                      "2027-01-31T12:00:00Z."));
    }
  }
  return {};
}

void apply_tags(const Tags& tags, store::FilterRow& row) {
  const auto owner = tags.find(std::string(kOwner));
  row.owner = owner == tags.end() ? "" : owner->second;
  const auto expires = tags.find(std::string(kExpires));
  row.expires = expires == tags.end() ? 0 : base::parse_time(expires->second).value_or(0);
}

Outcome<void> follow_rules(const Call& call, std::int64_t account) {
  VIGIL_CHECK(or_internal(estate::apply_rules(call.estate, account, kPatience)));
  return {};
}

ApiError name_is_taken(std::string_view name) {
  return field_error("name", "A filter of the name '" + std::string(name) + "' already exists");
}

void write_tags(base::JsonWriter& json, const Tags& tags) {
  if (tags.empty()) return;
  json.key("tags").begin_object();
  for (const auto& [key, value] : tags) json.member(key, value);
  json.end_object();
}

}  // namespace vigil::api
