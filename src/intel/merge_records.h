// The Records, Vulnerabilities and Aliases sections: each vulnerability's facts become one record.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "intel/gather.h"
#include "intel/layout.h"
#include "intel/section_writer.h"

namespace vigil::intel {

struct MergedRecords {
  std::vector<layout::Vulnerability> vulnerabilities;
  std::vector<std::pair<std::string, std::uint32_t>> aliases;  ///< sorted, each once
};

/// Writes the Records section. The facts of `gathered` are used up.
MergedRecords merge_records(Gathered& gathered, const std::vector<CompileInput>& inputs,
                            SectionWriter& out);

}  // namespace vigil::intel
