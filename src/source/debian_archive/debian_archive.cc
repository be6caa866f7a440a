// Five steps: what is installed; the archive's lists, refreshed if they are old; which sources have
// a newer version; the changelogs of those; the document.
#include "source/debian_archive/debian_archive.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "base/thread_pool.h"
#include "base/time.h"
#include "inventory/scan.h"
#include "source/debian_archive/apt_lists.h"
#include "source/debian_archive/apt_sources.h"
#include "source/debian_archive/candidates.h"
#include "source/debian_archive/changelog_store.h"
#include "source/debian_archive/deb_package.h"
#include "source/debian_archive/document.h"
#include "source/debian_archive/fetch_lists.h"
#include "source/debian_archive/program.h"
#include "source/debian_archive/unfixed.h"
#include "tree/directory.h"

namespace vigil::source {
namespace {

using namespace debian_archive;
using Clock = std::chrono::steady_clock;

inventory::Inventory dpkg_inventory(const tree::View& view) {
  std::vector<const inventory::Cataloger*> catalogers;
  for (const inventory::Cataloger* cataloger : inventory::all_catalogers()) {
    if (cataloger->name == "dpkg") catalogers.push_back(cataloger);
  }
  inventory::ScanOptions how;
  how.catalogers = catalogers;
  how.walk = false;
  return inventory::scan_tree(view, how);
}

bool has_archive(std::string_view ecosystem) {
  return ecosystem.starts_with("Debian:") || ecosystem.starts_with("Ubuntu:");
}

class Reading {
 public:
  Reading(const ArchiveOptions& options, std::string directory, const tree::View& view)
      : options_(options),
        directory_(std::move(directory)),
        view_(view),
        end_(Clock::now() + options.time_limit) {}

  Result<ArchiveReport> run(const std::string& document_path) {
    const inventory::Inventory inventory = dpkg_inventory(view_);
    if (!has_archive(inventory.os.ecosystem)) {
      return fail("this system takes no packages from Debian's or Ubuntu's archive",
                  inventory.os.name, {}, ErrorCode::Unsupported);
    }
    report_.ecosystem = inventory.os.ecosystem;
    const InstalledSources installed = installed_sources(inventory);
    report_.sources = installed.size();
    const AptLists lists = fresh_lists(inventory);
    if (lists.lists.empty()) {
      Error error{"there are no lists of the archive's packages", list_directory(),
                  "run `apt-get update` as root", ErrorCode::NotFound};
      if (!report_.notes.empty()) error.hint += "; " + report_.notes.front();
      return fail(std::move(error));
    }
    report_.date = lists.date;
    report_.fetched = lists.fetched;
    if (!lists.has_security) {
      report_.notes.emplace_back("no source of apt names the security archive of this release");
    }
    if (lists.valid_until != 0 && lists.valid_until < options_.now) {
      report_.notes.push_back("the archive's lists were valid until " +
                              base::format_date(lists.valid_until));
    }
    Document document;
    document.ecosystem = report_.ecosystem;
    document.date = lists.date;
    for (const PackageList& list : lists.lists) {
      if (!list.base.empty() &&
          std::ranges::find(document.archives, list.base) == document.archives.end()) {
        document.archives.push_back(list.base);
      }
    }
    show({"Comparing with the package archive", 0, 0, ""});
    document.packages =
        read_all(find_candidates(installed, lists.lists, report_.notes), installed, inventory.os);
    count(document);
    VIGIL_CHECK(base::write_file_atomically(document_path, document_text(document)));
    return std::move(report_);
  }

 private:
  void show(const ArchiveProgress& at) {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    options_.progress(at);
  }

  [[nodiscard]] std::string list_directory() const { return options_.root + "/var/lib/apt/lists"; }

  AptLists lists_here(const inventory::OperatingSystem& os, const std::vector<AptSource>& sources) {
    AptLists lists = find_apt_lists(list_directory(), sources, os.ecosystem, os.codename);
    // APT::Periodic's own word, where it is in use.
    struct stat status{};
    const std::string stamp = options_.root + "/var/lib/apt/periodic/update-success-stamp";
    if (!lists.lists.empty() && ::stat(stamp.c_str(), &status) == 0) {
      lists.fetched = std::max(lists.fetched, static_cast<std::int64_t>(status.st_mtime));
    }
    return lists;
  }

  [[nodiscard]] bool is_fresh(const AptLists& lists) const {
    return !lists.lists.empty() &&
           options_.now - lists.fetched < std::chrono::seconds(options_.fresh).count();
  }

  AptLists fresh_lists(const inventory::Inventory& inventory) {
    const inventory::OperatingSystem& os = inventory.os;
    const std::vector<AptSource> sources = read_apt_sources(view_);
    AptLists lists = lists_here(os, sources);
    if (is_fresh(lists)) return lists;
    const auto find_ours = [&] {
      return find_apt_lists(directory_ + "/lists", sources, os.ecosystem, os.codename);
    };
    AptLists ours = find_ours();
    if (!options_.offline && !is_fresh(ours)) {
      if (options_.root.empty() && ::geteuid() == 0 && !options_.apt_get.empty()) {
        show({"Refreshing package lists", 0, 0, options_.apt_get + " update"});
        const auto refreshed = refresh();
        if (refreshed) return lists_here(os, sources);
        report_.notes.push_back(refreshed.error().text());
        lists = lists_here(os, sources);
      } else {
        fetch_ours(inventory, sources);
        ours = find_ours();
      }
    }
    if (ours.date > lists.date) lists = std::move(ours);
    if (!lists.lists.empty() && !is_fresh(lists)) {
      report_.notes.push_back("the lists of packages are " +
                              base::format_duration(options_.now - lists.fetched) +
                              " old: run `apt-get update` as root");
    }
    return lists;
  }

  void fetch_ours(const inventory::Inventory& inventory, const std::vector<AptSource>& sources) {
    FetchListsOptions how;
    how.directory = directory_ + "/lists";
    how.ecosystem = inventory.os.ecosystem;
    how.codename = inventory.os.codename;
    how.keyring = options_.keyring;
    for (const model::Package& package : inventory.packages) {
      if (!package.architecture.empty() && package.architecture != "all") {
        how.architectures.insert(package.architecture);
      }
    }
    how.progress = [&](const std::string& detail) {
      show({"Fetching package lists", 0, 0, detail});
    };
    fetch_lists(sources, how, report_.notes);
  }

  /// Lets apt do it: it knows proxies, keys and transports.
  Result<void> refresh() const {
    constexpr std::chrono::seconds kLimit{180};
    VIGIL_TRY(const ProgramResult result,
              run_program({options_.apt_get, "-q", "-o", "Acquire::Retries=1", "-o",
                           "Acquire::http::Timeout=15", "-o", "Acquire::https::Timeout=15", "-o",
                           "APT::Update::Error-Mode=any", "update"},
                          kLimit));
    if (result.exit_code == 0) return ok();
    std::string reason = "exit code " + std::to_string(result.exit_code);
    std::string_view rest = result.output;
    while (const auto line = base::next_line(rest)) {
      if (!line->starts_with("E: ") && !line->starts_with("Err:")) continue;
      reason = base::printable(line->substr(0, 300));
      break;
    }
    return fail("the lists of packages could not be refreshed: " + reason,
                options_.apt_get + " update", {}, ErrorCode::Network);
  }

  std::vector<ReadCandidate> read_all(std::vector<Candidate> candidates,
                                      const InstalledSources& installed,
                                      const inventory::OperatingSystem& os) {
    StoreOptions how;
    how.root = options_.root;
    how.directory = directory_;
    how.offline = options_.offline;
    ChangelogStore store(how);
    store.keep_only(candidates);
    std::vector<ReadCandidate> read(candidates.size());
    std::size_t done = 0;
    const auto one = [&](std::size_t i) -> Result<void> {
      read[i].candidate = std::move(candidates[i]);
      {
        const std::lock_guard lock(mutex_);
        if (options_.progress) {
          options_.progress({"Reading changelogs", done, read.size(), read[i].candidate.source});
        }
      }
      read_one(store, i, read[i], installed, os);
      const std::lock_guard lock(mutex_);
      ++done;
      return ok();
    };
    const auto all =
        base::parallel_for(read.size(), std::max<std::size_t>(1, options_.workers), one);
    if (!all) report_.notes.push_back(all.error().text());
    report_.bytes = store.downloaded();
    return read;
  }

  void read_one(ChangelogStore& store, std::size_t index, ReadCandidate& read,
                const InstalledSources& installed, const inventory::OperatingSystem& os) {
    if (index >= options_.most_changelogs || Clock::now() > end_) {
      read.unread = "left for the next run";
      return;
    }
    const Candidate& candidate = read.candidate;
    auto changelog = store.get(candidate);
    if (!changelog) {
      read.unread = changelog.error().text();
      return;
    }
    const std::vector<Upload> uploads = parse_changelog(changelog->text);
    const Span span{candidate.installed, candidate.version, os.codename};
    read.fixes = fixes_between(uploads, span);
    if (!read.fixes.knows_installed && !read.fixes.uploads.empty()) {
      read.fixes = fixes_between(uploads, span, fixed_here(installed.at(candidate.source), span));
    }
    const std::lock_guard lock(mutex_);
    ++report_.read;
    if (changelog->from == StoredChangelog::From::Cache) ++report_.cached;
    if (changelog->from == StoredChangelog::From::Mirror) ++report_.downloaded;
  }

  /// What the installed version's own changelog names, where the newer one does not go through it:
  /// the release may have got a fix on a branch that was left later.
  std::set<std::string> fixed_here(const InstalledSource& source, const Span& span) {
    constexpr std::array<std::string_view, 2> kNames = {"changelog.Debian.gz", "changelog.gz"};
    std::set<std::string> known;
    for (const std::string& package : source.packages) {
      for (const std::string_view name : kNames) {
        const std::string path = "/usr/share/doc/" + package + "/" + std::string(name);
        const auto file = view_.read(path, kChangelogLimit);
        if (!file) continue;
        const auto text = changelog_text(*file, path);
        if (!text) continue;
        const std::vector<Upload> uploads = parse_changelog(*text);
        if (uploads.empty() || uploads.front().version != span.installed) continue;
        for (const Upload& upload : uploads) known.insert(upload.cves.begin(), upload.cves.end());
        return known;
      }
    }
    return known;
  }

  void count(const Document& document) {
    std::size_t cut_short = 0;
    for (const ReadCandidate& package : document.packages) {
      ++report_.newer;
      if (package.candidate.security) ++report_.security;
      if (!package.unread.empty()) {
        report_.unread.push_back(package.candidate.source + " " + package.candidate.version + ": " +
                                 package.unread);
        continue;
      }
      if (!package.fixes.complete) ++cut_short;
      if (package.candidate.security && package.fixes.uploads.empty()) {
        report_.silent.push_back(package.candidate.source);
      }
      for (const Upload& upload : package.fixes.uploads) {
        report_.vulnerabilities += upload.cves.size();
      }
    }
    if (cut_short != 0) {
      report_.notes.push_back(std::to_string(cut_short) +
                              " changelogs do not reach back to the installed version");
    }
  }

  const ArchiveOptions& options_;
  std::string directory_;
  const tree::View& view_;
  Clock::time_point end_;
  std::mutex mutex_;  ///< guards report_ and the progress while changelogs are read
  ArchiveReport report_;
};

}  // namespace

Result<ArchiveReport> read_debian_archive(const ArchiveOptions& options,
                                          const std::string& document) {
  const std::string directory = std::filesystem::path(document).parent_path().string();
  VIGIL_CHECK(base::make_directories(directory.empty() ? "." : directory));
  VIGIL_TRY(const auto view, tree::Directory::open(options.root.empty() ? "/" : options.root));
  return Reading(options, directory.empty() ? "." : directory, *view).run(document);
}

}  // namespace vigil::source
