#include "api/input.h"

#include <algorithm>
#include <vector>

#include "base/json_writer.h"
#include "base/percent.h"
#include "base/text.h"

namespace vigil::api {
namespace {

constexpr int kDeepest = 100;

/// Brackets outside of strings, counted before anything is parsed.
bool too_deep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

ApiError unparsable(std::string message) {
  ApiError error = validation_error(std::move(message));
  error.reason = "CANNOT_PARSE";
  return error;
}

std::vector<std::string> query_values(std::string_view query, std::string_view name) {
  std::vector<std::string> values;
  if (query.empty()) return values;
  for (const std::string_view part : base::split(query, '&')) {
    const std::size_t equals = part.find('=');
    if (base::percent_decoded(part.substr(0, equals)) != name) continue;
    values.push_back(
        equals == std::string_view::npos ? "" : base::percent_decoded(part.substr(equals + 1)));
  }
  return values;
}

void write_text(base::JsonWriter& json, const Shape& shape, const std::string& text) {
  const auto number =
      shape.kind == Shape::Kind::Integer ? base::parse_unsigned(text) : std::nullopt;
  if (number) {
    json.value(*number);
  } else {
    json.value(text);
  }
}

void write_query_member(base::JsonWriter& json, const ShapeMember& member,
                        const std::vector<std::string>& values) {
  if (member.shape->kind != Shape::Kind::List) {
    if (values.empty()) return;
    json.key(member.name);
    write_text(json, *member.shape, values.front());
    return;
  }
  // A list of no element cannot be told from an absent one; the model has lists that may be empty.
  if (values.empty() && !member.required) return;
  json.key(member.name).begin_array();
  for (const std::string& value : values) write_text(json, *member.shape->element, value);
  json.end_array();
}

}  // namespace

Outcome<base::Json> read_input(base::JsonParser& parser, const Shape& shape, std::string_view body,
                               const std::map<std::string, std::string, std::less<>>& labels,
                               std::string_view query) {
  body = base::trim(body);
  if (body.empty()) body = "{}";
  if (too_deep(body)) {
    return tl::unexpected(unparsable("The body is nested deeper than 100 levels."));
  }
  auto parsed = parser.parse(body);
  if (!parsed) return tl::unexpected(unparsable("The body is not JSON."));
  if (!parsed->is_object()) {
    return tl::unexpected(unparsable("The body is not a JSON object."));
  }
  const bool in_body = std::ranges::all_of(
      shape.members, [](const ShapeMember& member) { return member.location == Location::Body; });
  if (in_body) return *parsed;

  base::JsonWriter json;
  json.begin_object();
  for (const ShapeMember& member : shape.members) {
    switch (member.location) {
      case Location::Path:
        if (const auto label = labels.find(member.name); label != labels.end()) {
          json.key(member.name);
          write_text(json, *member.shape, label->second);
        }
        break;
      case Location::Query:
        write_query_member(json, member, query_values(query, member.name));
        break;
      case Location::Body:
        break;
    }
  }
  json.end_object();
  // Of equal keys the first counts, so the body cannot speak for the path.
  std::string joined = json.take();
  const std::string_view rest = base::trim(body.substr(1));
  joined.pop_back();
  if (joined.size() > 1 && rest != "}") joined += ',';
  joined += rest;
  auto whole = parser.parse(joined);
  if (!whole) return tl::unexpected(unparsable("The body is not JSON."));
  return *whole;
}

}  // namespace vigil::api
