#include "base/json_copy.h"

namespace vigil::base {

// Recurses as deep as the document nests, which JsonParser limits.
void copy_json(JsonWriter& to, const Json& from) {
  if (from.is_string()) {
    to.value(from.text());
  } else if (from.is_object()) {
    to.begin_object();
    for (const auto& [key, value] : from.members()) {
      to.key(key);
      copy_json(to, value);
    }
    to.end_object();
  } else if (from.is_array()) {
    to.begin_array();
    for (const Json& item : from.items()) copy_json(to, item);
    to.end_array();
  } else if (const auto truth = from.truth()) {
    to.value(*truth);
  } else if (const auto integer = from.integer()) {
    to.value(*integer);
  } else if (const auto number = from.number()) {
    to.value(*number);
  } else {
    to.null();
  }
}

}  // namespace vigil::base
