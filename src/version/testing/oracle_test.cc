#include "version/testing/oracle_test.h"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "base/text.h"
#include "version/scheme.h"

namespace vigil::version::testing {
namespace {

constexpr int kToolAbsent = 77;
constexpr int kInterpreterAbsent = 127;
constexpr std::size_t kMistakesShown = 10;

class Mutator {
 public:
  Mutator(const Specimens& specimens, std::uint64_t seed) : specimens_(specimens), random_(seed) {}

  Pair pair() {
    const std::string first = below(3) == 0 ? specimen() : mutated(specimen());
    const std::string second = below(4) == 0 ? mutated(specimen()) : mutated(first);
    return below(2) == 0 ? Pair{first, second} : Pair{second, first};
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::string specimen() {
    return std::string(specimens_.versions[below(specimens_.versions.size())]);
  }

  std::string mutated(std::string text) {
    for (std::size_t steps = 1 + below(3); steps > 0; --steps) text = mutated_once(text);
    return text;
  }

  std::string mutated_once(std::string text) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(1 + below(4), text.size() - at);
    switch (below(7)) {
      case 0:
        return text.erase(at, length);
      case 1:
        return text.insert(at, text.substr(at, length));
      case 2:
        return text.insert(at, std::string(1, static_cast<char>('0' + below(10))));
      case 3: {  // the head of this one, the tail of another
        const std::string other = specimen();
        return text.substr(0, at) + other.substr(below(other.size() + 1));
      }
      case 4:
        return text.replace(at, length, piece());
      default:
        return text.insert(at, piece());
    }
  }
  std::string piece() { return std::string(specimens_.pieces[below(specimens_.pieces.size())]); }

  const Specimens& specimens_;
  std::mt19937_64 random_;
};

std::uint64_t choose_seed() {
  if (const char* given = std::getenv("VIGIL_TEST_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

/// A directory that goes when the test is done.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "vigil-oracle-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

struct Answers {
  int status = 0;       ///< the exit status of the oracle
  std::string letters;  ///< one of < = > ? per pair
};

Answers ask(const Oracle& oracle, const std::vector<Pair>& pairs) {
  const Scratch scratch;
  {
    std::ofstream(scratch.file("script")) << oracle.script;
    std::ofstream input(scratch.file("input"));
    for (const auto& [a, b] : pairs) input << a << '\t' << b << '\n';
  }
  const std::string command = std::string(oracle.interpreter) + " '" + scratch.file("script") +
                              "' <'" + scratch.file("input") + "' >'" + scratch.file("output") +
                              "'";
  const int status = std::system(command.c_str());
  Answers answers{.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
  std::ifstream output(scratch.file("output"));
  for (std::string line; std::getline(output, line);)
    answers.letters += line.empty() ? '!' : line[0];
  return answers;
}

std::string describe(const Pair& pair, char expected, char found, const Scheme& rules) {
  const auto key = [&](const std::string& version) {
    const Result<Key> result = rules.key(version);
    return result ? base::hex(*result) : result.error().text();
  };
  return "'" + pair.first + "' against '" + pair.second + "': the tool says " + expected +
         ", the keys " + found + "\n    " + key(pair.first) + "\n    " + key(pair.second) + "\n";
}

char by_key(const Scheme& rules, const Pair& pair) {
  const Result<std::strong_ordering> order = compare(rules, pair.first, pair.second);
  if (!order) return '?';
  return *order < 0 ? '<' : *order > 0 ? '>' : '=';
}

/// Compares the answers with the keys; the description of the first few that differ.
std::string differences(const Scheme& rules, const std::vector<Pair>& pairs,
                        const std::string& letters) {
  std::string text;
  std::size_t count = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const char found = by_key(rules, pairs[i]);
    if (found != letters[i] && ++count <= kMistakesShown) {
      text += describe(pairs[i], letters[i], found, rules);
    }
  }
  if (count > 0) text += std::to_string(count) + " of " + std::to_string(pairs.size()) + " differ";
  return text;
}

/// Neighbours in the order of the keys, of every version in the pairs that has one.
std::vector<Pair> sorted_neighbours(const Scheme& rules, const std::vector<Pair>& pairs) {
  std::vector<std::pair<Key, std::string>> versions;
  for (const auto& pair : pairs) {
    for (const std::string& version : {pair.first, pair.second}) {
      if (Result<Key> key = rules.key(version)) versions.emplace_back(std::move(*key), version);
    }
  }
  std::sort(versions.begin(), versions.end());
  versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
  std::vector<Pair> neighbours;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    neighbours.emplace_back(versions[i - 1].second, versions[i].second);
  }
  return neighbours;
}

void expect_same_answers(const Scheme& rules, const Oracle& oracle,
                         const std::vector<Pair>& pairs) {
  const Answers answers = ask(oracle, pairs);
  if (answers.status == kToolAbsent || answers.status == kInterpreterAbsent) {
    if (std::getenv("VIGIL_REQUIRE_ORACLES") != nullptr) FAIL() << oracle.tool << " is absent";
    GTEST_SKIP() << oracle.tool << " is not installed, nothing to compare with";
  }
  ASSERT_EQ(answers.status, 0) << oracle.tool << " failed";
  ASSERT_EQ(answers.letters.size(), pairs.size()) << oracle.tool << " did not answer every pair";
  const std::string mistakes = differences(rules, pairs, answers.letters);
  EXPECT_TRUE(mistakes.empty()) << oracle.tool << ":\n" << mistakes;
}

}  // namespace

std::vector<Pair> mutated_pairs(const Specimens& specimens, std::uint64_t seed) {
  Mutator mutator(specimens, seed);
  std::vector<Pair> pairs;
  while (pairs.size() < specimens.pairs) {
    Pair pair = mutator.pair();
    if (specimens.excluded != nullptr && specimens.excluded(pair.first, pair.second)) continue;
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::size_t longest_number(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = base::is_digit(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

void expect_agreement(std::string_view scheme, const Oracle& oracle, const Specimens& specimens) {
  const Scheme* rules = find_scheme(scheme);
  ASSERT_NE(rules, nullptr) << "no scheme " << scheme;
  const std::uint64_t seed = choose_seed();
  SCOPED_TRACE("repeat with VIGIL_TEST_SEED=" + std::to_string(seed));

  std::vector<Pair> pairs;
  for (const std::string_view a : specimens.versions) {
    for (const std::string_view b : specimens.versions) {
      if (specimens.excluded == nullptr || !specimens.excluded(a, b)) pairs.emplace_back(a, b);
    }
  }
  for (const Pair& pair : mutated_pairs(specimens, seed)) {
    pairs.push_back(pair);
    pairs.emplace_back(pair.second, pair.first);
  }
  for (Pair& pair : sorted_neighbours(*rules, pairs)) {
    if (specimens.excluded != nullptr && specimens.excluded(pair.first, pair.second)) continue;
    pairs.push_back(std::move(pair));
  }
  expect_same_answers(*rules, oracle, pairs);
}

}  // namespace vigil::version::testing
