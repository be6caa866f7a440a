// Whom to believe when several sources speak of the same package and vulnerability.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/fix_state.h"

namespace vigil::intel {

/// The authority of what was seen in the distribution's archive itself.
inline constexpr int kArchiveAuthority = 25;

/// One source's word, reduced to what the decision needs.
struct Word {
  int authority = 0;  ///< Feed::authority
  bool home = false;  ///< the ecosystem's own database (GO- for Go)
  model::FixState state = model::FixState::Affected;
  std::uint32_t record = 0;  ///< which record said it: words of one record stand or fall together
};

/// The indexes of the words that count, ascending.
///
/// Distributions: the words of the highest authority; but a released fix that a lesser source knows
/// of beats "no fix yet", because an export can be older than the archive. Against "not affected"
/// only an upload seen in the archive itself counts: it is newer than the statement.
/// Languages: the ecosystem's own database alone where it speaks (only its records know the
/// symbols), else all words of the highest authority: a version is affected if any of these sources
/// says so. Lists of lesser authority count only where the others are silent.
std::vector<std::size_t> believed(const std::vector<Word>& words, bool distribution);

}  // namespace vigil::intel
