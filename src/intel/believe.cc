#include "intel/believe.h"

#include <algorithm>
#include <optional>

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

int highest_authority(const std::vector<Word>& words) {
  int highest = 0;
  for (const Word& word : words) highest = std::max(highest, word.authority);
  return highest;
}

/// The highest authority that knows of a released fix; nothing if none does.
std::optional<int> authority_of_fix(const std::vector<Word>& words, bool archive_only) {
  std::optional<int> highest;
  for (const Word& word : words) {
    if (word.state != model::FixState::Fixed) continue;
    if (archive_only && word.authority != kArchiveAuthority) continue;
    highest = std::max(highest.value_or(word.authority), word.authority);
  }
  return highest;
}

}  // namespace

std::vector<std::size_t> believed(const std::vector<Word>& words, bool distribution) {
  if (!distribution) {
    auto home = indexes_where(words, [](const Word& word) { return word.home; });
    if (!home.empty()) return home;
    const int highest = highest_authority(words);
    return indexes_where(words, [&](const Word& word) { return word.authority == highest; });
  }
  const int highest = highest_authority(words);
  auto best = indexes_where(words, [&](const Word& word) { return word.authority == highest; });
  const auto has = [&](model::FixState state) {
    return std::any_of(best.begin(), best.end(),
                       [&](std::size_t i) { return words[i].state == state; });
  };
  if (has(model::FixState::Fixed)) return best;
  const auto fix = authority_of_fix(words, has(model::FixState::NotAffected));
  if (!fix) return best;
  return indexes_where(words, [&](const Word& word) {
    return word.authority == *fix && word.state == model::FixState::Fixed;
  });
}

}  // namespace vigil::intel
