#include "server/console/console.h"

#include <algorithm>
#include <ranges>
#include <string>

#include "base/text.h"
#include "tree/inflate.h"

namespace vigil::server {
namespace {

// Everything comes from this server and nothing inline is run, so that a vulnerability's description,
// which anybody may have written, can do no harm even if it got into the page as markup. Cloudscape
// has its icon font and some pictures in data: addresses.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

constexpr std::string_view kPage = "/index.html";
/// Names under it hold a hash of their content.
constexpr std::string_view kHashed = "/assets/";

constexpr std::string_view kNotBuilt =
    "<!doctype html><title>Vigil</title><p>This program was built without its web console, because "
    "npm was "
    "missing. Install nodejs and npm, build again, and it is here. The API works all the same.";

// RFC 1952: ten bytes before the compressed data, where no name is given, and eight behind.
constexpr std::size_t kGzipHead = 10;
constexpr std::size_t kGzipTail = 8;

const Asset* find_asset(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::ranges::lower_bound(assets, path, {}, &Asset::path);
  return found != assets.end() && found->path == path ? &*found : nullptr;
}

std::string_view stretch(std::string_view bytes, AssetPart part) {
  return bytes.substr(part.begin, part.length);
}

void add_security_headers(HttpResponse& response, bool secure) {
  response.headers.push_back({"Content-Security-Policy", std::string(kPolicy)});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  response.headers.push_back({"X-Frame-Options", "DENY"});
  response.headers.push_back({"Referrer-Policy", "no-referrer"});
  response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
  if (secure) response.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
}

/// The body in the smallest coding the client takes.
void put_body(HttpResponse& response, std::string_view bytes, const Asset& asset,
              std::string_view accepted) {
  if (accepts_coding(accepted, "br")) {
    response.headers.push_back({"Content-Encoding", "br"});
    response.body = stretch(bytes, asset.brotli);
  } else if (accepts_coding(accepted, "gzip")) {
    response.headers.push_back({"Content-Encoding", "gzip"});
    response.body = stretch(bytes, asset.gzip);
  } else {
    const std::string_view gzip = stretch(bytes, asset.gzip);
    auto plain = tree::inflate(gzip.substr(kGzipHead, gzip.size() - kGzipHead - kGzipTail),
                               tree::Deflated::Raw, asset.length);
    if (plain) {
      response.body = std::move(*plain);
    } else {
      response.status = 500;
    }
  }
}

HttpResponse send(std::string_view bytes, const Asset& asset, const HttpRequest& request) {
  HttpResponse response;
  const bool hashed = asset.path.starts_with(kHashed);
  response.headers.push_back({"ETag", std::string(asset.etag)});
  response.headers.push_back({"Vary", "Accept-Encoding"});
  response.headers.push_back(
      {"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"});
  add_security_headers(response, request.secure);
  if (request.header("If-None-Match").find(asset.etag) != std::string_view::npos) {
    response.status = 304;
    return response;
  }
  response.headers.push_back({"Content-Type", std::string(asset.type)});
  put_body(response, bytes, asset, request.header("Accept-Encoding"));
  return response;
}

bool wants_page(const HttpRequest& request) {
  return request.header("Accept").find("text/html") != std::string_view::npos &&
         request.header("Authorization").empty() && !request.path().starts_with("/vigil/");
}

}  // namespace

Console Console::built_in() {
  return {console_assets(), console_bytes()};
}

std::optional<HttpResponse> Console::answer(const HttpRequest& request) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  if (const Asset* asset = find_asset(assets, request.path())) return send(bytes, *asset, request);
  if (!wants_page(request)) return std::nullopt;
  if (const Asset* page = find_asset(assets, kPage)) return send(bytes, *page, request);
  HttpResponse response;
  response.headers.push_back({"Content-Type", "text/html; charset=utf-8"});
  add_security_headers(response, request.secure);
  response.body = kNotBuilt;
  return response;
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  return std::ranges::any_of(base::split(accept_encoding, ','), [&](std::string_view element) {
    const auto parts = base::split(element, ';');
    if (!base::equals_ignoring_case(base::trim(parts[0]), coding)) return false;
    // "q=0" in all its spellings refuses it.
    return std::ranges::none_of(parts | std::views::drop(1), [](std::string_view part) {
      const std::string_view weight = base::trim(part);
      return (weight.starts_with("q=") || weight.starts_with("Q=")) &&
             weight.find_first_not_of("0.", 2) == std::string_view::npos;
    });
  });
}

}  // namespace vigil::server
