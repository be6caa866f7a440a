#include "intel/gather.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "intel/identity.h"

namespace vigil::intel {
namespace {

/// Is this record of the ecosystem's own database, which alone knows symbols?
bool is_home_record(std::string_view ecosystem, std::string_view id) {
  return ecosystem == "Go" && id.starts_with("GO-");
}

class Gatherer {
 public:
  explicit Gatherer(const std::vector<CompileInput>& inputs) : inputs_(inputs) {}

  Result<Gathered> run() {
    VIGIL_CHECK(learn_identities());
    VIGIL_CHECK(collect());
    number_vulnerabilities();
    return std::move(out_);
  }

 private:
  Result<void> learn_identities() {
    Segment::Visitor visitor;
    visitor.facts = [&](const StoredFacts& facts) {
      if (facts.withdrawn) {
        // A CVE is withdrawn for everybody only by those who keep CVE records.
        if (!is_cve(facts.id) || facts.feed == "cve5" || facts.feed == "nvd")
          withdrawn_.add(facts.id);
        return;
      }
      identities_.add(facts.id, facts.aliases, facts.covers);
    };
    for (const CompileInput& input : inputs_) VIGIL_CHECK(input.segment->visit(visitor));
    return ok();
  }

  std::uint32_t vulnerability(std::string_view id) { return out_.vulnerability_texts.add(id); }

  std::uint32_t package(std::string_view ecosystem, std::string_view name) {
    const std::uint32_t home = out_.ecosystem_texts.add(ecosystem);
    if (home == package_numbers_.size()) {
      package_numbers_.emplace_back();
      out_.package_texts.emplace_back();
    }
    Interner& names = out_.package_texts[home];
    const std::uint32_t index = names.add(name);
    if (index == package_numbers_[home].size()) {
      package_numbers_[home].push_back(static_cast<std::uint32_t>(out_.packages.size()));
      out_.packages.push_back({out_.ecosystem_texts.at(home), names.at(index)});
    }
    return package_numbers_[home][index];
  }

  std::uint16_t feed_index(std::string_view feed) {
    const auto at = std::find(out_.feeds.begin(), out_.feeds.end(), feed);
    if (at == out_.feeds.end()) {
      out_.feeds.emplace_back(feed);
      return static_cast<std::uint16_t>(out_.feeds.size() - 1);
    }
    return static_cast<std::uint16_t>(at - out_.feeds.begin());
  }

  Result<void> collect() {
    std::uint32_t order = 0;
    std::uint32_t record = 0;
    reserve();
    for (const CompileInput& input : inputs_) {
      std::map<std::string, std::int64_t, std::less<>> dates;
      for (const FeedCount& feed : input.segment->counts()) dates[feed.feed] = feed.dated;
      Segment::Visitor visitor;
      visitor.facts = [&](const StoredFacts& facts) { add_facts(facts, order++); };
      visitor.statement = [&](const StoredStatement& statement) {
        add_statement(statement, record++);
      };
      visitor.epss = [&](const StoredEpss& epss) {
        const auto number = cve_number(epss.id);
        const auto date = dates.find(epss.feed);
        if (number) {
          out_.epss.push_back(
              {{*number, epss.score, epss.percentile}, date == dates.end() ? 0 : date->second});
        }
      };
      VIGIL_CHECK(input.segment->visit(visitor));
    }
    return ok();
  }

  void add_facts(const StoredFacts& facts, std::uint32_t order) {
    if (facts.withdrawn || withdrawn_.contains(facts.id)) return;
    const bool alias = identities_.is_alias(facts.id);
    for (const std::string_view subject : identities_.subjects(facts.id)) {
      if (withdrawn_.contains(subject)) continue;
      out_.facts.push_back(
          {vulnerability(subject), order, facts.feed, facts.id, facts.record, alias});
    }
  }

  void add_statement(const StoredStatement& statement, std::uint32_t record) {
    if (statement.state == model::FixState::UnderInvestigation) return;
    if (withdrawn_.contains(statement.vulnerability)) return;
    const std::uint32_t package_id = package(statement.ecosystem, statement.package);
    RowDraft draft{};
    draft.package = package_id;
    draft.record = record;
    draft.authority = static_cast<std::int16_t>(statement.authority);
    draft.home = is_home_record(statement.ecosystem, statement.vulnerability);
    draft.row.vendor_severity = out_.texts.add(statement.vendor_severity);
    draft.row.advisory = out_.texts.add(statement.advisory);
    draft.row.note = out_.texts.add(statement.note);
    draft.row.qualifier = out_.texts.add(statement.qualifier);
    draft.row.source = feed_index(statement.feed);
    draft.row.state = static_cast<std::uint8_t>(statement.state);
    for (const std::string_view subject : identities_.subjects(statement.vulnerability)) {
      if (withdrawn_.contains(subject)) continue;
      draft.row.vulnerability = vulnerability(subject);
      if (statement.ranges.empty()) out_.rows.push_back(draft);
      for (const KeyRange& range : statement.ranges) {
        RowDraft row = draft;
        row.row.low_key = out_.texts.add(range.low);
        row.row.high_key = out_.texts.add(range.high);
        row.row.fixed_version = out_.texts.add(range.fixed_version);
        row.row.flags =
            static_cast<std::uint8_t>(range.high_inclusive ? layout::kHighInclusive : 0);
        out_.rows.push_back(row);
      }
    }
  }

  /// A growing array moves house with both of its copies in memory. What is reserved and not used
  /// costs nothing.
  void reserve() {
    std::size_t facts = 0;
    std::size_t statements = 0;
    std::size_t scores = 0;
    for (const CompileInput& input : inputs_) {
      // No item is shorter than eight bytes, whatever the counts say.
      const std::uint64_t most = input.segment->size() / 8;
      for (const FeedCount& feed : input.segment->counts()) {
        facts += std::min(feed.facts, most);
        statements += std::min(feed.statements, most);
        scores += std::min(feed.epss, most);
      }
    }
    out_.facts.reserve(facts + facts / 4);
    out_.rows.reserve(statements + statements / 2);
    out_.epss.reserve(scores);
  }

  /// Vulnerabilities get their final numbers: the order of their ids.
  void number_vulnerabilities() {
    const Interner& texts = out_.vulnerability_texts;
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return texts.at(a) < texts.at(b); });
    std::vector<std::uint32_t> rank(order.size());
    out_.vulnerabilities.resize(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      rank[order[i]] = i;
      out_.vulnerabilities[i] = texts.at(order[i]);
    }
    for (FactReference& fact : out_.facts) fact.vulnerability = rank[fact.vulnerability];
    for (RowDraft& draft : out_.rows) draft.row.vulnerability = rank[draft.row.vulnerability];
  }

  const std::vector<CompileInput>& inputs_;
  Identities identities_;
  Interner withdrawn_;
  std::vector<std::vector<std::uint32_t>> package_numbers_;  ///< by ecosystem, then name
  Gathered out_;
};

}  // namespace

Result<Gathered> gather(const std::vector<CompileInput>& inputs) {
  return Gatherer(inputs).run();
}

}  // namespace vigil::intel
