#include "intel/compile.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/time.h"
#include "intel/gather.h"
#include "intel/merge_records.h"
#include "intel/section_writer.h"
#include "intel/settle_rows.h"
#include "intel/source_list.h"

namespace vigil::intel {
namespace {

/// One score per CVE, the newest; and its date.
std::vector<layout::Epss> settle_epss(Gathered& gathered, std::string& date) {
  auto scores = std::move(gathered.epss);
  std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.cve, -a.second) < std::pair(b.first.cve, -b.second);
  });
  std::vector<layout::Epss> list;
  std::int64_t newest = 0;
  for (const auto& [entry, dated] : scores) {
    newest = std::max(newest, dated);
    if (list.empty() || list.back().cve != entry.cve) list.push_back(entry);
  }
  if (newest != 0) date = base::format_date(newest);
  return list;
}

/// Sections are written as soon as they are made, so that little is held at a time.
Result<layout::Header> write_sections(const std::vector<CompileInput>& inputs, std::int64_t now,
                                      SectionWriter& out) {
  VIGIL_TRY(Gathered gathered, gather(inputs));
  SourceList list;
  out.begin(layout::kEpss);
  out.array(settle_epss(gathered, list.epss_date));
  const MergedRecords merged = merge_records(gathered, inputs, out);
  const SettledPackages settled = settle_rows(gathered, merged.vulnerabilities, out);
  out.begin(layout::kVulnerabilities);
  out.array(merged.vulnerabilities);
  std::vector<layout::Alias> aliases;
  aliases.reserve(merged.aliases.size());
  for (const auto& [alias, index] : merged.aliases) {
    aliases.push_back({gathered.texts.add(alias), index});
  }
  out.begin(layout::kAliases);
  out.array(aliases);
  out.begin(layout::kEcosystems);
  out.array(settled.ecosystems);
  out.begin(layout::kPackages);
  out.array(settled.packages);
  out.begin(layout::kPackageHash);
  out.array(package_hash(settled, gathered.texts));
  if (gathered.texts.full()) {
    return fail("the texts of the snapshot would pass 4 GiB", {}, "load fewer sources",
                ErrorCode::TooLarge);
  }
  out.begin(layout::kTexts);
  out.append(gathered.texts.bytes());
  list.feeds = gathered.feeds;
  std::uint64_t content_id = 0;
  for (const CompileInput& input : inputs) {
    content_id = base::xxh3_64(input.source.identity, content_id);
    list.sources.push_back(input.source);
  }
  out.begin(layout::kSources);
  out.append(encode_source_list(list));
  return out.finish(now, content_id);
}

std::string_view bytes_of(const layout::Header& header) {
  return {reinterpret_cast<const char*>(&header), sizeof header};
}

}  // namespace

Result<void> compile_to_file(const std::vector<CompileInput>& inputs, std::int64_t now,
                             const std::string& path) {
  VIGIL_TRY(base::FileReplacement file, base::FileReplacement::begin(path));
  SectionWriter out([&](std::string_view bytes) { return file.append(bytes); });
  VIGIL_TRY(const layout::Header header, write_sections(inputs, now, out));
  VIGIL_CHECK(file.overwrite_front(bytes_of(header)));
  return file.commit();
}

Result<std::string> compile(const std::vector<CompileInput>& inputs, std::int64_t now) {
  std::string whole;
  SectionWriter out([&](std::string_view bytes) -> Result<void> {
    whole.append(bytes);
    return ok();
  });
  VIGIL_TRY(const layout::Header header, write_sections(inputs, now, out));
  whole.replace(0, sizeof header, bytes_of(header));
  return whole;
}

}  // namespace vigil::intel
