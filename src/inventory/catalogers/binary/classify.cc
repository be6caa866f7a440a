#include "inventory/catalogers/binary/classify.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace vigil::inventory::binary {
namespace {

constexpr std::size_t kKey = 3;

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

}  // namespace

void Classification::Search::State::add(std::size_t at, std::string_view found) {
  if (!version.empty() && version != found) ambiguous = true;
  if (version.empty() || at < offset) {
    offset = at;
    version = found;
  }
}

bool Classification::Search::State::counts(const Classifier& row) const {
  return !version.empty() && (row.marker.empty() || (marked && !ambiguous));
}

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
    made->reach_ = std::max({made->reach_, pattern->reach(), row.marker.size()});
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
  Search search(*this, name, kWindow);
  search.look(bytes, 0, bytes.size());
  return search.finish();
}

Classification::Search Classification::begin(std::string_view name, std::size_t window) const {
  return {*this, name, window};
}

Classification::Search::Search(const Classification& classification, std::string_view name,
                               std::size_t window)
    : classification_(classification),
      name_(name),
      window_(window),
      wanted_(classification.rows_for(name)) {
  if (std::find(wanted_.begin(), wanted_.end(), true) == wanted_.end()) wanted_.clear();
  states_.resize(wanted_.size());
}

void Classification::Search::look(std::string_view window, std::size_t from, std::size_t to) {
  if (wanted_.empty()) return;
  const auto visit = [&](std::size_t text, std::size_t at) {
    at += from;
    if (at >= to) return true;  // the next window has it, and what belongs to it
    const Meaning& meaning = classification_.meanings_[text];
    for (const std::size_t row : meaning.marker_of) states_[row].marked = true;
    for (const std::size_t row : meaning.anchor_of) {
      if (!wanted_[row]) continue;
      State& state = states_[row];
      const Row& known = classification_.rows_[row];
      const auto match = known.pattern.match(window, at, state.budget);
      if (!match) continue;
      if (known.classifier->named_so && !is_named_so(name_, match->version)) continue;
      state.add(buffer_at_ + match->offset, match->version);
    }
    return true;
  };
  classification_.search().find(window.substr(from), visit);
}

void Classification::Search::take(std::string_view piece) {
  if (wanted_.empty()) return;
  const std::size_t reach = classification_.reach_;
  while (!piece.empty()) {
    const std::size_t count = std::min(piece.size(), window_ + 2 * reach - buffer_.size());
    buffer_ += piece.substr(0, count);
    piece.remove_prefix(count);
    if (buffer_.size() < window_ + 2 * reach) return;
    const std::size_t end = buffer_.size() - reach;
    look(buffer_, looked_at_, end);
    buffer_.erase(0, end - reach);
    buffer_at_ += end - reach;
    looked_at_ = reach;
  }
}

std::vector<Finding> Classification::Search::finish() {
  look(buffer_, looked_at_, buffer_.size());
  std::vector<Finding> findings;
  std::set<std::string_view> products;
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const Classifier& row = *classification_.rows_[i].classifier;
    if (!states_[i].counts(row) || !products.insert(row.product).second) continue;
    findings.push_back({&row, states_[i].version, states_[i].offset});
  }
  return findings;
}

}  // namespace vigil::inventory::binary
