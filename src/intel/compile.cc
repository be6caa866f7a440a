#include "intel/compile.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/time.h"
#include "intel/believe.h"
#include "intel/identity.h"
#include "intel/merge_facts.h"
#include "intel/record.h"
#include "intel/source_list.h"
#include "intel/text_pool.h"
#include "model/ecosystem.h"

namespace vigil::intel {
namespace {

/// A fact of some source, waiting to be merged.
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

/// Is this record of the ecosystem's own database, which alone knows symbols?
bool is_home_record(std::string_view ecosystem, std::string_view id) {
  return ecosystem == "Go" && id.starts_with("GO-");
}

bool is_distribution(std::string_view ecosystem) {
  return !model::purl_namespace_of_ecosystem(ecosystem).empty();
}

class Compiler {
 public:
  explicit Compiler(const std::vector<CompileInput>& inputs) : inputs_(inputs) {}

  Result<std::string> run(std::int64_t now) {
    VIGIL_CHECK(learn_identities());
    VIGIL_CHECK(collect());
    number_vulnerabilities();
    merge_records();
    settle_rows();
    if (texts_.full()) {
      return fail("the texts of the snapshot would pass 4 GiB", {}, "load fewer sources",
                  ErrorCode::TooLarge);
    }
    return write(now);
  }

 private:
  Result<void> learn_identities() {
    Segment::Visitor visitor;
    visitor.facts = [&](const StoredFacts& facts) {
      if (facts.withdrawn) {
        // A CVE is withdrawn for everybody only by those who keep CVE records.
        if (!is_cve(facts.id) || facts.feed == "cve5" || facts.feed == "nvd")
          withdrawn_.insert(facts.id);
        return;
      }
      identities_.add(facts.id, facts.aliases, facts.covers);
    };
    for (const CompileInput& input : inputs_) VIGIL_CHECK(input.segment->visit(visitor));
    return ok();
  }

  std::uint32_t vulnerability(std::string_view id) {
    const auto [at, added] =
        vulnerability_index_.try_emplace(id, static_cast<std::uint32_t>(vulnerability_ids_.size()));
    if (added) vulnerability_ids_.push_back(id);
    return at->second;
  }

  std::uint32_t package(std::string_view ecosystem, std::string_view name) {
    auto& names = package_index_[ecosystem];
    const auto [at, added] = names.try_emplace(name, static_cast<std::uint32_t>(packages_.size()));
    if (added) packages_.push_back({ecosystem, name});
    return at->second;
  }

  std::uint16_t feed_index(std::string_view feed) {
    const auto at = std::find(feeds_.begin(), feeds_.end(), feed);
    if (at == feeds_.end()) {
      feeds_.emplace_back(feed);
      return static_cast<std::uint16_t>(feeds_.size() - 1);
    }
    return static_cast<std::uint16_t>(at - feeds_.begin());
  }

  Result<void> collect() {
    std::uint32_t order = 0;
    std::uint32_t record = 0;
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
          epss_.push_back(
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
      facts_.push_back({vulnerability(subject), order, facts.feed, facts.id, facts.record, alias});
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
    draft.row.vendor_severity = texts_.add(statement.vendor_severity);
    draft.row.advisory = texts_.add(statement.advisory);
    draft.row.note = texts_.add(statement.note);
    draft.row.qualifier = texts_.add(statement.qualifier);
    draft.row.source = feed_index(statement.feed);
    draft.row.state = static_cast<std::uint8_t>(statement.state);
    for (const std::string_view subject : identities_.subjects(statement.vulnerability)) {
      if (withdrawn_.contains(subject)) continue;
      draft.row.vulnerability = vulnerability(subject);
      if (statement.ranges.empty()) rows_.push_back(draft);
      for (const KeyRange& range : statement.ranges) {
        RowDraft row = draft;
        row.row.low_key = texts_.add(range.low);
        row.row.high_key = texts_.add(range.high);
        row.row.fixed_version = texts_.add(range.fixed_version);
        row.row.flags =
            static_cast<std::uint8_t>(range.high_inclusive ? layout::kHighInclusive : 0);
        rows_.push_back(row);
      }
    }
  }

  /// Vulnerabilities get their final numbers: the order of their ids.
  void number_vulnerabilities() {
    std::vector<std::uint32_t> order(vulnerability_ids_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return vulnerability_ids_[a] < vulnerability_ids_[b];
    });
    std::vector<std::uint32_t> rank(order.size());
    std::vector<std::string_view> sorted(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      rank[order[i]] = i;
      sorted[i] = vulnerability_ids_[order[i]];
    }
    vulnerability_ids_ = std::move(sorted);
    vulnerability_index_.clear();
    for (FactReference& fact : facts_) fact.vulnerability = rank[fact.vulnerability];
    for (RowDraft& draft : rows_) draft.row.vulnerability = rank[draft.row.vulnerability];
  }

  void merge_records() {
    std::sort(facts_.begin(), facts_.end(), [](const FactReference& a, const FactReference& b) {
      return std::pair(a.vulnerability, a.order) < std::pair(b.vulnerability, b.order);
    });
    vulnerabilities_.resize(vulnerability_ids_.size());
    auto fact = facts_.begin();
    for (std::uint32_t i = 0; i < vulnerability_ids_.size(); ++i) {
      std::vector<SourceFacts> sources;
      for (; fact != facts_.end() && fact->vulnerability == i; ++fact) {
        Decoder in(fact->record);
        auto details = decode_vulnerability(in);
        if (!details) continue;
        details->id = fact->id;
        sources.push_back({fact->feed, std::move(*details), fact->is_the_vulnerability});
      }
      add_record(i, merge_facts(vulnerability_ids_[i], std::move(sources)));
    }
    std::sort(aliases_.begin(), aliases_.end());
    aliases_.erase(std::unique(aliases_.begin(), aliases_.end()), aliases_.end());
  }

  void add_record(std::uint32_t index, model::Vulnerability merged) {
    Encoder record;
    encode_vulnerability(record, merged);
    layout::Vulnerability& entry = vulnerabilities_[index];
    entry.id = texts_.add(vulnerability_ids_[index]);
    entry.record = records_.size();
    entry.record_size = static_cast<std::uint32_t>(record.bytes().size());
    records_ += record.bytes();
    for (const auto* names : {&merged.aliases, &merged.advisories}) {
      for (const std::string& name : *names) aliases_.emplace_back(name, index);
    }
    // Databases touch a record's date without changing a word of it.
    merged.modified = 0;
    Encoder content;
    encode_vulnerability(content, merged);
    entry.content = base::xxh3_64(content.bytes());
  }

  /// Per package: the believed rows, in the order a lookup wants.
  void settle_rows() {
    std::vector<std::uint32_t> order(packages_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(packages_[a].ecosystem, packages_[a].name) <
             std::pair(packages_[b].ecosystem, packages_[b].name);
    });
    std::vector<std::uint32_t> rank(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    std::sort(rows_.begin(), rows_.end(), [&](const RowDraft& a, const RowDraft& b) {
      return std::tuple(rank[a.package], a.row.vulnerability, a.record) <
             std::tuple(rank[b.package], b.row.vulnerability, b.record);
    });
    auto draft = rows_.begin();
    for (const std::uint32_t index : order) {
      std::vector<layout::Row> rows;
      const bool distribution = is_distribution(packages_[index].ecosystem);
      while (draft != rows_.end() && draft->package == index) {
        auto end = draft;
        while (end != rows_.end() && end->package == index &&
               end->row.vulnerability == draft->row.vulnerability) {
          ++end;
        }
        keep_believed(draft, end, distribution, rows);
        draft = end;
      }
      add_package(packages_[index], std::move(rows));
    }
  }

  static void keep_believed(std::vector<RowDraft>::iterator begin,
                            std::vector<RowDraft>::iterator end, bool distribution,
                            std::vector<layout::Row>& rows) {
    const std::size_t first_of_this = rows.size();
    std::vector<Word> words;
    for (auto at = begin; at != end; ++at) {
      words.push_back(
          {at->authority, at->home, static_cast<model::FixState>(at->row.state), at->record});
    }
    for (const std::size_t index : believed(words, distribution)) {
      const layout::Row& row = (begin + static_cast<std::ptrdiff_t>(index))->row;
      const auto these = rows.begin() + static_cast<std::ptrdiff_t>(first_of_this);
      const bool known = std::any_of(these, rows.end(), [&](const layout::Row& have) {
        return have.low_key == row.low_key && have.high_key == row.high_key &&
               have.flags == row.flags && have.state == row.state &&
               have.qualifier == row.qualifier;
      });
      if (!known) rows.push_back(row);
    }
  }

  void add_package(const PackageDraft& package, std::vector<layout::Row> rows) {
    if (rows.empty()) return;
    // No end first, then the highest end first: a lookup stops at the first end below its version.
    std::sort(rows.begin(), rows.end(), [&](const layout::Row& a, const layout::Row& b) {
      if ((a.high_key == 0) != (b.high_key == 0)) return a.high_key == 0;
      if (a.high_key != b.high_key) return texts_.at(a.high_key) > texts_.at(b.high_key);
      const bool a_inclusive = (a.flags & layout::kHighInclusive) != 0;
      const bool b_inclusive = (b.flags & layout::kHighInclusive) != 0;
      if (a_inclusive != b_inclusive) return a_inclusive;
      return std::tuple(a.vulnerability, texts_.at(a.low_key), a.state) <
             std::tuple(b.vulnerability, texts_.at(b.low_key), b.state);
    });
    if (ecosystem_list_.empty() || texts_.at(ecosystem_list_.back().name) != package.ecosystem) {
      ecosystem_list_.push_back(
          {texts_.add(package.ecosystem), 0, static_cast<std::uint32_t>(package_list_.size()), 0});
    }
    layout::Ecosystem& ecosystem = ecosystem_list_.back();
    ++ecosystem.package_count;
    ecosystem.row_count += static_cast<std::uint32_t>(rows.size());
    layout::Package entry{};
    entry.ecosystem = static_cast<std::uint32_t>(ecosystem_list_.size() - 1);
    entry.name = texts_.add(package.name);
    entry.first_row = static_cast<std::uint32_t>(row_list_.size());
    entry.row_count = static_cast<std::uint32_t>(rows.size());
    entry.content = content_of(rows);
    package_list_.push_back(entry);
    row_list_.insert(row_list_.end(), rows.begin(), rows.end());
  }

  std::uint64_t content_of(const std::vector<layout::Row>& rows) const {
    std::uint64_t hash = 0;
    for (const layout::Row& row : rows) {
      for (const std::uint32_t text :
           {row.low_key, row.high_key, row.fixed_version, row.vendor_severity, row.advisory,
            row.note, row.qualifier}) {
        hash = base::xxh3_64(texts_.at(text), hash);
      }
      const layout::Vulnerability& about = vulnerabilities_[row.vulnerability];
      hash = base::xxh3_64(vulnerability_ids_[row.vulnerability], hash) ^ about.content;
      hash = hash * 31 + row.state * std::uint64_t{2} + row.flags;
    }
    return hash;
  }

  std::vector<std::uint32_t> package_hash() const {
    std::size_t slots = 1;
    while (slots < package_list_.size() * 2 + 1) slots *= 2;
    std::vector<std::uint32_t> table(slots, 0);
    for (std::uint32_t i = 0; i < package_list_.size(); ++i) {
      const std::string_view ecosystem =
          texts_.at(ecosystem_list_[package_list_[i].ecosystem].name);
      std::size_t slot =
          base::xxh3_64(texts_.at(package_list_[i].name), base::xxh3_64(ecosystem)) & (slots - 1);
      while (table[slot] != 0) slot = (slot + 1) & (slots - 1);
      table[slot] = i + 1;
    }
    return table;
  }

  /// One score per CVE, the newest; and its date.
  std::vector<layout::Epss> epss(std::string& date) {
    std::stable_sort(epss_.begin(), epss_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.cve, -a.second) < std::pair(b.first.cve, -b.second);
    });
    std::vector<layout::Epss> list;
    std::int64_t newest = 0;
    for (const auto& [entry, dated] : epss_) {
      newest = std::max(newest, dated);
      if (list.empty() || list.back().cve != entry.cve) list.push_back(entry);
    }
    if (newest != 0) date = base::format_date(newest);
    return list;
  }

  Result<std::string> write(std::int64_t now) {
    SourceList list;
    std::vector<layout::Epss> scores = epss(list.epss_date);
    list.feeds = feeds_;
    std::uint64_t content_id = 0;
    for (const CompileInput& input : inputs_) {
      content_id = base::xxh3_64(input.source.identity, content_id);
      list.sources.push_back(input.source);
    }
    std::vector<layout::Alias> aliases;
    aliases.reserve(aliases_.size());
    // The pool keeps views: the texts in aliases_ stay where they are from here on.
    for (const auto& [alias, index] : aliases_) aliases.push_back({texts_.add(alias), index});
    const std::vector<std::uint32_t> hash = package_hash();
    const std::string sources = encode_source_list(list);

    layout::Header header{};
    header.magic = layout::kMagic;
    header.format = layout::kSnapshotFormat;
    header.section_count = layout::kSectionCount;
    header.created = now;
    header.content_id = content_id;

    std::string out(sizeof header, '\0');
    const auto section = [&](layout::Section which, const void* data, std::size_t size) {
      out.resize((out.size() + 7) / 8 * 8, '\0');
      header.sections[which] = {out.size(), size};
      out.append(static_cast<const char*>(data), size);
    };
    const auto array = [&](layout::Section which, const auto& values) {
      section(which, values.data(), values.size() * sizeof(values[0]));
    };
    out.reserve(texts_.bytes().size() + records_.size() + row_list_.size() * sizeof(layout::Row) +
                scores.size() * sizeof(layout::Epss) + (1U << 20));
    section(layout::kTexts, texts_.bytes().data(), texts_.bytes().size());
    array(layout::kEcosystems, ecosystem_list_);
    array(layout::kPackages, package_list_);
    array(layout::kPackageHash, hash);
    array(layout::kRows, row_list_);
    array(layout::kVulnerabilities, vulnerabilities_);
    array(layout::kAliases, aliases);
    section(layout::kRecords, records_.data(), records_.size());
    array(layout::kEpss, scores);
    section(layout::kSources, sources.data(), sources.size());
    header.file_size = out.size();
    header.checksum = base::xxh3_128(std::string_view(out).substr(sizeof header)).low;
    std::memcpy(out.data(), &header, sizeof header);
    return out;
  }

  const std::vector<CompileInput>& inputs_;
  Identities identities_;
  std::unordered_set<std::string_view> withdrawn_;
  TextPool texts_;
  std::vector<std::string> feeds_;
  std::vector<std::string_view> vulnerability_ids_;
  std::unordered_map<std::string_view, std::uint32_t> vulnerability_index_;
  std::vector<PackageDraft> packages_;
  std::unordered_map<std::string_view, std::unordered_map<std::string_view, std::uint32_t>>
      package_index_;
  std::vector<FactReference> facts_;
  std::vector<RowDraft> rows_;
  std::vector<std::pair<layout::Epss, std::int64_t>> epss_;
  std::string records_;
  std::vector<std::pair<std::string, std::uint32_t>> aliases_;
  std::vector<layout::Vulnerability> vulnerabilities_;
  std::vector<layout::Ecosystem> ecosystem_list_;
  std::vector<layout::Package> package_list_;
  std::vector<layout::Row> row_list_;
};

}  // namespace

Result<std::string> compile(const std::vector<CompileInput>& inputs, std::int64_t now) {
  Compiler compiler(inputs);
  return compiler.run(now);
}

}  // namespace vigil::intel
