#include "base/http.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <thread>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/http_exchange.h"
#include "base/text.h"
#include "base/write_all.h"

namespace vigil::base {
namespace {

tl::unexpected<Error> too_large(const HttpOptions& options) {
  return fail("larger than the limit of " + with_thousands(options.max_bytes) + " bytes", {}, {},
              ErrorCode::TooLarge);
}

/// A sink that can be used for several attempts.
class Destination : public HttpSink {
 public:
  /// The headers that ask for the rest of what is there already; none to begin anew.
  virtual std::vector<std::string> resumption() { return {}; }
  /// Forgets what is there.
  virtual Result<void> discard() = 0;
  /// The body is complete; its length.
  virtual Result<std::uint64_t> finish() = 0;
  /// How much of the body was there before this answer; not 0: the answer completes a part.
  [[nodiscard]] virtual std::uint64_t offset() const { return 0; }
};

class MemoryDestination final : public Destination {
 public:
  explicit MemoryDestination(const HttpOptions& options) : options_(&options) {}

  Result<void> begin(const HttpHead& head) override {
    bytes_.clear();
    if (head.content_length.value_or(0) > options_->max_bytes) return too_large(*options_);
    return ok();
  }
  Result<void> write(std::string_view bytes) override {
    if (bytes_.size() + bytes.size() > options_->max_bytes) return too_large(*options_);
    bytes_ += bytes;
    return ok();
  }
  Result<void> discard() override {
    bytes_.clear();
    return ok();
  }
  Result<std::uint64_t> finish() override { return bytes_.size(); }
  std::string take() { return std::move(bytes_); }

 private:
  const HttpOptions* options_;
  std::string bytes_;
};

/// `<path>.part` and the validator of its content.
class PartFile final : public Destination {
 public:
  PartFile(std::string path, const HttpOptions& options)
      : path_(std::move(path)),
        part_(path_ + ".part"),
        from_(part_ + ".from"),
        options_(&options) {}

  ~PartFile() override {
    if (descriptor_ < 0) return;
    // A part without a validator can never be completed.
    if (!finished_ && (size_ == 0 || !exists(from_))) remove_part();
    ::close(descriptor_);
  }

  Result<void> open(const std::string& url) {
    url_ = url;
    // Whoever held the lock before may have renamed the file away while it was being opened here.
    for (int attempt = 0; attempt < 100; ++attempt) {
      descriptor_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
      if (descriptor_ < 0) return fail_errno("cannot create", part_, errno);
      if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) break;
      struct stat opened{};
      struct stat named{};
      if (::fstat(descriptor_, &opened) == 0 && ::stat(part_.c_str(), &named) == 0 &&
          opened.st_ino == named.st_ino && opened.st_dev == named.st_dev) {
        size_ = static_cast<std::uint64_t>(opened.st_size);
        return ok();
      }
      ::close(std::exchange(descriptor_, -1));
    }
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    return fail("another process is downloading this file", path_, "wait until it has finished",
                ErrorCode::Busy);
  }

  std::vector<std::string> resumption() override {
    resumed_ = false;
    asked_from_ = 0;
    const auto text = read_file(from_, 1 << 16);
    if (!text || size_ == 0) return {};
    const auto parts = split(*text, '\n');
    if (parts.size() < 2 || parts[0] != url_ || parts[1].empty()) return {};
    asked_from_ = size_;
    return {"Range: bytes=" + std::to_string(size_) + "-", "If-Range: " + std::string(parts[1])};
  }

  Result<void> begin(const HttpHead& head) override {
    if (head.status == 206) {
      // Only exactly what was asked for can be appended.
      const std::string expected = "bytes " + std::to_string(asked_from_) + "-";
      if (asked_from_ == 0 || !head.content_range.starts_with(expected)) {
        return fail("the server sent a part that was not asked for: " + head.content_range, {}, {},
                    ErrorCode::Network);
      }
      resumed_ = true;
    } else {
      VIGIL_CHECK(discard());
      VIGIL_CHECK(remember_validator(head));
    }
    if (size_ + head.content_length.value_or(0) > options_->max_bytes) return refuse_size();
    if (::lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET) < 0) {
      return fail_errno("cannot seek", part_, errno);
    }
    return ok();
  }

  Result<void> write(std::string_view bytes) override {
    if (size_ + bytes.size() > options_->max_bytes) return refuse_size();
    VIGIL_CHECK(write_all(descriptor_, bytes, part_));
    size_ += bytes.size();
    return ok();
  }

  Result<void> discard() override {
    ::unlink(from_.c_str());
    size_ = 0;
    resumed_ = false;
    if (::ftruncate(descriptor_, 0) != 0) return fail_errno("cannot empty", part_, errno);
    return ok();
  }

  Result<std::uint64_t> finish() override {
    if (::fsync(descriptor_) != 0) return fail_errno("cannot sync", part_, errno);
    if (::rename(part_.c_str(), path_.c_str()) != 0) {
      return fail_errno("cannot replace", path_, errno);
    }
    finished_ = true;
    ::unlink(from_.c_str());
    sync_parent_directory(path_);
    return size_;
  }

  /// The file on disk is current: a part of another version is of no use.
  void remove_part() {
    ::unlink(part_.c_str());
    ::unlink(from_.c_str());
    finished_ = true;
  }

  [[nodiscard]] std::uint64_t offset() const override { return resumed_ ? asked_from_ : 0; }

 private:
  /// If-Range takes a strong ETag or, failing that, the date (RFC 9110 section 13.1.5). A body that
  /// was compressed for the transfer cannot be completed: its bytes here are not those on the wire.
  Result<void> remember_validator(const HttpHead& head) {
    if (!head.content_encoding.empty() && head.content_encoding != "identity") return ok();
    const bool strong = !head.etag.empty() && !head.etag.starts_with("W/");
    const std::string& validator = strong ? head.etag : head.last_modified;
    if (validator.empty() || (!strong && !head.etag.empty())) return ok();
    return write_file_atomically(from_, url_ + "\n" + validator + "\n");
  }

  tl::unexpected<Error> refuse_size() {
    ::unlink(from_.c_str());  // completing it later would end here again
    return too_large(*options_);
  }

  std::string path_;
  std::string part_;
  std::string from_;
  std::string url_;
  const HttpOptions* options_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::uint64_t asked_from_ = 0;
  bool resumed_ = false;
  bool finished_ = false;
};

Result<void> check_scheme(const HttpRequest& request, const HttpOptions& options) {
  const std::string scheme = lower(request.url.substr(0, request.url.find(':')));
  if (scheme == "https" || (scheme == "http" && options.allow_http)) return ok();
  if (scheme == "http") {
    return fail("an address without encryption", request.url,
                "use https, or allow http explicitly for a mirror of your own");
  }
  return fail("not an https address", request.url);
}

/// RFC 9110 section 15: what may succeed at another time.
bool is_temporary(const Exchange& answer) {
  switch (answer.head.status) {
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return true;
    case 403:  // how some servers say "too many requests"
      return answer.retry_after.has_value();
    default:
      return false;
  }
}

Error status_error(const Exchange& answer, const std::string& url) {
  const long status = answer.head.status;
  Error error{
      "the server answers with HTTP status " + std::to_string(status), url, {}, ErrorCode::Network};
  if (status == 404 || status == 410) error.code = ErrorCode::NotFound;
  if (status == 401 || status == 403) error.hint = "it wants credentials, or refuses this client";
  if (status == 407) error.hint = "the proxy wants credentials: put them into https_proxy";
  if (status == 429) error.hint = "too many requests: try again later";
  return error;
}

/// False if the caller has cancelled.
bool wait(std::chrono::milliseconds time, const HttpOptions& options) {
  const auto end = std::chrono::steady_clock::now() + time;
  for (;;) {
    if (options.progress && !options.progress(0, std::nullopt)) return false;
    const auto left = end - std::chrono::steady_clock::now();
    if (left <= left.zero()) return true;
    std::this_thread::sleep_for(
        std::min<std::chrono::nanoseconds>(left, std::chrono::milliseconds(200)));
  }
}

Result<std::chrono::milliseconds> time_to_wait(unsigned attempt, const Exchange& answer,
                                               const HttpOptions& options) {
  using std::chrono::milliseconds;
  const milliseconds longest = options.longest_wait;
  if (answer.retry_after) {
    const std::uint64_t seconds = *answer.retry_after;
    if (seconds > static_cast<std::uint64_t>(options.longest_wait.count())) {
      return fail("the server asks to come back in " + with_thousands(seconds) + " seconds", {}, {},
                  ErrorCode::Network);
    }
    return milliseconds(seconds * 1000);
  }
  return std::min(longest, options.first_wait * (1 << std::min(attempt, 16U)));
}

Result<HttpResponse> fetch(const HttpRequest& request, const HttpOptions& options,
                           Destination& destination) {
  VIGIL_CHECK(check_scheme(request, options));
  std::vector<std::string> conditions;
  if (!request.etag.empty()) conditions.push_back("If-None-Match: " + request.etag);
  if (!request.last_modified.empty()) {
    conditions.push_back("If-Modified-Since: " + request.last_modified);
  }
  HttpOptions adjusted = options;
  if (options.progress) {
    adjusted.progress = [&](std::uint64_t received, std::optional<std::uint64_t> total) {
      const std::uint64_t before = destination.offset();
      if (total) *total += before;
      return options.progress(before + received, total);
    };
  }
  for (unsigned attempt = 0;; ++attempt) {
    std::vector<std::string> headers = conditions;
    const std::vector<std::string> resumption = destination.resumption();
    headers.insert(headers.end(), resumption.begin(), resumption.end());

    Exchange answer = exchange(request.url, headers, adjusted, destination);
    const long status = answer.head.status;
    if (!answer.error && (status == 200 || status == 206)) {
      HttpResponse response{.etag = answer.head.etag,
                            .last_modified = answer.head.last_modified,
                            .url = answer.url,
                            .resumed = destination.offset() > 0};
      VIGIL_TRY(response.bytes, destination.finish());
      return response;
    }
    if (!answer.error && status == 304 && !conditions.empty()) {
      return HttpResponse{.not_modified = true,
                          .etag = answer.head.etag.empty() ? request.etag : answer.head.etag,
                          .last_modified = answer.head.last_modified.empty()
                                               ? request.last_modified
                                               : answer.head.last_modified,
                          .url = answer.url};
    }
    bool again = answer.error ? answer.temporary : is_temporary(answer);
    if (!answer.error && status == 416 && !resumption.empty()) {
      VIGIL_CHECK(destination.discard());  // the part is not of this file; begin anew
      again = true;
    }
    if (!answer.error) answer.error = status_error(answer, request.url);
    if (!again || attempt + 1 >= options.attempts) return fail(std::move(*answer.error));
    const auto pause = time_to_wait(attempt, answer, options);
    if (!pause) {
      answer.error->hint = pause.error().what;
      return fail(std::move(*answer.error));
    }
    if (!wait(*pause, options)) return fail("cancelled", request.url, {}, ErrorCode::Network);
  }
}

}  // namespace

Result<HttpBody> http_get(const HttpRequest& request, const HttpOptions& options) {
  MemoryDestination destination(options);
  VIGIL_TRY(HttpResponse response, fetch(request, options, destination));
  return HttpBody{std::move(response), destination.take()};
}

Result<HttpAnswer> http_send(const HttpCall& call, const HttpOptions& options) {
  VIGIL_CHECK(check_scheme({.url = call.url, .etag = {}, .last_modified = {}}, options));
  MemoryDestination destination(options);
  const HttpUpload upload{call.method, call.body};
  for (unsigned attempt = 0;; ++attempt) {
    std::vector<std::string> headers = call.headers ? call.headers() : std::vector<std::string>();
    headers.emplace_back("Expect:");  // the body follows without asking whether it may
    Exchange answer = exchange(call.url, headers, options, destination, &upload);
    const bool again = answer.error ? answer.temporary : is_temporary(answer);
    const bool last = attempt + 1 >= options.attempts;
    auto pause = again && !last ? time_to_wait(attempt, answer, options)
                                : Result<std::chrono::milliseconds>(fail("no further attempt"));
    if (!pause) {
      if (answer.error) return fail(std::move(*answer.error));
      return HttpAnswer{answer.head.status, std::move(answer.head.aws_error_type),
                        destination.take()};
    }
    if (!wait(*pause, options)) return fail("cancelled", call.url, {}, ErrorCode::Network);
  }
}

Result<HttpResponse> http_download(const HttpRequest& request, const HttpOptions& options,
                                   const std::string& path) {
  VIGIL_CHECK(check_scheme(request, options));
  PartFile part(path, options);
  VIGIL_CHECK(part.open(request.url));
  auto response = fetch(request, options, part);
  if (response && response->not_modified) part.remove_part();
  return response;
}

}  // namespace vigil::base
