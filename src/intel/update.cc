#include "intel/update.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/thread_pool.h"
#include "intel/compile.h"
#include "intel/ingest.h"

namespace vigil::intel {
namespace {

namespace fs = std::filesystem;

struct InputFile {
  std::string label;  ///< relative to the directory
  std::string path;
  std::uintmax_t size = 0;
  std::string origin;
};

/// What downloads leave beside the files they fetch.
bool is_bookkeeping(const fs::path& path) {
  const std::string suffix = path.extension().string();
  return suffix == ".validators" || suffix == ".part" || suffix == ".from";
}

/// Every regular file below the directory, ordered by name. Hidden files are left out.
Result<std::vector<InputFile>> list_files(const std::string& directory, const std::string& origin) {
  std::error_code error;
  fs::recursive_directory_iterator at(directory, fs::directory_options::follow_directory_symlink,
                                      error);
  if (error) return fail_errno("cannot read the directory", directory, error.value());
  std::vector<InputFile> files;
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) return fail_errno("cannot read the directory", directory, error.value());
    if (at.depth() > 32) at.disable_recursion_pending();
    if (at->path().filename().string().starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file(error) || is_bookkeeping(at->path())) continue;
    files.push_back({at->path().lexically_relative(directory).string(), at->path().string(),
                     at->file_size(error), origin});
  }
  std::sort(files.begin(), files.end(),
            [](const InputFile& a, const InputFile& b) { return a.label < b.label; });
  return files;
}

/// One file on its way through an update.
struct Work {
  InputFile file;
  std::optional<Segment> segment;
  Source source;
  bool reused = false;
};

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

    VIGIL_TRY(std::vector<InputFile> files, list_files(options_.directory, options_.origin));
    for (const ExtraFile& file : options_.more_files)
      files.push_back({file.label, file.path, 0, file.origin});
    VIGIL_CHECK(read_files(files));
    VIGIL_TRY(const std::vector<CompileInput> inputs, choose());
    if (is_unchanged(inputs)) {
      report_.unchanged = true;
      report_.stamp = before_->stamp();
      report_.vulnerabilities = before_->vulnerability_count();
      report_.packages = before_->package_count();
      return std::move(report_);
    }
    if (options_.progress) options_.progress({files.size(), files.size(), ""});
    VIGIL_TRY(const std::string bytes, compile(inputs, options_.now));
    VIGIL_CHECK(base::write_file_atomically(options_.snapshot, bytes));
    VIGIL_TRY(const Snapshot after, Snapshot::open(options_.snapshot));
    finish_report(after);
    remove_unused_segments(inputs);
    return std::move(report_);
  }

 private:
  std::string segment_path(const std::string& identity) const {
    return segments_ + "/" + identity + ".segment";
  }

  /// What a killed update left behind.
  void remove_leftovers() const {
    std::error_code error;
    for (const fs::path& directory :
         {fs::path(segments_), fs::path(options_.snapshot).parent_path()}) {
      for (const auto& entry : fs::directory_iterator(directory.empty() ? "." : directory, error)) {
        const std::string name = entry.path().filename().string();
        const bool ours = directory == fs::path(segments_) ||
                          name.starts_with(fs::path(options_.snapshot).filename().string());
        if (ours && name.find(".tmp.") != std::string::npos) fs::remove(entry.path(), error);
      }
    }
  }

  const Source* earlier(const std::string& label) const {
    if (!before_) return nullptr;
    for (const Source& source : before_->sources()) {
      if (source.label == label) return &source;
    }
    return nullptr;
  }

  bool wanted(const std::vector<FeedCount>& feeds) const {
    if (options_.feeds.empty()) return true;
    return std::any_of(feeds.begin(), feeds.end(), [&](const FeedCount& feed) {
      return std::find(options_.feeds.begin(), options_.feeds.end(), feed.feed) !=
             options_.feeds.end();
    });
  }

  Result<void> read_files(const std::vector<InputFile>& files) {
    for (const InputFile& file : files) work_.push_back({file, std::nullopt, {}, false});
    // The largest first, so that no worker starts one last.
    std::vector<std::size_t> order(work_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return work_[a].file.size > work_[b].file.size;
    });
    std::mutex progress;
    std::size_t done = 0;
    return base::parallel_for(order.size(), base::hardware_workers(),
                              [&](std::size_t i) -> Result<void> {
                                Work& work = work_[order[i]];
                                const auto read = read_file(work);
                                if (!read) note_failure(work, read.error());
                                const std::scoped_lock hold(progress);
                                ++done;
                                if (options_.progress)
                                  options_.progress({done, work_.size(), work.file.label});
                                return ok();
                              });
  }

  Result<void> read_file(Work& work) {
    const Source* before = earlier(work.file.label);
    // Not asked for, and known to be none of the feeds asked for.
    if (before != nullptr && !before->feeds.empty() && !wanted(before->feeds))
      return keep(work, *before);

    work.source.label = work.file.label;
    work.source.origin = work.file.origin;
    VIGIL_TRY(work.source.identity, identity_of_file(work.file.path));
    const std::string path = segment_path(work.source.identity);
    if (auto segment = Segment::open(path);
        segment && segment->identity() == work.source.identity) {
      work.segment.emplace(std::move(*segment));
      work.reused = true;
    } else {
      VIGIL_TRY(const std::string bytes, read_into_segment(work.file.path, work.source.identity));
      VIGIL_CHECK(base::write_file_atomically(path, bytes));
      VIGIL_TRY(Segment written, Segment::open(path));
      work.segment.emplace(std::move(written));
    }
    const bool same = before != nullptr && before->identity == work.source.identity;
    work.source.read = same ? before->read : options_.now;
    work.source.feeds = work.segment->counts();
    return ok();
  }

  Result<void> keep(Work& work, const Source& before) {
    VIGIL_TRY(Segment segment, Segment::open(segment_path(before.identity)));
    work.segment.emplace(std::move(segment));
    work.source = before;
    work.reused = true;
    return ok();
  }

  void note_failure(Work& work, const Error& error) {
    const Source* before = earlier(work.file.label);
    work.segment.reset();
    const bool kept = before != nullptr && keep(work, *before).has_value();
    if (!kept) work.source.label = work.file.label;
    work.source.kept = kept;
    work.source.failure = error.text();
  }

  /// What goes into the snapshot; and the counts of the report.
  Result<std::vector<CompileInput>> choose() {
    std::vector<CompileInput> inputs;
    std::set<std::string> identities;
    for (Work& work : work_) {
      if (!work.source.failure.empty()) report_.failed.push_back(work.source);
      if (!work.segment) continue;
      if (work.source.failure.empty()) ++(work.reused ? report_.files_reused : report_.files_read);
      if (work.source.feeds.empty()) {
        ++report_.files_strange;
        continue;
      }
      const bool asked_for = wanted(work.source.feeds) || earlier(work.source.label) != nullptr;
      // The same content under a second name says nothing new.
      if (asked_for && identities.insert(work.source.identity).second) {
        inputs.push_back({&*work.segment, work.source});
      }
    }
    if (inputs.empty()) {
      std::string why = "no file holds vulnerability intelligence";
      if (!report_.failed.empty()) why = "no file could be read: " + report_.failed.front().failure;
      return fail(why, options_.directory,
                  "see `vigil intel status --feeds` for what is understood", ErrorCode::NotFound);
    }
    return inputs;
  }

  bool is_unchanged(const std::vector<CompileInput>& inputs) const {
    if (!before_ || before_->sources().size() != inputs.size()) return false;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const Source& old_source = before_->sources()[i];
      const Source& new_source = inputs[i].source;
      if (old_source.label != new_source.label || old_source.identity != new_source.identity ||
          old_source.failure != new_source.failure) {
        return false;
      }
    }
    return true;
  }

  void finish_report(const Snapshot& after) {
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
  void remove_unused_segments(const std::vector<CompileInput>& inputs) const {
    std::set<std::string> used;
    for (const CompileInput& input : inputs) used.insert(input.source.identity + ".segment");
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
