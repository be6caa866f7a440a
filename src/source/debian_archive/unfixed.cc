#include "source/debian_archive/unfixed.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "version/scheme.h"

namespace vigil::source::debian_archive {
namespace {

bool at_most(std::string_view version, std::string_view bound) {
  const auto order = version::compare(*version::find_scheme("deb"), version, bound);
  return order && *order <= 0;
}

/// "bookworm-security", "stable", "oldstable-proposed-updates": uploads to a release, not to a
/// development branch.
bool goes_to_release(std::string_view distribution, std::string_view codename) {
  constexpr std::array<std::string_view, 3> kSuites = {"stable", "oldstable", "oldoldstable"};
  for (const std::string_view word : base::words(distribution)) {
    const std::string_view base = word.substr(0, word.find_first_of("-/"));
    if (base == codename || std::ranges::find(kSuites, base) != kSuites.end()) return true;
  }
  return false;
}

}  // namespace

bool contained(std::string_view version, std::string_view installed) {
  if (installed.size() > version.size() && installed.starts_with(version) &&
      installed[version.size()] == '~') {
    return true;
  }
  return at_most(version, installed);
}

Fixes fixes_between(const std::vector<Upload>& uploads, const Span& span,
                    const std::set<std::string>& known) {
  Fixes fixes;
  std::size_t end = 0;
  while (end < uploads.size() && !contained(uploads[end].version, span.installed)) ++end;
  fixes.complete = end < uploads.size();
  std::set<std::string> seen = known;
  for (std::size_t i = end; i < uploads.size(); ++i) {
    if (uploads[i].version == span.installed) fixes.knows_installed = true;
    seen.insert(uploads[i].cves.begin(), uploads[i].cves.end());
  }
  // From the oldest on: the first upload that names a vulnerability is the one that fixes it.
  std::vector<std::size_t> waiting;  // uploads whose version in the release is not known yet
  std::vector<std::pair<Upload, std::string>> found;
  for (std::size_t i = end; i-- > 0;) {
    Upload upload = uploads[i];
    const bool released = goes_to_release(upload.distribution, span.codename) &&
                          at_most(upload.version, span.candidate);
    std::erase_if(upload.cves, [&](const std::string& id) { return !seen.insert(id).second; });
    const std::string version = upload.version;
    if (!upload.cves.empty()) {
      waiting.push_back(found.size());
      found.emplace_back(std::move(upload), span.candidate);
    }
    if (!released) continue;
    for (const std::size_t index : waiting) found[index].second = version;
    waiting.clear();
  }
  for (auto entry = found.rbegin(); entry != found.rend(); ++entry) {
    fixes.uploads.push_back(std::move(entry->first));
    fixes.fixed.push_back(std::move(entry->second));
  }
  return fixes;
}

}  // namespace vigil::source::debian_archive
