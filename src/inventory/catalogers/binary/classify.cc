#include "inventory/catalogers/binary/classify.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace vigil::inventory::binary {
namespace {

constexpr std::size_t kKey = 3;
/// Steps of matching that one row may take in one file, which may be made of nothing but anchors.
constexpr std::uint64_t kBudget = 2'000'000;

std::string_view key_of(std::string_view name) {
  return name.substr(0, kKey);
}

/// "3.11.2" is in "libpython3.11.so.1.0".
bool is_named_so(std::string_view name, std::string_view version) {
  const std::size_t first = version.find('.');
  if (first == std::string_view::npos) return false;
  const std::string_view release = version.substr(0, version.find('.', first + 1));
  const std::size_t at = name.find(release);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + release.size();
  return end == name.size() || !base::is_digit(name[end]);
}

struct State {
  std::size_t offset = 0;
  std::string_view version = {};
  std::uint64_t budget = kBudget;
  bool marked = false;
  bool ambiguous = false;

  void add(const BytePattern::Match& match) {
    if (!version.empty() && version != match.version) ambiguous = true;
    if (version.empty() || match.offset < offset) {
      offset = match.offset;
      version = match.version;
    }
  }
};

bool counts(const Classifier& row, const State& state) {
  if (state.version.empty()) return false;
  return row.marker.empty() || (state.marked && !state.ambiguous);
}

}  // namespace

bool fits(std::string_view glob, std::string_view name) {
  const std::size_t star = glob.find('*');
  if (star == std::string_view::npos) return glob == name;
  if (!name.starts_with(glob.substr(0, star))) return false;
  const std::string_view rest = glob.substr(star + 1);
  for (std::size_t from = star; from <= name.size(); ++from) {
    if (fits(rest, name.substr(from))) return true;
    if (rest.empty()) return true;
  }
  return false;
}

Result<std::unique_ptr<Classification>> Classification::make(std::span<const Classifier> rows,
                                                             TextSearch::Engine engine) {
  auto made = std::make_unique<Classification>();
  std::vector<std::string>& texts = made->texts_;
  std::unordered_map<std::string, std::size_t> numbers;
  const auto meaning_of = [&](std::string_view text) -> Meaning& {
    const auto [place, is_new] = numbers.try_emplace(std::string(text), texts.size());
    if (is_new) {
      texts.emplace_back(text);
      made->meanings_.emplace_back();
    }
    return made->meanings_[place->second];
  };
  for (const Classifier& row : rows) {
    auto pattern = BytePattern::parse(row.pattern);
    if (!pattern) return fail(pattern.error().what, std::string(row.pattern));
    const std::size_t index = made->rows_.size();
    meaning_of(pattern->anchor()).anchor_of.push_back(index);
    if (!row.marker.empty()) meaning_of(row.marker).marker_of.push_back(index);
    for (const std::string_view glob : base::words(row.files)) {
      if (glob.find('*') < kKey) return fail("a '*' too early in a file name", std::string(glob));
      made->names_[key_of(glob)].push_back({glob, index});
    }
    made->rows_.push_back({&row, std::move(*pattern)});
  }
  made->engine_ = engine;
  return made;
}

const Classification& Classification::standard() {
  static const std::vector<Classifier> kRows = [] {
    std::vector<Classifier> all;
    for (const auto& family : {libraries(), web_servers(), runtimes(), databases(),
                               network_services(), tools(), cloud_programs()}) {
      all.insert(all.end(), family.begin(), family.end());
    }
    return all;
  }();
  static const auto kMade = [] {
    auto made = make(kRows, TextSearch::best_engine());
    // That every row is right is tested; without the rows nothing is found.
    return made ? std::move(*made) : std::make_unique<Classification>();
  }();
  return *kMade;
}

const TextSearch& Classification::search() const {
  std::call_once(once_, [&] { search_ = TextSearch::make(texts_, engine_); });
  return *search_;
}

bool Classification::knows(std::string_view name) const {
  const auto found = names_.find(key_of(name));
  return found != names_.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const NamePattern& pattern) { return fits(pattern.glob, name); });
}

std::vector<bool> Classification::rows_for(std::string_view name) const {
  std::vector<bool> rows(rows_.size(), false);
  const auto found = names_.find(key_of(name));
  if (found == names_.end()) return rows;
  for (const NamePattern& pattern : found->second) {
    if (fits(pattern.glob, name)) rows[pattern.row] = true;
  }
  return rows;
}

std::vector<Finding> Classification::find(std::string_view name, std::string_view bytes) const {
  const std::vector<bool> wanted = rows_for(name);
  if (std::find(wanted.begin(), wanted.end(), true) == wanted.end()) return {};
  std::vector<State> states(rows_.size());
  search().find(bytes, [&](std::size_t text, std::size_t offset) {
    for (const std::size_t row : meanings_[text].marker_of) states[row].marked = true;
    for (const std::size_t row : meanings_[text].anchor_of) {
      State& state = states[row];
      if (!wanted[row]) continue;
      const auto match = rows_[row].pattern.match(bytes, offset, state.budget);
      if (!match) continue;
      if (rows_[row].classifier->named_so && !is_named_so(name, match->version)) continue;
      state.add(*match);
    }
    return true;
  });
  std::vector<Finding> findings;
  std::set<std::string_view> products;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Classifier& row = *rows_[i].classifier;
    if (!counts(row, states[i]) || !products.insert(row.product).second) continue;
    findings.push_back({&row, std::string(states[i].version), states[i].offset});
  }
  return findings;
}

}  // namespace vigil::inventory::binary
