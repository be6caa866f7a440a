// The web console's files over HTTP: the page at every path it has a view for, its scripts and styles
// under /assets/, with the headers that keep other people's scripts out.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/console/assets.h"
#include "server/http.h"

namespace vigil::server {

struct Console {
  std::span<const Asset> assets;
  std::string_view bytes;

  /// That of this program.
  static Console built_in();

  /// The file at the request's path, or the page itself where a browser asks for a path that no file
  /// has, as after a reload of /findings. Nothing for everything else: what no browser navigates to
  /// and whatever lies under /vigil/, so that a mistyped route stays an error.
  [[nodiscard]] std::optional<HttpResponse> answer(const HttpRequest& request) const;
};

/// Does Accept-Encoding take this coding (RFC 9110 12.5.3)? "*" counts for none, to be careful.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace vigil::server
