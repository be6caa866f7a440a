// What the client reads: AWS's files, a server's address, a server's refusal.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cli/client/client.h"
#include "cli/terminal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* key : {"region", "aws_access_key_id"}) {
    const std::string value = vigil::base::aws_file_value(text, "default", key);
    if (value.find('\n') != std::string::npos || value.size() > text.size()) std::abort();
  }
  if (const auto server = vigil::cli::parse_server(text)) {
    // What was read is an address again, of the same server.
    const auto again = vigil::cli::parse_server(server->url(""));
    if (!again || again->url("/x") != server->url("/x")) std::abort();
  }
  const vigil::Error error = vigil::cli::refusal(
      {.status = 400, .error_type = std::string(text), .body = std::string(text)}, "here");
  if (vigil::cli::plain(error.what) != error.what) std::abort();
  return 0;
}
