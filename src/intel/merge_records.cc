#include "intel/merge_records.h"

#include <algorithm>

#include "base/hash.h"
#include "intel/codec.h"
#include "intel/merge_facts.h"
#include "intel/record.h"

namespace vigil::intel {
namespace {

/// After so many vulnerabilities the inputs' memory is let go: their records lie all over them.
constexpr std::uint32_t kForgetEvery = 4096;

model::Vulnerability merge_one(std::string_view id, std::vector<FactReference>::const_iterator from,
                               std::vector<FactReference>::const_iterator end) {
  std::vector<SourceFacts> sources;
  for (; from != end; ++from) {
    Decoder in(from->record);
    auto details = decode_vulnerability(in);
    if (!details) continue;
    details->id = from->id;
    sources.push_back({from->feed, std::move(*details), from->is_the_vulnerability});
  }
  return merge_facts(id, std::move(sources));
}

/// Databases touch a record's date without changing a word of it.
std::uint64_t content_of(model::Vulnerability merged) {
  merged.modified = 0;
  Encoder content;
  encode_vulnerability(content, merged);
  return base::xxh3_64(content.bytes());
}

}  // namespace

MergedRecords merge_records(Gathered& gathered, const std::vector<CompileInput>& inputs,
                            SectionWriter& out) {
  std::vector<FactReference> facts = std::move(gathered.facts);
  gathered.facts = {};
  std::sort(facts.begin(), facts.end(), [](const FactReference& a, const FactReference& b) {
    return std::pair(a.vulnerability, a.order) < std::pair(b.vulnerability, b.order);
  });
  MergedRecords merged;
  merged.vulnerabilities.resize(gathered.vulnerabilities.size());
  out.begin(layout::kRecords);
  std::uint64_t offset = 0;
  auto fact = facts.cbegin();
  for (std::uint32_t i = 0; i < gathered.vulnerabilities.size(); ++i) {
    const auto from = fact;
    while (fact != facts.cend() && fact->vulnerability == i) ++fact;
    model::Vulnerability whole = merge_one(gathered.vulnerabilities[i], from, fact);
    Encoder record;
    encode_vulnerability(record, whole);
    out.append(record.bytes());
    layout::Vulnerability& entry = merged.vulnerabilities[i];
    entry.id = gathered.texts.add(gathered.vulnerabilities[i]);
    entry.record = offset;
    entry.record_size = static_cast<std::uint32_t>(record.bytes().size());
    offset += record.bytes().size();
    for (const auto* names : {&whole.aliases, &whole.advisories}) {
      for (const std::string& name : *names) merged.aliases.emplace_back(name, i);
    }
    entry.content = content_of(std::move(whole));
    if (i % kForgetEvery == kForgetEvery - 1) {
      for (const CompileInput& input : inputs) input.segment->forget();
    }
  }
  for (const CompileInput& input : inputs) input.segment->forget();
  std::sort(merged.aliases.begin(), merged.aliases.end());
  merged.aliases.erase(std::unique(merged.aliases.begin(), merged.aliases.end()),
                       merged.aliases.end());
  return merged;
}

}  // namespace vigil::intel
