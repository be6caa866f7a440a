#include "base/http_exchange.h"

#include <curl/curl.h>

#include <utility>

#include "base/curl_handle.h"
#include "base/text.h"

namespace vigil::base {
namespace {

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

Explanation explain(int code, const std::string& text, const std::string& url) {
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
  Exchange result;
  result.url = url;
  if (!has_curl()) {
    result.error = no_curl(url);
    return result;
  }
  CurlHandle handle;
  const CurlLines lines(headers);
  if (!handle || !lines.complete()) {
    result.error = network_error("out of memory", url);
    return result;
  }

  Transfer transfer{.options = &options, .sink = &sink, .takes_every_body = upload != nullptr};
  const char* protocols = options.allow_http ? "http,https" : "https";
  handle.set(CURLOPT_URL, url)
      .set(CURLOPT_PROTOCOLS_STR, protocols)
      .set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
      .set_data(CURLOPT_HTTPHEADER, lines.get())
      .set(CURLOPT_USERAGENT, options.user_agent)
      .set(CURLOPT_FOLLOWLOCATION, upload == nullptr ? 1L : 0L)
      .set(CURLOPT_MAXREDIRS, static_cast<long>(options.redirects))
      .set(CURLOPT_NOSIGNAL, 1L)
      .set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_timeout))
      .set(CURLOPT_TIMEOUT_MS, milliseconds(options.total_timeout))
      .set(CURLOPT_LOW_SPEED_LIMIT, 1L)
      .set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()))
      .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set_callback(CURLOPT_HEADERFUNCTION, &on_header)
      .set_data(CURLOPT_HEADERDATA, &transfer)
      .set_callback(CURLOPT_WRITEFUNCTION, &on_body)
      .set_data(CURLOPT_WRITEDATA, &transfer)
      .set(CURLOPT_NOPROGRESS, 0L)
      .set_callback(CURLOPT_XFERINFOFUNCTION, &on_progress)
      .set_data(CURLOPT_XFERINFODATA, &transfer);
  if (upload != nullptr) {
    handle.set(CURLOPT_POST, 1L)
        .set(CURLOPT_CUSTOMREQUEST, upload->method)
        .set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<long>(upload->body.size()))
        .set(CURLOPT_POSTFIELDS, upload->body.data() == nullptr ? "" : upload->body.data());
  }
  if (!options.ca_file.empty()) handle.set(CURLOPT_CAINFO, options.ca_file);
  if (!is_compressed_name(url) && !asks_for_a_range(headers)) {
    handle.set(CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl can undo
  }
  const int code = handle.perform();

  if (std::string end = handle.text(CURLINFO_EFFECTIVE_URL); !end.empty()) {
    result.url = std::move(end);
  }
  result.retry_after = handle.number(CURLINFO_RETRY_AFTER);
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
    Explanation explanation = explain(code, handle.describe(code), result.url);
    result.error = std::move(explanation.error);
    result.temporary = explanation.temporary;
  }
  return result;
}

}  // namespace vigil::base
