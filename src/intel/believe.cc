#include "intel/believe.h"

#include <algorithm>

namespace vigil::intel {
namespace {

template <typename Condition>
std::vector<std::size_t> indexes_where(const std::vector<Word>& words, Condition condition) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (condition(words[i])) kept.push_back(i);
  }
  return kept;
}

int highest_authority(const std::vector<Word>& words, bool only_fixed) {
  int highest = -1;
  for (const Word& word : words) {
    if (!only_fixed || word.state == model::FixState::Fixed)
      highest = std::max(highest, word.authority);
  }
  return highest;
}

bool is_open(model::FixState state) {
  return state != model::FixState::Fixed && state != model::FixState::NotAffected;
}

}  // namespace

std::vector<std::size_t> believed(const std::vector<Word>& words, bool distribution) {
  if (!distribution) {
    const auto home = indexes_where(words, [](const Word& word) { return word.home; });
    if (!home.empty()) return home;
    return indexes_where(words, [](const Word&) { return true; });
  }
  const int highest = highest_authority(words, false);
  const auto best =
      indexes_where(words, [&](const Word& word) { return word.authority == highest; });
  const bool unfixed =
      std::all_of(best.begin(), best.end(), [&](std::size_t i) { return is_open(words[i].state); });
  const int fixed = highest_authority(words, true);
  if (!unfixed || fixed < 0) return best;
  return indexes_where(words, [&](const Word& word) {
    return word.authority == fixed && word.state == model::FixState::Fixed;
  });
}

}  // namespace vigil::intel
