#include "source/registry/challenge.h"

#include <algorithm>

#include "base/text.h"

namespace vigil::source::registry {
namespace {

constexpr std::size_t kMostChallenges = 8;

bool is_token(char c) {
  return base::is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// Walks through a header, left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  void skip_blanks() {
    while (!rest_.empty() && (base::is_space(rest_.front()))) rest_.remove_prefix(1);
  }
  void skip_separators() {
    while (!rest_.empty() && (base::is_space(rest_.front()) || rest_.front() == ',')) {
      rest_.remove_prefix(1);
    }
  }
  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void drop() { rest_.remove_prefix(1); }
  std::string_view token() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_token);
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    const std::string_view found = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return found;
  }
  /// A token, or a quoted string with its escapes undone.
  std::string value() {
    if (!take('"')) {
      // Wider than the grammar: some registries send addresses without quotes.
      const std::size_t end = std::min(rest_.size(), rest_.find_first_of(", \t"));
      const std::string found(rest_.substr(0, end));
      rest_.remove_prefix(end);
      return found;
    }
    std::string out;
    while (!rest_.empty()) {
      char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') break;
      if (c == '\\' && !rest_.empty()) {
        c = rest_.front();
        rest_.remove_prefix(1);
      }
      out += c;
    }
    return out;
  }

 private:
  std::string_view rest_;
};

void set(Challenge& challenge, std::string_view name, std::string value) {
  for (auto& [known, member] : {std::pair{std::string_view("realm"), &challenge.realm},
                                {"service", &challenge.service},
                                {"scope", &challenge.scope},
                                {"error", &challenge.error}}) {
    if (base::equals_ignoring_case(name, known)) *member = std::move(value);
  }
}

}  // namespace

std::vector<Challenge> parse_challenges(std::string_view header) {
  std::vector<Challenge> challenges;
  Reader reader(header);
  for (reader.skip_separators(); !reader.at_end(); reader.skip_separators()) {
    const std::string_view word = reader.token();
    if (word.empty()) {
      reader.drop();
      continue;
    }
    reader.skip_blanks();
    // A word that "=" follows is a parameter of the challenge before, any other one begins a new.
    if (reader.take('=')) {
      reader.skip_blanks();
      std::string value = reader.value();
      if (!challenges.empty()) set(challenges.back(), word, std::move(value));
    } else if (challenges.size() < kMostChallenges) {
      challenges.push_back(
          {.scheme = base::lower(word), .realm = {}, .service = {}, .scope = {}, .error = {}});
    } else {
      break;
    }
  }
  return challenges;
}

}  // namespace vigil::source::registry
