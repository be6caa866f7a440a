#include "api/validate.h"

#include <algorithm>
#include <cmath>

#include "base/json_writer.h"
#include "base/text.h"

namespace vigil::api {
namespace {

using base::Json;

constexpr std::size_t kMostProblems = 20;
constexpr std::size_t kLongestEcho = 256;
// The years 1 and 9999: what every client can write as a date.
constexpr double kEarliest = -62135596800.0;
constexpr double kLatest = 253402300799.0;

std::int64_t characters(std::string_view text) {
  return std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

/// The value as an error message quotes it.
std::string echo(const Json& value) {
  if (value.is_string()) {
    const std::string_view text = value.text();
    return std::string(text.substr(0, kLongestEcho)) + (text.size() > kLongestEcho ? "..." : "");
  }
  if (const auto integer = value.integer()) return std::to_string(*integer);
  if (const auto number = value.number()) {
    base::JsonWriter json;
    json.value(*number);
    return json.take();
  }
  if (const auto truth = value.truth()) return *truth ? "true" : "false";
  if (value.is_array()) return value.items().begin() == value.items().end() ? "[]" : "[...]";
  return value.members().begin() == value.members().end() ? "{}" : "{...}";
}

class Validator {
 public:
  void check(const Shape& shape, const Json& value, const std::string& path) {
    if (full()) return;
    switch (shape.kind) {
      case Shape::Kind::String:
        return check_string(shape, value, path);
      case Shape::Kind::Enum:
        return check_enum(shape, value, path);
      case Shape::Kind::Integer:
        return check_integer(shape, value, path);
      case Shape::Kind::Number:
        if (!value.number()) unreadable(path, "a number");
        return;
      case Shape::Kind::Boolean:
        if (!value.truth()) unreadable(path, "true or false");
        return;
      case Shape::Kind::Timestamp:
        return check_timestamp(value, path);
      case Shape::Kind::List:
        return check_list(shape, value, path);
      case Shape::Kind::Map:
        return check_map(shape, value, path);
      case Shape::Kind::Structure:
      case Shape::Kind::Union:
        return check_structure(shape, value, path);
    }
  }

  std::optional<ApiError> error() {
    if (fields_.empty()) return std::nullopt;
    std::string message = std::to_string(fields_.size()) + " validation error" +
                          (fields_.size() == 1 ? "" : "s") + " detected: ";
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      if (i > 0) message += "; ";
      message += fields_[i].message;
    }
    ApiError error = validation_error(std::move(message), std::move(fields_));
    if (unreadable_) error.reason = "CANNOT_PARSE";
    return error;
  }

 private:
  [[nodiscard]] bool full() const { return fields_.size() >= kMostProblems; }

  void unreadable(const std::string& path, std::string_view wanted) {
    unreadable_ = true;
    if (!full()) fields_.push_back({path, "Value at '" + path + "' is not " + std::string(wanted)});
  }
  void broken(const Json& value, const std::string& path, const std::string& constraint) {
    if (full()) return;
    const std::string quoted = is_absent(value) ? "Value null" : "Value '" + echo(value) + "'";
    fields_.push_back(
        {path, quoted + " at '" + path + "' failed to satisfy constraint: " + constraint});
  }
  void check_length(const Shape& shape, std::int64_t length, const Json& value,
                    const std::string& path) {
    if (shape.least && length < *shape.least) {
      broken(value, path,
             "Member must have length greater than or equal to " + std::to_string(*shape.least));
    }
    if (shape.most && length > *shape.most) {
      broken(value, path,
             "Member must have length less than or equal to " + std::to_string(*shape.most));
    }
  }

  void check_text(const Shape& shape, std::string_view text, const Json& value,
                  const std::string& path) {
    check_length(shape, characters(text), value, path);
    if (shape.pattern != nullptr && !shape.pattern->matches(text)) {
      broken(value, path,
             "Member must satisfy regular expression pattern: " + std::string(shape.pattern->text));
    }
  }
  void check_string(const Shape& shape, const Json& value, const std::string& path) {
    if (!value.is_string()) return unreadable(path, "a string");
    check_text(shape, value.text(), value, path);
  }
  void check_enum(const Shape& shape, const Json& value, const std::string& path) {
    if (!value.is_string()) return unreadable(path, "a string");
    if (std::ranges::find(shape.values, value.text()) == shape.values.end()) {
      broken(value, path,
             "Member must satisfy enum value set: [" + base::join(shape.values, ", ") + "]");
    }
  }
  void check_integer(const Shape& shape, const Json& value, const std::string& path) {
    const auto number = value.integer();
    if (!number) return unreadable(path, "an integer");
    if (shape.least && *number < *shape.least) {
      broken(value, path,
             "Member must have value greater than or equal to " + std::to_string(*shape.least));
    }
    if (shape.most && *number > *shape.most) {
      broken(value, path,
             "Member must have value less than or equal to " + std::to_string(*shape.most));
    }
  }
  void check_timestamp(const Json& value, const std::string& path) {
    const auto seconds = value.number();
    if (!seconds) return unreadable(path, "a time in seconds since 1970");
    if (*seconds < kEarliest || *seconds > kLatest) {
      broken(value, path, "Member must be a time between the years 1 and 9999");
    }
  }
  void check_list(const Shape& shape, const Json& value, const std::string& path) {
    if (!value.is_array()) return unreadable(path, "a list");
    std::int64_t count = 0;
    for (const Json& element : value.items()) {
      ++count;
      // What a list holds too much is not worth the time of a look.
      if (shape.most && count > *shape.most) continue;
      const std::string where = path + "." + std::to_string(count) + ".member";
      if (is_absent(element)) {
        broken(element, where, "Member must not be null");
      } else {
        check(*shape.element, element, where);
      }
    }
    check_length(shape, count, value, path);
  }
  void check_map(const Shape& shape, const Json& value, const std::string& path) {
    if (!value.is_object()) return unreadable(path, "a map");
    std::int64_t count = 0;
    for (const auto& [key, element] : value.members()) {
      ++count;
      if (full()) continue;
      check_text(*shape.key, key, value, path);
      const std::string where = path + "." + std::string(key.substr(0, kLongestEcho)) + ".member";
      if (is_absent(element)) {
        broken(element, where, "Member must not be null");
      } else {
        check(*shape.element, element, where);
      }
    }
    check_length(shape, count, value, path);
  }
  void check_structure(const Shape& shape, const Json& value, const std::string& path) {
    if (!value.is_object()) return unreadable(path, "a structure");
    const std::string prefix = path.empty() ? "" : path + ".";
    std::size_t present = 0;
    for (const ShapeMember& member : shape.members) {
      const Json content = value[member.name];
      if (!is_absent(content)) {
        ++present;
        check(*member.shape, content, prefix + member.name);
      } else if (member.required) {
        broken(content, prefix + member.name, "Member must not be null");
      }
    }
    if (shape.kind == Shape::Kind::Union && present != 1) {
      broken(value, path, "Member must have exactly one member set");
    }
  }

  std::vector<FieldError> fields_;
  bool unreadable_ = false;
};

void write(const Shape& shape, const Json& value, base::JsonWriter& json,
           std::initializer_list<std::string_view> without) {
  switch (shape.kind) {
    case Shape::Kind::String:
    case Shape::Kind::Enum:
      json.value(value.text());
      return;
    case Shape::Kind::Integer:
      json.value(value.integer().value_or(0));
      return;
    case Shape::Kind::Number:
    case Shape::Kind::Timestamp:
      json.value(value.number().value_or(0) + 0.0);  // -0 is 0
      return;
    case Shape::Kind::Boolean:
      json.value(value.truth().value_or(false));
      return;
    case Shape::Kind::List:
      json.begin_array();
      for (const Json& element : value.items()) write(*shape.element, element, json, {});
      json.end_array();
      return;
    case Shape::Kind::Map: {
      std::vector<Json::Members::Member> members;
      for (const auto& member : value.members()) members.push_back(member);
      std::ranges::stable_sort(members, {}, &Json::Members::Member::key);
      json.begin_object();
      for (const auto& [key, element] : members) {
        json.key(key);
        write(*shape.element, element, json, {});
      }
      json.end_object();
      return;
    }
    case Shape::Kind::Structure:
    case Shape::Kind::Union:
      json.begin_object();
      for (const ShapeMember& member : shape.members) {
        const Json content = value[member.name];
        if (is_absent(content) || std::ranges::find(without, member.name) != without.end()) {
          continue;
        }
        json.key(member.name);
        write(*member.shape, content, json, {});
      }
      json.end_object();
      return;
  }
}

}  // namespace

bool is_absent(const Json& value) {
  return !value.exists() || (!value.is_object() && !value.is_array() && !value.is_string() &&
                             !value.number() && !value.truth());
}

std::optional<ApiError> validate(const Shape& shape, const Json& input) {
  Validator validator;
  validator.check(shape, input, "");
  return validator.error();
}

std::string canonical(const Shape& shape, const Json& input,
                      std::initializer_list<std::string_view> without) {
  base::JsonWriter json;
  write(shape, input, json, without);
  return json.take();
}

}  // namespace vigil::api
