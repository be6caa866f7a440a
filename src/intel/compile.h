// Segments in, one snapshot out: aliases are united, sources weighed against each other, rows
// sorted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "intel/snapshot.h"

namespace vigil::intel {

/// One segment and what it is.
struct CompileInput {
  const Segment* segment;
  Source source;
};

/// The bytes of a snapshot. Deterministic: the same inputs and time give the same bytes. Memory:
/// the rows and texts of the result, not the inputs.
Result<std::string> compile(const std::vector<CompileInput>& inputs, std::int64_t now);

}  // namespace vigil::intel
