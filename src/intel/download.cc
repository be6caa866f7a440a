#include "intel/download.h"

#include <algorithm>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "intel/feed.h"

namespace vigil::intel {
namespace {

constexpr std::uint64_t kValidatorBytes = 16 * 1024;
/// So many servers in a row that cannot be reached mean that there is no network.
constexpr std::size_t kGiveUpAfter = 3;

/// The validators of the copy at hand; none if there is no copy.
base::HttpRequest request_for(const DownloadFile& file, const std::string& path) {
  base::HttpRequest request{file.url, {}, {}};
  if (!base::exists(path)) return request;
  const auto text = base::read_file(path + ".validators", kValidatorBytes);
  if (!text) return request;
  std::string_view rest = *text;
  request.etag = base::next_line(rest).value_or("");
  request.last_modified = base::next_line(rest).value_or("");
  return request;
}

Result<bool> fetch(const DownloadFile& file, const std::string& path,
                   const base::HttpOptions& options) {
  VIGIL_TRY(const base::HttpResponse response,
            base::http_download(request_for(file, path), options, path));
  if (response.not_modified) return false;
  VIGIL_CHECK(base::write_file_atomically(path + ".validators",
                                          response.etag + "\n" + response.last_modified + "\n"));
  return true;
}

}  // namespace

std::vector<DownloadFile> upstream_files(const std::vector<std::string>& feeds) {
  std::vector<DownloadFile> files;
  for (const Feed* feed : all_feeds()) {
    if (!feeds.empty() && std::find(feeds.begin(), feeds.end(), feed->name) == feeds.end())
      continue;
    for (const Endpoint& endpoint : feed->endpoints) {
      files.push_back({std::string(endpoint.url), std::string(endpoint.name)});
    }
  }
  return files;
}

DownloadReport download_files(const std::string& directory, const std::vector<DownloadFile>& files,
                              base::HttpOptions http,
                              const std::function<void(const DownloadProgress&)>& progress) {
  DownloadReport report;
  report.files = files.size();
  const unsigned attempts = http.attempts;
  std::size_t unreachable = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    // Without a network the answer shall come in seconds, not after all retries.
    http.attempts = unreachable == i ? 1 : attempts;
    http.progress = [&](std::uint64_t bytes, std::optional<std::uint64_t>) {
      if (progress) progress({i, files.size(), files[i].name, bytes});
      return true;
    };
    const auto fetched = fetch(files[i], directory + "/" + files[i].name, http);
    if (fetched) {
      ++(*fetched ? report.fetched : report.unchanged);
      continue;
    }
    report.failures.push_back(files[i].name + ": " + fetched.error().text());
    if (fetched.error().code == ErrorCode::Network && unreachable == i) ++unreachable;
    if (unreachable == kGiveUpAfter) {
      report.unreachable = true;
      return report;
    }
  }
  return report;
}

}  // namespace vigil::intel
