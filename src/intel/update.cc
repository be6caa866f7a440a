#include "intel/update.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/thread_pool.h"
#include "intel/compile.h"
#include "intel/feed_files.h"
#include "intel/ingest.h"

namespace vigil::intel {
namespace {

namespace fs = std::filesystem;

/// One file on its way through an update.
struct Work {
  FeedFile file;
  Source source;
  std::optional<Segment> segment;  ///< opened only when something has to be compiled
  bool looked_at = true;           ///< false: of a feed that was not asked for
  bool reused = false;
  bool twice = false;  ///< the same content as a file before it
};

/// A disk that is full is nobody's file's fault.
tl::unexpected<Error> cannot_store(Error error) {
  if (error.hint.empty()) {
    error.hint = "the intelligence built earlier stays in use; make room and run it again";
  }
  return fail(std::move(error));
}

class Updater {
 public:
  explicit Updater(const UpdateOptions& options)
      : options_(options), segments_(options.snapshot + ".segments") {}

  Result<UpdateReport> run() {
    const fs::path parent = fs::path(options_.snapshot).parent_path();
    if (!parent.empty()) VIGIL_CHECK(base::make_directories(parent.string()));
    VIGIL_CHECK(base::make_directories(segments_));
    VIGIL_TRY(const base::FileLock lock, base::FileLock::acquire(options_.snapshot + ".lock"));
    remove_leftovers();
    if (auto before = Snapshot::open(options_.snapshot)) before_.emplace(std::move(*before));

    VIGIL_CHECK(list_work());
    VIGIL_CHECK(identify());
    VIGIL_CHECK(read_files());
    std::vector<Work*> chosen = choose();
    if (is_unchanged(chosen)) return unchanged();
    if (options_.progress) options_.progress({work_.size(), work_.size(), ""});
    VIGIL_CHECK(open_segments(chosen));
    VIGIL_TRY(const std::vector<CompileInput> inputs, inputs_of(chosen));
    if (auto made = compile_to_file(inputs, options_.now, options_.snapshot); !made)
      return cannot_store(std::move(made.error()));
    VIGIL_TRY(const Snapshot after, Snapshot::open(options_.snapshot));
    finish_report(after);
    remove_unused_segments();
    return std::move(report_);
  }

 private:
  std::string segment_path(const std::string& identity) const {
    return segments_ + "/" + identity + ".segment";
  }

  /// What a killed update left behind.
  void remove_leftovers() const {
    const fs::path parent = fs::path(options_.snapshot).parent_path();
    const std::string name = fs::path(options_.snapshot).filename().string();
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parent.empty() ? "." : parent, error)) {
      const std::string file = entry.path().filename().string();
      if (file.starts_with(name + ".tmp.") || file.starts_with(name + ".checked.tmp."))
        fs::remove(entry.path(), error);
    }
    for (const auto& entry : fs::directory_iterator(segments_, error)) {
      if (entry.path().filename().string().find(".tmp.") != std::string::npos)
        fs::remove(entry.path(), error);
    }
  }

  const Source* earlier(const std::string& label) const {
    return find_earlier([&](const Source& source) { return source.label == label; });
  }

  template <typename Condition>
  const Source* find_earlier(const Condition& condition) const {
    if (!before_) return nullptr;
    const auto& sources = before_->sources();
    const auto at = std::find_if(sources.begin(), sources.end(), condition);
    return at == sources.end() ? nullptr : &*at;
  }

  bool wanted(const std::vector<FeedCount>& feeds) const {
    if (options_.feeds.empty()) return true;
    return std::any_of(feeds.begin(), feeds.end(), [&](const FeedCount& feed) {
      return std::find(options_.feeds.begin(), options_.feeds.end(), feed.feed) !=
             options_.feeds.end();
    });
  }

  /// The files of the directory, the further files, and what is kept of feeds that were not asked
  /// for, whether its files are here or not.
  Result<void> list_work() {
    VIGIL_TRY(std::vector<FeedFile> files, list_feed_files(options_.directory, options_.origin));
    for (const ExtraFile& file : options_.more_files)
      files.push_back({file.label, file.path, 0, file.origin});
    std::set<std::string> labels;
    for (FeedFile& file : files) {
      labels.insert(file.label);
      Work work;
      work.source.label = file.label;
      work.source.origin = file.origin;
      work.file = std::move(file);
      work_.push_back(std::move(work));
    }
    if (before_) {
      for (const Source& source : before_->sources()) {
        if (wanted(source.feeds) || labels.contains(source.label)) continue;
        Work work;
        work.file.label = source.label;
        work_.push_back(std::move(work));
      }
    }
    for (Work& work : work_) {
      const Source* before = earlier(work.file.label);
      if (before == nullptr || wanted(before->feeds)) continue;
      work.source = *before;
      work.looked_at = false;
      work.reused = true;
    }
    std::stable_sort(work_.begin(), work_.end(),
                     [](const Work& a, const Work& b) { return a.file.label < b.file.label; });
    return ok();
  }

  /// Names the content of each file; finds out which were read before.
  Result<void> identify() {
    VIGIL_CHECK(base::parallel_for(work_.size(), base::hardware_workers(),
                                   [&](std::size_t i) -> Result<void> {
                                     Work& work = work_[i];
                                     if (!work.looked_at) return ok();
                                     auto identity = identity_of_file(work.file.path);
                                     if (identity) {
                                       work.source.identity = std::move(*identity);
                                     } else {
                                       note_failure(work, identity.error());
                                     }
                                     return ok();
                                   }));
    std::set<std::string> identities;
    for (Work& work : work_) {
      if (!work.source.failure.empty() || !work.looked_at) continue;
      work.twice = !identities.insert(work.source.identity).second;
      const Source* before = find_earlier(
          [&](const Source& source) { return source.identity == work.source.identity; });
      if (before == nullptr) continue;
      work.source.feeds = before->feeds;
      work.source.read = before->read;
      work.reused = true;
    }
    return ok();
  }

  Result<void> read_files() {
    // The largest first, so that no worker starts one last.
    std::vector<Work*> order;
    for (Work& work : work_) order.push_back(&work);
    std::stable_sort(order.begin(), order.end(),
                     [](const Work* a, const Work* b) { return a->file.size > b->file.size; });
    std::mutex progress;
    std::size_t done = 0;
    return base::parallel_for(
        order.size(), base::hardware_workers(), [&](std::size_t i) -> Result<void> {
          Work& work = *order[i];
          const bool known = work.reused || work.twice || !work.source.failure.empty();
          if (!known) VIGIL_CHECK(read_file(work));
          const std::scoped_lock hold(progress);
          ++done;
          if (options_.progress) options_.progress({done, work_.size(), work.file.label});
          return ok();
        });
  }

  /// Opens the file's segment, or makes it. What is wrong with the file is noted; what is wrong
  /// with the disk ends the update.
  Result<void> read_file(Work& work) {
    const std::string path = segment_path(work.source.identity);
    work.reused = open_segment(work);
    if (!work.reused) {
      const auto bytes = read_into_segment(work.file.path, work.source.identity);
      if (!bytes) {
        note_failure(work, bytes.error());
        return ok();
      }
      if (auto stored = base::write_file_atomically(path, *bytes); !stored)
        return cannot_store(std::move(stored.error()));
      if (!open_segment(work)) return fail("the segment that was just written is damaged", path);
    }
    work.source.read = options_.now;
    work.source.feeds = work.segment->counts();
    if (work.source.feeds.empty() && earlier(work.file.label) != nullptr) {
      work.segment.reset();
      note_failure(work, {"no feed recognises it any more", {}, "fetch it again, or remove it"});
    }
    return ok();
  }

  bool open_segment(Work& work) const {
    auto segment = Segment::open(segment_path(work.source.identity));
    if (!segment || segment->identity() != work.source.identity) return false;
    work.segment.emplace(std::move(*segment));
    return true;
  }

  /// The file's earlier content serves, if there is any.
  void note_failure(Work& work, const Error& error) const {
    if (const Source* before = earlier(work.file.label)) {
      work.source = *before;
      work.source.kept = true;
    } else {
      work.source.identity.clear();
    }
    work.source.failure = error.text();
  }

  /// What goes into the snapshot.
  std::vector<Work*> choose() {
    std::vector<Work*> chosen;
    std::set<std::string> identities;
    for (Work& work : work_) {
      if (work.source.feeds.empty()) continue;
      const bool asked_for = wanted(work.source.feeds) || earlier(work.source.label) != nullptr;
      // The same content under a second name says nothing new.
      if (asked_for && identities.insert(work.source.identity).second) chosen.push_back(&work);
    }
    return chosen;
  }

  bool is_unchanged(const std::vector<Work*>& chosen) const {
    if (!before_) return false;
    return std::equal(chosen.begin(), chosen.end(), before_->sources().begin(),
                      before_->sources().end(), [](const Work* now, const Source& before) {
                        return now->source.label == before.label &&
                               now->source.identity == before.identity &&
                               now->source.failure == before.failure;
                      });
  }

  /// Where only the segment of earlier content is gone, its file is read again.
  Result<void> open_segments(const std::vector<Work*>& chosen) {
    return base::parallel_for(
        chosen.size(), base::hardware_workers(), [&](std::size_t i) -> Result<void> {
          Work& work = *chosen[i];
          if (work.segment || open_segment(work)) return ok();
          const bool readable = work.source.failure.empty() && !work.file.path.empty();
          if (readable) {
            VIGIL_TRY(work.source.identity, identity_of_file(work.file.path));
            return read_file(work);
          }
          work.source.kept = false;
          if (work.source.failure.empty()) work.source.failure = "its file is not here any more";
          return ok();
        });
  }

  Result<std::vector<CompileInput>> inputs_of(const std::vector<Work*>& chosen) const {
    std::vector<CompileInput> inputs;
    for (const Work* work : chosen) {
      if (work->segment) inputs.push_back({&*work->segment, work->source});
    }
    if (!inputs.empty()) return inputs;
    std::string why = "no file holds vulnerability intelligence";
    for (const Work& work : work_) {
      if (work.source.failure.empty()) continue;
      why = "no file could be read: " + work.file.label + ": " + work.source.failure;
      break;
    }
    return fail(why, options_.directory, "see `vigil intel status --feeds` for what is understood",
                ErrorCode::NotFound);
  }

  void count_files() {
    for (const Work& work : work_) {
      if (!work.looked_at) continue;
      if (!work.source.failure.empty()) {
        report_.failed.push_back(work.source);
        continue;
      }
      ++(work.reused || work.twice ? report_.files_reused : report_.files_read);
      if (work.source.feeds.empty() && !work.twice) ++report_.files_strange;
    }
  }

  UpdateReport unchanged() {
    count_files();
    report_.unchanged = true;
    report_.stamp = before_->stamp();
    report_.vulnerabilities = before_->vulnerability_count();
    report_.packages = before_->package_count();
    return std::move(report_);
  }

  void finish_report(const Snapshot& after) {
    count_files();
    report_.stamp = after.stamp();
    report_.vulnerabilities = after.vulnerability_count();
    report_.packages = after.package_count();
    if (before_) {
      report_.changed = changed_packages(*before_, after);
      return;
    }
    for (std::size_t i = 0; i < after.package_count(); ++i) {
      const Snapshot::PackageEntry entry = after.package(i);
      report_.changed.push_back({std::string(entry.ecosystem), std::string(entry.name)});
    }
  }

  /// Segments of files that are gone or changed; those of strange files stay, so that they are not
  /// looked at again.
  void remove_unused_segments() const {
    std::set<std::string> used;
    for (const Work& work : work_) used.insert(work.source.identity + ".segment");
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(segments_, error)) {
      if (!used.contains(entry.path().filename().string())) fs::remove(entry.path(), error);
    }
  }

  const UpdateOptions& options_;
  std::string segments_;
  std::optional<Snapshot> before_;
  std::vector<Work> work_;
  UpdateReport report_;
};

}  // namespace

Result<UpdateReport> update(const UpdateOptions& options) {
  Updater updater(options);
  return updater.run();
}

}  // namespace vigil::intel
