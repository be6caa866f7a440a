// The bytes of an HTTP connection: in how many pieces they come must not matter, and what is handed on
// as a request keeps its promises.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/transport/request_reader.h"

namespace {

using vigil::server::Header;
using vigil::server::HttpRequest;
using vigil::server::RequestLimits;
using vigil::server::RequestReader;
using State = RequestReader::State;

void require(bool condition) {
  if (!condition) std::abort();
}

void check(const HttpRequest& request, bool old_version) {
  require(request.target.starts_with('/'));
  require(request.body.size() <= 4096);
  std::size_t hosts = 0;
  for (const Header& header : request.headers) {
    require(!header.name.empty());
    require(header.name.find_first_of(" \t\r\n:") == std::string::npos);
    require(header.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    if (header.name.size() == 4 && !HttpRequest{.headers = {header}}.header("host").empty()) {
      ++hosts;
    }
  }
  require(hosts == 1 || (old_version && hosts == 0));
}

/// All that came out of the connection, as text.
std::string run(std::string_view bytes, std::size_t step) {
  RequestLimits limits;
  limits.head = {.head = 2048, .request_line = 512, .fields = 20};
  limits.body = [](const HttpRequest&) { return std::uint64_t{4096}; };
  RequestReader reader(limits);
  std::string out;
  const auto take_all = [&] {
    while (reader.state() == State::Complete) {
      const bool old_version = reader.old_version();
      const bool last = !reader.keep_alive();
      const HttpRequest request = reader.take();
      check(request, old_version);
      out += request.method + " " + request.target + "\n" + request.body + "\n";
      for (const Header& header : request.headers) out += header.name + ":" + header.value + "\n";
      if (last) return false;
      reader.feed({});
    }
    return reader.state() != State::Failed;
  };
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    reader.feed(piece);
    if (!take_all()) break;
  }
  if (reader.state() == State::Failed) out += "failed";
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data),
                               std::min<std::size_t>(size, 65536));
  const std::string whole = run(bytes, 65536);
  require(run(bytes, 1) == whole);
  require(run(bytes, 7) == whole);
  return 0;
}
