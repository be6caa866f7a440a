// The first half of compiling: what all segments say, side by side, under the numbers of the
// vulnerabilities and packages it is about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "intel/compile.h"
#include "intel/interner.h"
#include "intel/layout.h"
#include "intel/text_pool.h"

namespace vigil::intel {

/// A fact of some source, waiting to be merged. The views point into the inputs.
struct FactReference {
  std::uint32_t vulnerability;
  std::uint32_t order;  ///< position in the inputs: keeps the result deterministic
  std::string_view feed;
  std::string_view id;
  std::string_view record;
  bool is_the_vulnerability;
};

/// A row on its way: not yet weighed against other sources' rows.
struct RowDraft {
  std::uint32_t package;
  std::uint32_t record;  ///< which statement it belongs to
  std::int16_t authority;
  bool home;
  layout::Row row;
};

struct PackageDraft {
  std::string_view ecosystem;
  std::string_view name;
};

struct Gathered {
  /// The ids, sorted; a vulnerability's number is its place here.
  std::vector<std::string_view> vulnerabilities;
  std::vector<PackageDraft> packages;  ///< in the order of their first mention
  std::vector<FactReference> facts;
  std::vector<RowDraft> rows;
  std::vector<std::pair<layout::Epss, std::int64_t>> epss;  ///< with the date of its file
  std::vector<std::string> feeds;                           ///< what Row::source counts
  TextPool texts;

  Interner vulnerability_texts;  ///< holds what the views above point to
  Interner ecosystem_texts;
  std::vector<Interner> package_texts;
};

Result<Gathered> gather(const std::vector<CompileInput>& inputs);

}  // namespace vigil::intel
