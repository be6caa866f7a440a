// What changed between two inventories of one resource, as a JSON document: what an agent sends
// when the server already holds its last inventory.
//
//   {"vigilInventoryDelta": 1, "base": "<digest>", "result": "<digest>",
//    "removed": [17, 203], "added": [{package}, ...], "os": {...}, "files": 4711, "runtime": {...},
//    "problems": [...]}
//
// `removed` are indexes into the packages of the base in canonical order (inventory/document.h); the
// base's digest fixes what they mean. Everything but packages is small and sent whole. Both ends
// compute the digest of the result, so a delta is applied exactly or not at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inventory/document.h"

namespace vigil::inventory {

struct Delta {
  std::string base;                  ///< digest_of the inventory it is applied to
  std::string result;                ///< digest_of what comes out
  std::vector<std::size_t> removed;  ///< ascending, each once
  std::vector<model::Package> added;
  /// All but the packages; processes refer to the packages of the result, in canonical order.
  Inventory rest;
};

/// The delta document that turns `base` into `now`.
std::string delta_document(const Inventory& base, const Inventory& now);
Result<Delta> parse_delta(std::string_view document, const DocumentLimits& limits = {});

/// As a member of another document.
void read_delta(base::JsonReader& reader, const base::Json& value, const DocumentLimits& limits,
                Delta& out);

/// The inventory that the delta describes, in canonical order. Errors: NotFound if `base` is not what
/// the delta is based on: the sender has to send the whole; Invalid if the result is not what the
/// sender had.
Result<Inventory> apply_delta(const Inventory& base, const Delta& delta);

}  // namespace vigil::inventory
