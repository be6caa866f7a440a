// Writes what was read.
#pragma once

#include "base/json_tree.h"
#include "base/json_writer.h"

namespace vigil::base {

/// A JSON value with the same members in the same order; nothing becomes null. Whole numbers past 64
/// bits with sign become the nearest double.
void copy_json(JsonWriter& to, const Json& from);

}  // namespace vigil::base
