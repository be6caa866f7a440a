#include "source/debian_archive/candidates.h"

#include <algorithm>

#include "base/archive.h"
#include "model/package.h"
#include "source/debian_archive/packages.h"
#include "version/scheme.h"

namespace vigil::source::debian_archive {
namespace {

Result<version::Key> key_of(std::string_view version) {
  return version::find_scheme("deb")->key(version);
}

struct Newest {
  version::Key installed;
  version::Key key;
  Candidate candidate;
};

class Search {
 public:
  explicit Search(const InstalledSources& installed) {
    for (const auto& [name, source] : installed) {
      const auto key = key_of(source.version);
      if (key) newest_[name] = {*key, *key, {name, source.version, source.version, false, {}}};
    }
  }

  void see(const Listed& listed, const PackageList& list) {
    const SourceName source = source_name(listed.package, listed.version, listed.source);
    const auto at = newest_.find(source.name);
    if (at == newest_.end()) return;
    Newest& newest = at->second;
    if (source.version != newest.candidate.version) {
      const auto key = key_of(source.version);
      if (!key || *key <= newest.key) return;
      newest.key = *key;
      newest.candidate.version = source.version;
      newest.candidate.security = false;
      newest.candidate.binaries.clear();
    }
    if (newest.key == newest.installed) return;
    newest.candidate.security = newest.candidate.security || list.security;
    // The changelog of signed images goes by the versions of the signatures.
    if (source.signed_images) return;
    newest.candidate.binaries.push_back(
        {std::string(listed.package), std::string(listed.version), std::string(listed.architecture),
         list.base, std::string(listed.filename), std::string(listed.sha256), listed.size});
  }

  std::vector<Candidate> take() {
    std::vector<Candidate> candidates;
    for (auto& [name, newest] : newest_) {
      if (newest.key == newest.installed) continue;
      std::ranges::stable_sort(newest.candidate.binaries, {}, &Binary::size);
      candidates.push_back(std::move(newest.candidate));
    }
    return candidates;
  }

 private:
  std::map<std::string, Newest, std::less<>> newest_;
};

}  // namespace

InstalledSources installed_sources(const inventory::Inventory& inventory) {
  InstalledSources sources;
  for (const model::Package& package : inventory.packages) {
    if (package.manager != "OS" || package.ecosystem != inventory.os.ecosystem) continue;
    std::string field = package.source_name;
    if (!package.source_version.empty()) field += " (" + package.source_version + ")";
    const SourceName name = source_name(package.name, package.version, field);
    const auto key = key_of(name.version);
    if (!key) continue;
    InstalledSource& source = sources[name.name];
    source.packages.push_back(package.name);
    const auto oldest = key_of(source.version);
    if (!oldest || *key < *oldest) source.version = name.version;
  }
  return sources;
}

std::vector<Candidate> find_candidates(const InstalledSources& installed,
                                       const std::vector<PackageList>& lists,
                                       std::vector<std::string>& problems) {
  Search search(installed);
  for (const PackageList& list : lists) {
    const auto read = base::for_each_entry(list.path, {}, [&](base::ArchiveEntry& entry) {
      return for_each_package(entry.content,
                              [&](const Listed& listed) { search.see(listed, list); });
    });
    if (!read) problems.push_back(list.path + ": " + read.error().text());
  }
  return search.take();
}

}  // namespace vigil::source::debian_archive
