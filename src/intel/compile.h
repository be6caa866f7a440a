// Segments in, one snapshot out: aliases are united, sources weighed against each other, rows
// sorted.
//
// Deterministic: the same inputs and time give the same bytes. Memory: the rows, not the inputs and
// not the result.
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

/// Puts the snapshot in the place of `path`. After an error the file there is as it was.
Result<void> compile_to_file(const std::vector<CompileInput>& inputs, std::int64_t now,
                             const std::string& path);

/// The bytes of the snapshot.
Result<std::string> compile(const std::vector<CompileInput>& inputs, std::int64_t now);

}  // namespace vigil::intel
