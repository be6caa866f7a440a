#include "base/http_exchange.h"

#include <curl/curl.h>
#include <dlfcn.h>

#include <array>
#include <memory>
#include <utility>

#include "base/text.h"

namespace vigil::base {
namespace {

/// The functions of libcurl that are used, looked up by name.
struct Library {
  decltype(&::curl_global_init) global_init = nullptr;
  decltype(&::curl_easy_init) easy_init = nullptr;
  decltype(&::curl_easy_setopt) easy_setopt = nullptr;
  decltype(&::curl_easy_perform) easy_perform = nullptr;
  decltype(&::curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&::curl_easy_strerror) easy_strerror = nullptr;
  decltype(&::curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&::curl_slist_append) slist_append = nullptr;
  decltype(&::curl_slist_free_all) slist_free_all = nullptr;
  bool ready = false;
};

template <typename Function>
bool look_up(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(handle, name));
  return function != nullptr;
}

Library load_library() {
  Library curl;
  // Both flavours export the same functions; which one is there is the distribution's business.
  void* handle = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) handle = ::dlopen("libcurl-gnutls.so.4", RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return curl;
  curl.ready = look_up(handle, "curl_global_init", curl.global_init) &&
               look_up(handle, "curl_easy_init", curl.easy_init) &&
               look_up(handle, "curl_easy_setopt", curl.easy_setopt) &&
               look_up(handle, "curl_easy_perform", curl.easy_perform) &&
               look_up(handle, "curl_easy_getinfo", curl.easy_getinfo) &&
               look_up(handle, "curl_easy_strerror", curl.easy_strerror) &&
               look_up(handle, "curl_easy_cleanup", curl.easy_cleanup) &&
               look_up(handle, "curl_slist_append", curl.slist_append) &&
               look_up(handle, "curl_slist_free_all", curl.slist_free_all) &&
               curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return curl;
}

/// Loaded once; never unloaded, since libcurl leaves state behind in its own libraries.
const Library& library() {
  static const Library kLibrary = load_library();
  return kLibrary;
}

/// What the callbacks of one transfer share.
struct Transfer {
  const HttpOptions* options = nullptr;
  HttpSink* sink = nullptr;
  bool takes_every_body = false;
  HttpHead head;
  bool begun = false;
  bool cancelled = false;
  std::uint64_t dropped = 0;
  std::optional<Error> error;
};

bool has_body(const Transfer& transfer) {
  const long status = transfer.head.status;
  return transfer.takes_every_body || status == 200 || status == 206;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  const std::string_view line = trim({data, size * count});
  if (line.starts_with("HTTP/")) {
    // A new answer begins: after a redirect, after "100 Continue".
    const std::vector<std::string_view> parts = words(line);
    transfer->head = {};
    if (parts.size() > 1) {
      transfer->head.status = static_cast<long>(parse_unsigned(parts[1]).value_or(0));
    }
    return size * count;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size * count;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  HttpHead& head = transfer->head;
  if (equals_ignoring_case(name, "etag")) head.etag = value;
  if (equals_ignoring_case(name, "last-modified")) head.last_modified = value;
  if (equals_ignoring_case(name, "content-range")) head.content_range = value;
  if (equals_ignoring_case(name, "content-encoding")) head.content_encoding = lower(value);
  if (equals_ignoring_case(name, "x-amzn-errortype")) head.aws_error_type = value;
  if (equals_ignoring_case(name, "content-length")) head.content_length = parse_unsigned(value);
  return size * count;
}

Result<void> take_body(Transfer& transfer, std::string_view bytes) {
  if (!has_body(transfer)) {
    transfer.dropped += bytes.size();
    constexpr std::uint64_t kMostOfAnErrorPage = 1 << 20;
    if (transfer.dropped > kMostOfAnErrorPage) return fail("an endless error page");
    return ok();
  }
  if (!std::exchange(transfer.begun, true)) VIGIL_CHECK(transfer.sink->begin(transfer.head));
  return transfer.sink->write(bytes);
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  auto taken = take_body(*transfer, {data, size * count});
  if (taken) return size * count;
  transfer->error = std::move(taken.error());
  return 0;  // anything but the count ends the transfer
}

int on_progress(void* user, curl_off_t total, curl_off_t now, curl_off_t /*up*/,
                curl_off_t /*up*/) {
  auto* transfer = static_cast<Transfer*>(user);
  if (!transfer->options->progress) return 0;
  const auto all = total > 0 ? std::optional(static_cast<std::uint64_t>(total)) : std::nullopt;
  transfer->cancelled = !transfer->options->progress(static_cast<std::uint64_t>(now), all);
  return transfer->cancelled ? 1 : 0;
}

Error network_error(std::string what, const std::string& url, std::string hint = {}) {
  return {std::move(what), url, std::move(hint), ErrorCode::Network};
}

struct Explanation {
  Error error;
  bool temporary;
};

Explanation explain(CURLcode code, std::string_view detail, const std::string& url) {
  const std::string text(detail.empty() ? library().easy_strerror(code) : detail);
  constexpr const char* kConnection =
      "check the network, and https_proxy if there is a proxy between";
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {network_error("the name cannot be resolved: " + text, url, kConnection), false};
    case CURLE_COULDNT_CONNECT:
      return {network_error("no connection: " + text, url, kConnection), true};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return {network_error("the server's certificate is not trusted: " + text, url,
                            "check the package ca-certificates, the clock, and whether a proxy "
                            "intercepts TLS"),
              false};
    case CURLE_SSL_CONNECT_ERROR:
      return {network_error("no TLS connection: " + text, url,
                            "is the server's port really one for https?"),
              false};
    case CURLE_TOO_MANY_REDIRECTS:
      return {network_error("too many redirects", url), false};
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {network_error("redirected to an address that is not https: " + text, url), false};
    case CURLE_URL_MALFORMAT:
      return {{"not a valid address", url, {}, ErrorCode::Invalid}, false};
    case CURLE_FILESIZE_EXCEEDED:
      return {{"larger than the limit", url, {}, ErrorCode::TooLarge}, false};
    case CURLE_OPERATION_TIMEDOUT:
      return {network_error("too slow: " + text, url, kConnection), true};
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_HTTP3:
      return {network_error("the connection was lost: " + text, url), true};
    default:
      return {network_error(text, url), false};
  }
}

/// Sets options until one fails; a security setting that is not understood must not be passed over.
class Setter {
 public:
  explicit Setter(CURL* handle) : handle_(handle) {}
  template <typename Value>
  Setter& set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = library().easy_setopt(handle_, option, value);
    return *this;
  }
  [[nodiscard]] CURLcode code() const { return code_; }

 private:
  CURL* handle_;
  CURLcode code_ = CURLE_OK;
};

long milliseconds(std::chrono::milliseconds time) {
  return static_cast<long>(time.count());
}

/// Transfers of text are compressed on the way; what is compressed already is not asked for again,
/// and a part of it can be resumed.
bool is_compressed_name(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view suffix : {".gz", ".tgz", ".bz2", ".xz", ".zst", ".zip", ".br"}) {
    if (url.ends_with(suffix)) return true;
  }
  return false;
}

bool asks_for_a_range(const std::vector<std::string>& headers) {
  for (const std::string& line : headers) {
    if (line.starts_with("Range:")) return true;
  }
  return false;
}

}  // namespace

Exchange exchange(const std::string& url, const std::vector<std::string>& headers,
                  const HttpOptions& options, HttpSink& sink, const HttpUpload* upload) {
  const Library& curl = library();
  Exchange result;
  result.url = url;
  if (!curl.ready) {
    result.error = Error{"libcurl.so.4 cannot be loaded", url, "install the package libcurl4",
                         ErrorCode::Unsupported};
    return result;
  }
  struct FreeList {
    void operator()(curl_slist* list) const { library().slist_free_all(list); }
  };
  struct FreeHandle {
    void operator()(CURL* handle) const { library().easy_cleanup(handle); }
  };
  const std::unique_ptr<CURL, FreeHandle> handle(curl.easy_init());
  curl_slist* list = nullptr;
  for (const std::string& header : headers) {
    curl_slist* const longer = curl.slist_append(list, header.c_str());
    if (longer == nullptr) break;
    list = longer;
  }
  const std::unique_ptr<curl_slist, FreeList> lines(list);
  if (!handle || (!headers.empty() && !lines)) {
    result.error = network_error("out of memory", url);
    return result;
  }

  Transfer transfer{.options = &options, .sink = &sink, .takes_every_body = upload != nullptr};
  std::array<char, CURL_ERROR_SIZE> detail{};
  const char* protocols = options.allow_http ? "http,https" : "https";
  Setter setter(handle.get());
  setter.set(CURLOPT_URL, url.c_str())
      .set(CURLOPT_PROTOCOLS_STR, protocols)
      .set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
      .set(CURLOPT_HTTPHEADER, lines.get())
      .set(CURLOPT_USERAGENT, options.user_agent.c_str())
      .set(CURLOPT_FOLLOWLOCATION, upload == nullptr ? 1L : 0L)
      .set(CURLOPT_MAXREDIRS, static_cast<long>(options.redirects))
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_timeout))
      .set(CURLOPT_TIMEOUT_MS, milliseconds(options.total_timeout))
      .set(CURLOPT_LOW_SPEED_LIMIT, 1L)
      .set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()))
      .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set(CURLOPT_ERRORBUFFER, detail.data())
      .set(CURLOPT_HEADERFUNCTION, &on_header)
      .set(CURLOPT_HEADERDATA, &transfer)
      .set(CURLOPT_WRITEFUNCTION, &on_body)
      .set(CURLOPT_WRITEDATA, &transfer)
      .set(CURLOPT_NOPROGRESS, 0L)
      .set(CURLOPT_XFERINFOFUNCTION, &on_progress)
      .set(CURLOPT_XFERINFODATA, &transfer);
  if (upload != nullptr) {
    setter.set(CURLOPT_POST, 1L)
        .set(CURLOPT_CUSTOMREQUEST, upload->method.c_str())
        .set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(upload->body.size()))
        .set(CURLOPT_POSTFIELDS, upload->body.data() == nullptr ? "" : upload->body.data());
  }
  if (!options.ca_file.empty()) setter.set(CURLOPT_CAINFO, options.ca_file.c_str());
  if (!is_compressed_name(url) && !asks_for_a_range(headers)) {
    setter.set(CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl can undo
  }
  const CURLcode code = setter.code() == CURLE_OK ? curl.easy_perform(handle.get()) : setter.code();

  char* final_url = nullptr;
  if (curl.easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &final_url) == CURLE_OK &&
      final_url != nullptr) {
    result.url = final_url;
  }
  curl_off_t retry_after = 0;
  if (curl.easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK &&
      retry_after > 0) {
    result.retry_after = static_cast<std::uint64_t>(retry_after);
  }
  if (code == CURLE_OK && has_body(transfer) && !transfer.begun) {
    if (auto begun = sink.begin(transfer.head); !begun) transfer.error = std::move(begun.error());
  }
  result.head = std::move(transfer.head);
  if (transfer.error) {
    result.error = std::move(transfer.error);
    if (result.error->where.empty()) result.error->where = url;
  } else if (transfer.cancelled) {
    result.error = network_error("cancelled", url);
  } else if (code != CURLE_OK) {
    Explanation explanation = explain(code, detail.data(), result.url);
    result.error = std::move(explanation.error);
    result.temporary = explanation.temporary;
  }
  return result;
}

}  // namespace vigil::base
