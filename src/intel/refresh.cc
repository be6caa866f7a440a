#include "intel/refresh.h"

#include <filesystem>
#include <utility>

#include "base/file.h"
#include "base/program.h"

namespace vigil::intel {
namespace {

Result<UpdateReport> update_from(const RefreshOptions& options, const std::string& directory,
                                 const std::string& origin) {
  UpdateOptions update_options;
  update_options.snapshot = options.snapshot;
  update_options.directory = directory;
  update_options.origin = origin;
  update_options.feeds = options.feeds;
  update_options.more_files = options.more_files;
  update_options.now = options.now;
  update_options.progress = [&](const UpdateProgress& at) {
    if (!options.progress) return;
    if (at.file.empty()) {
      options.progress({"Compiling", 0, 0, ""});
    } else {
      options.progress({"Reading", at.files_done, at.files, at.file});
    }
  };
  return update(update_options);
}

/// A few failures by name, the rest by number.
std::vector<std::string> notes_of(const DownloadReport& download) {
  std::vector<std::string> notes;
  if (download.unreachable) {
    notes.push_back("the upstreams cannot be reached; " + download.failures.front());
    return notes;
  }
  for (const std::string& failure : download.failures) {
    if (notes.size() == 5) {
      notes.push_back("and " + std::to_string(download.failures.size() - 5) + " more files");
      break;
    }
    notes.push_back(failure);
  }
  return notes;
}

/// Is there any file below it? A mistyped directory must not pass for an empty mirror because
/// something else could be read.
bool holds_files(const std::string& directory) {
  std::error_code error;
  using Walk = std::filesystem::recursive_directory_iterator;
  for (Walk at(directory, error), end; !error && at != end; at.increment(error)) {
    if (!at->is_directory(error)) return true;
  }
  return false;
}

}  // namespace

Result<RefreshReport> refresh_from(const RefreshOptions& options,
                                   const std::vector<DownloadFile>& files, base::HttpOptions http) {
  const std::string directory = options.snapshot + ".downloads";
  VIGIL_CHECK(base::make_directories(directory));
  const DownloadReport download =
      download_files(directory, files, std::move(http), [&](const DownloadProgress& at) {
        if (options.progress) options.progress({"Downloading", at.done, at.total, at.file});
      });
  RefreshReport report;
  report.notes = notes_of(download);
  report.origin = "upstream: " + std::to_string(download.fetched) + " new files, " +
                  std::to_string(download.unchanged) + " unchanged";
  if (download.fetched + download.unchanged == 0) {
    report.origin =
        options.more_files.empty() ? "earlier downloads" : "this host's package archive alone";
  }
  auto updated = update_from(options, directory, "upstream");
  if (!updated) {
    Error error = updated.error();
    if (!report.notes.empty()) error.hint = report.notes.front();
    return fail(std::move(error));
  }
  report.update = std::move(*updated);
  return report;
}

Result<RefreshReport> refresh(const RefreshOptions& options) {
  if (options.directory.empty()) {
    base::HttpOptions http;
    http.user_agent = "vigil/" + std::string(base::program_version());
    return refresh_from(options, upstream_files(options.feeds), std::move(http));
  }
  if (!options.more_files.empty() && base::is_directory(options.directory) &&
      !holds_files(options.directory)) {
    return fail("no file holds vulnerability intelligence", options.directory,
                "see `vigil intel status --feeds` for what is understood", ErrorCode::NotFound);
  }
  RefreshReport report;
  report.origin = "feeds in " + options.directory;
  VIGIL_TRY(report.update, update_from(options, options.directory, "directory"));
  return report;
}

}  // namespace vigil::intel
