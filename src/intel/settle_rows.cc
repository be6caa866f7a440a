#include "intel/settle_rows.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/hash.h"
#include "intel/believe.h"
#include "model/ecosystem.h"

namespace vigil::intel {
namespace {

bool is_distribution(std::string_view ecosystem) {
  return !model::purl_namespace_of_ecosystem(ecosystem).empty();
}

class Settler {
 public:
  Settler(Gathered& gathered, const std::vector<layout::Vulnerability>& vulnerabilities,
          SectionWriter& out)
      : gathered_(gathered), vulnerabilities_(vulnerabilities), out_(out) {}

  SettledPackages run() {
    const std::vector<PackageDraft>& packages = gathered_.packages;
    std::vector<std::uint32_t> order(packages.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(packages[a].ecosystem, packages[a].name) <
             std::pair(packages[b].ecosystem, packages[b].name);
    });
    std::vector<std::uint32_t> rank(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    std::vector<RowDraft> drafts = std::move(gathered_.rows);
    gathered_.rows = {};
    std::sort(drafts.begin(), drafts.end(), [&](const RowDraft& a, const RowDraft& b) {
      return std::tuple(rank[a.package], a.row.vulnerability, a.record) <
             std::tuple(rank[b.package], b.row.vulnerability, b.record);
    });
    out_.begin(layout::kRows);
    auto draft = drafts.cbegin();
    for (const std::uint32_t index : order) {
      std::vector<layout::Row> rows;
      const bool distribution = is_distribution(packages[index].ecosystem);
      while (draft != drafts.cend() && draft->package == index) {
        auto end = draft;
        while (end != drafts.cend() && end->package == index &&
               end->row.vulnerability == draft->row.vulnerability) {
          ++end;
        }
        keep_believed(draft, end, distribution, rows);
        draft = end;
      }
      add_package(packages[index], std::move(rows));
    }
    return std::move(settled_);
  }

 private:
  static void keep_believed(std::vector<RowDraft>::const_iterator begin,
                            std::vector<RowDraft>::const_iterator end, bool distribution,
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
      if (a.high_key != b.high_key)
        return gathered_.texts.at(a.high_key) > gathered_.texts.at(b.high_key);
      const bool a_inclusive = (a.flags & layout::kHighInclusive) != 0;
      const bool b_inclusive = (b.flags & layout::kHighInclusive) != 0;
      if (a_inclusive != b_inclusive) return a_inclusive;
      return std::tuple(a.vulnerability, gathered_.texts.at(a.low_key), a.state) <
             std::tuple(b.vulnerability, gathered_.texts.at(b.low_key), b.state);
    });
    if (settled_.ecosystems.empty() ||
        gathered_.texts.at(settled_.ecosystems.back().name) != package.ecosystem) {
      settled_.ecosystems.push_back({gathered_.texts.add(package.ecosystem), 0,
                                     static_cast<std::uint32_t>(settled_.packages.size()), 0});
    }
    layout::Ecosystem& ecosystem = settled_.ecosystems.back();
    ++ecosystem.package_count;
    ecosystem.row_count += static_cast<std::uint32_t>(rows.size());
    layout::Package entry{};
    entry.ecosystem = static_cast<std::uint32_t>(settled_.ecosystems.size() - 1);
    entry.name = gathered_.texts.add(package.name);
    entry.first_row = row_count_;
    entry.row_count = static_cast<std::uint32_t>(rows.size());
    entry.content = content_of(rows);
    settled_.packages.push_back(entry);
    row_count_ += entry.row_count;
    out_.array(rows);
  }

  std::uint64_t content_of(const std::vector<layout::Row>& rows) const {
    std::uint64_t hash = 0;
    for (const layout::Row& row : rows) {
      for (const std::uint32_t text :
           {row.low_key, row.high_key, row.fixed_version, row.vendor_severity, row.advisory,
            row.note, row.qualifier}) {
        hash = base::xxh3_64(gathered_.texts.at(text), hash);
      }
      const layout::Vulnerability& about = vulnerabilities_[row.vulnerability];
      hash = base::xxh3_64(gathered_.vulnerabilities[row.vulnerability], hash) ^ about.content;
      hash = hash * 31 + row.state * std::uint64_t{2} + row.flags;
    }
    return hash;
  }

  Gathered& gathered_;
  const std::vector<layout::Vulnerability>& vulnerabilities_;
  SectionWriter& out_;
  SettledPackages settled_;
  std::uint32_t row_count_ = 0;
};

}  // namespace

SettledPackages settle_rows(Gathered& gathered,
                            const std::vector<layout::Vulnerability>& vulnerabilities,
                            SectionWriter& out) {
  return Settler(gathered, vulnerabilities, out).run();
}

std::vector<std::uint32_t> package_hash(const SettledPackages& settled, const TextPool& texts) {
  const std::vector<layout::Package>& packages = settled.packages;
  std::size_t slots = 1;
  while (slots < packages.size() * 2 + 1) slots *= 2;
  std::vector<std::uint32_t> table(slots, 0);
  for (std::uint32_t i = 0; i < packages.size(); ++i) {
    const std::string_view ecosystem = texts.at(settled.ecosystems[packages[i].ecosystem].name);
    std::size_t slot =
        base::xxh3_64(texts.at(packages[i].name), base::xxh3_64(ecosystem)) & (slots - 1);
    while (table[slot] != 0) slot = (slot + 1) & (slots - 1);
    table[slot] = i + 1;
  }
  return table;
}

}  // namespace vigil::intel
