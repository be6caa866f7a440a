// Debian changelogs: what is found has the form it claims, and reading it between two versions
// invents nothing.
#include "source/debian_archive/changelog.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "source/debian_archive/unfixed.h"

namespace vigil::source::debian_archive {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::vector<Upload> uploads = parse_changelog(text, 1000);
  if (uploads.size() > 1000) std::abort();
  for (const Upload& upload : uploads) {
    if (upload.source.empty() || upload.version.empty()) std::abort();
    for (const std::string& id : upload.cves) {
      if (!id.starts_with("CVE-") || id.size() < 13 || id[8] != '-') std::abort();
      if (!std::ranges::all_of(id.substr(9), vigil::base::is_digit)) std::abort();
    }
  }
  if (uploads.empty()) return 0;
  const Fixes fixes =
      fixes_between(uploads, {uploads.back().version, uploads.front().version, "bookworm"});
  if (fixes.uploads.size() != fixes.fixed.size()) std::abort();
  std::vector<std::string> all;
  for (const Upload& upload : fixes.uploads) {
    all.insert(all.end(), upload.cves.begin(), upload.cves.end());
  }
  std::ranges::sort(all);
  if (std::ranges::adjacent_find(all) != all.end()) std::abort();
  return 0;
}

}  // namespace vigil::source::debian_archive
