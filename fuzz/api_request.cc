// Requests of the API: "METHOD PATH?QUERY", a line break, the body. An input that its shape takes has a canonical
// form which the shape takes too and which is its own canonical form; and what is refused is said.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/dispatch.h"
#include "api/input.h"
#include "api/validate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace api = vigil::api;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::string_view body = line.size() < text.size() ? text.substr(line.size() + 1) : "";
  const std::string_view method = line.substr(0, line.find(' '));
  const std::string_view target = method.size() < line.size() ? line.substr(method.size() + 1) : "";
  const std::string_view path = target.substr(0, target.find('?'));
  const std::string_view query = path.size() < target.size() ? target.substr(path.size() + 1) : "";

  const api::Operation* operation = api::find_operation(method, path);
  if (operation == nullptr) return 0;
  const auto shape = api::input_shape(*operation);
  if (!shape) std::abort();
  vigil::base::JsonParser parser;
  const auto input =
      api::read_input(parser, **shape, body, {{"resourceArn", std::string(path)}}, query);
  if (!input) {
    if (input.error().reason != "CANNOT_PARSE") std::abort();
    return 0;
  }
  if (const auto wrong = api::validate(**shape, *input)) {
    if (wrong->fields.empty() || api::error_body(*wrong).size() > 64 * 1024) std::abort();
    return 0;
  }
  const std::string form = api::canonical(**shape, *input);
  vigil::base::JsonParser again;
  const auto reread = again.parse(form);
  if (!reread || api::validate(**shape, *reread)) std::abort();
  // Beside bytes past ASCII control characters are cleaned away, which may change the order of keys.
  const bool ascii = std::ranges::all_of(form, [](char c) { return c > 0; });
  if (ascii && api::canonical(**shape, *reread) != form) std::abort();
  return 0;
}
