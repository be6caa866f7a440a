#include "base/http_session.h"

#include <curl/curl.h>
#include <unistd.h>

#include <mutex>

#include "base/curl_handle.h"
#include "base/environment.h"
#include "base/text.h"
#include "base/url.h"

namespace vigil::base {
namespace {

constexpr std::size_t kMostOfAnErrorPage = 64U << 10U;
constexpr std::size_t kEndlessErrorPage = 1U << 20U;
constexpr std::size_t kMostHeaderBytes = 256U << 10U;

/// What the callbacks of one request share.
struct Transfer {
  const SessionRequest* request = nullptr;
  SessionAnswer answer;
  std::size_t header_bytes = 0;
  std::uint64_t received = 0;
  bool begun = false;
  bool through_proxy = false;
  bool cancelled = false;
  std::optional<AddressKind> refused;
  std::optional<Error> error;

  [[nodiscard]] bool has_content() const { return answer.status == 200 || answer.status == 206; }
};

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  const std::string_view line = trim({data, size * count});
  transfer->header_bytes += size * count;
  if (transfer->header_bytes > kMostHeaderBytes) {
    transfer->error = Error{"an endless head of an answer", {}, {}, ErrorCode::TooLarge};
    return 0;
  }
  SessionAnswer& answer = transfer->answer;
  if (line.starts_with("HTTP/")) {
    // The head of another answer begins: after "100 Continue".
    const std::vector<std::string_view> parts = words(line);
    answer.headers.clear();
    answer.status = parts.size() > 1 ? static_cast<long>(parse_unsigned(parts[1]).value_or(0)) : 0;
    return size * count;
  }
  const std::size_t colon = line.find(':');
  if (colon != std::string_view::npos) {
    answer.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return size * count;
}

tl::unexpected<Error> too_large(std::uint64_t limit) {
  return fail("larger than the limit of " + with_thousands(limit) + " bytes", {}, {},
              ErrorCode::TooLarge);
}

/// Once, before the content of an answer.
Result<void> begin(Transfer& transfer) {
  const SessionRequest& request = *transfer.request;
  transfer.begun = true;
  const auto length = parse_unsigned(transfer.answer.header("Content-Length"));
  if (length.value_or(0) > request.max_bytes) return too_large(request.max_bytes);
  return request.begin ? request.begin(transfer.answer) : ok();
}

Result<void> take_body(Transfer& transfer, std::string_view bytes) {
  const SessionRequest& request = *transfer.request;
  std::string& body = transfer.answer.body;
  transfer.received += bytes.size();
  if (!transfer.has_content()) {
    if (transfer.received > kEndlessErrorPage) return fail("an endless error page");
    body += bytes.substr(0, kMostOfAnErrorPage - std::min(kMostOfAnErrorPage, body.size()));
    return ok();
  }
  if (!transfer.begun) VIGIL_CHECK(begin(transfer));
  if (transfer.received > request.max_bytes) return too_large(request.max_bytes);
  if (request.sink) return request.sink(bytes);
  body += bytes;
  return ok();
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto* transfer = static_cast<Transfer*>(user);
  auto taken = take_body(*transfer, {data, size * count});
  if (taken) return size * count;
  transfer->error = std::move(taken.error());
  return 0;  // anything but the count ends the transfer
}

int on_progress(void* user, curl_off_t /*total*/, curl_off_t /*now*/, curl_off_t /*total_up*/,
                curl_off_t /*up*/) {
  auto* transfer = static_cast<Transfer*>(user);
  transfer->cancelled = transfer->request->cancelled && transfer->request->cancelled();
  return transfer->cancelled ? 1 : 0;
}

/// Called with each address before it is connected to: there is no second look-up of the name that
/// could give another one.
curl_socket_t on_open_socket(void* user, curlsocktype purpose, curl_sockaddr* address) {
  auto* transfer = static_cast<Transfer*>(user);
  const SessionRequest& request = *transfer->request;
  if (purpose == CURLSOCKTYPE_IPCXN && request.may_connect && !transfer->through_proxy) {
    const AddressKind kind = kind_of_address(address->addr);
    if (!request.may_connect(kind)) {
      transfer->refused = kind;
      return CURL_SOCKET_BAD;
    }
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// As curl looks it up; no_proxy is left to it, so that with a proxy the check of addresses is off
/// also for what does not go through it.
bool has_proxy(std::string_view scheme) {
  const std::string own = std::string(scheme) + "_proxy";
  for (const std::string& name : {own, std::string("all_proxy"), std::string("ALL_PROXY"),
                                  scheme == "https" ? std::string("HTTPS_PROXY") : own}) {
    const char* value = environment(name);
    if (value != nullptr && *value != '\0') return true;
  }
  return false;
}

SessionFailure failure(std::string what, const std::string& url, std::string hint = {},
                       bool temporary = false) {
  return {Error{std::move(what), url, std::move(hint), ErrorCode::Network}, temporary, false, {}};
}

SessionFailure explain(int code, const std::string& text, const std::string& url) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return failure("the name cannot be resolved: " + text, url);
    case CURLE_COULDNT_CONNECT:
      return failure("no connection: " + text, url, {}, true);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return failure("the server's certificate is not trusted: " + text, url);
    case CURLE_SSL_CONNECT_ERROR: {
      SessionFailure no_tls = failure("no TLS connection: " + text, url);
      no_tls.no_tls = true;
      return no_tls;
    }
    case CURLE_OPERATION_TIMEDOUT:
      return failure("too slow: " + text, url, {}, true);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return failure("the connection was lost: " + text, url, {}, true);
    default:
      return failure(text, url);
  }
}

bool is_direct(const SessionOptions& options) {
  return options.direct || !options.unix_socket.empty();
}

void prepare(CurlHandle& handle, Transfer& transfer, const SessionOptions& options,
             const CurlLines& lines) {
  const SessionRequest& request = *transfer.request;
  handle.set(CURLOPT_URL, request.url)
      .set(CURLOPT_PROTOCOLS_STR, "http,https")
      .set(CURLOPT_FOLLOWLOCATION, 0L)
      .set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
      .set_data(CURLOPT_HTTPHEADER, lines.get())
      .set(CURLOPT_USERAGENT, options.user_agent)
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()))
      .set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.total_timeout.count()))
      .set(CURLOPT_LOW_SPEED_LIMIT, 1L)
      .set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()))
      .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set(CURLOPT_SSL_VERIFYPEER, options.verify_certificates ? 1L : 0L)
      .set(CURLOPT_SSL_VERIFYHOST, options.verify_certificates ? 2L : 0L)
      .set_callback(CURLOPT_HEADERFUNCTION, &on_header)
      .set_data(CURLOPT_HEADERDATA, &transfer)
      .set_callback(CURLOPT_WRITEFUNCTION, &on_body)
      .set_data(CURLOPT_WRITEDATA, &transfer)
      .set_callback(CURLOPT_OPENSOCKETFUNCTION, &on_open_socket)
      .set_data(CURLOPT_OPENSOCKETDATA, &transfer)
      .set(CURLOPT_NOPROGRESS, 0L)
      .set_callback(CURLOPT_XFERINFOFUNCTION, &on_progress)
      .set_data(CURLOPT_XFERINFODATA, &transfer);
  if (!options.ca_file.empty()) handle.set(CURLOPT_CAINFO, options.ca_file);
  if (!options.client_certificate.empty()) handle.set(CURLOPT_SSLCERT, options.client_certificate);
  if (!options.client_key.empty()) handle.set(CURLOPT_SSLKEY, options.client_key);
  if (!options.unix_socket.empty()) handle.set(CURLOPT_UNIX_SOCKET_PATH, options.unix_socket);
  if (is_direct(options)) handle.set(CURLOPT_PROXY, "");
  if (request.method == "HEAD") handle.set(CURLOPT_NOBODY, 1L);
  if (request.method == "POST") {
    handle.set(CURLOPT_POST, 1L)
        .set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<long>(request.body.size()))
        .set(CURLOPT_POSTFIELDS, request.body.data() == nullptr ? "" : request.body.data());
  }
}

/// Literal addresses are judged here too: behind a proxy nobody else does.
std::optional<SessionFailure> refuse_url(const SessionRequest& request,
                                         const std::optional<Url>& url) {
  if (!url) {
    return SessionFailure{
        Error{"not an address of a web server", request.url, {}}, false, false, {}};
  }
  const auto kind = kind_of_address(url->host);
  if (kind && request.may_connect && !request.may_connect(*kind)) {
    return failure("leads to " + std::string(describe(*kind)), request.url);
  }
  return std::nullopt;
}

}  // namespace

std::string_view SessionAnswer::header(std::string_view name) const {
  for (const auto& [other, value] : headers) {
    if (equals_ignoring_case(other, name)) return value;
  }
  return {};
}

struct HttpSession::State {
  SessionOptions options;
  std::mutex mutex;
  std::vector<CurlHandle> idle;  ///< guarded by mutex; each keeps its connections

  CurlHandle take() {
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        CurlHandle handle = std::move(idle.back());
        idle.pop_back();
        return handle;
      }
    }
    return {};
  }
  void give_back(CurlHandle handle) {
    handle.reset();
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(handle));
  }
};

HttpSession::HttpSession(SessionOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
}

HttpSession::~HttpSession() = default;

tl::expected<SessionAnswer, SessionFailure> HttpSession::send(const SessionRequest& request) {
  const auto url = parse_url(request.url);
  if (auto refused = refuse_url(request, url)) return tl::unexpected(std::move(*refused));
  if (!has_curl()) {
    return tl::unexpected(SessionFailure{no_curl(request.url), false, false, {}});
  }
  std::vector<std::string> headers = request.headers;
  headers.emplace_back("Expect:");  // a body follows without asking whether it may
  const CurlLines lines(headers);
  CurlHandle handle = state_->take();
  if (!handle || !lines.complete()) return tl::unexpected(failure("out of memory", request.url));

  Transfer transfer;
  transfer.request = &request;
  transfer.through_proxy = !is_direct(state_->options) && has_proxy(url->scheme);
  prepare(handle, transfer, state_->options, lines);
  const int code = handle.perform();
  transfer.answer.address = handle.text(CURLINFO_PRIMARY_IP);
  transfer.answer.retry_after = handle.number(CURLINFO_RETRY_AFTER);
  const std::string words_of_curl = code == CURLE_OK ? std::string() : handle.describe(code);
  if (transfer.through_proxy) transfer.answer.address.clear();
  if (code == CURLE_OK && transfer.has_content() && !transfer.begun && request.method != "HEAD") {
    if (auto begun = begin(transfer); !begun) transfer.error = std::move(begun.error());
  }
  state_->give_back(std::move(handle));

  if (!transfer.error && !transfer.cancelled && code == CURLE_OK) {
    return std::move(transfer.answer);
  }
  SessionFailure failed;
  if (transfer.error) {
    failed.error = std::move(*transfer.error);
    if (failed.error.where.empty()) failed.error.where = request.url;
  } else if (transfer.cancelled) {
    failed = failure("cancelled", request.url);
  } else if (transfer.refused && transfer.answer.status == 0) {
    failed = failure("leads to " + std::string(describe(*transfer.refused)), request.url);
  } else {
    failed = explain(code, words_of_curl, request.url);
  }
  failed.answer = std::move(transfer.answer);
  return tl::unexpected(std::move(failed));
}

}  // namespace vigil::base
