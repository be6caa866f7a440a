#include "cli/facts_file.h"

#include <simdjson.h>

#include "base/file.h"

namespace vigil::cli {
namespace {

constexpr std::uint64_t kMaximumBytes = 1 << 20;

template <typename T, typename Parse>
Result<void> read_word(simdjson::dom::element value, std::string_view name, std::string_view words,
                       Parse parse, T& target, const std::string& where) {
  std::string_view text;
  const bool is_text = value.get(text) == simdjson::SUCCESS;
  const auto parsed = is_text ? parse(text) : std::nullopt;
  if (!parsed)
    return fail("\"" + std::string(name) + "\" must be one of " + std::string(words), where);
  target = *parsed;
  return ok();
}

}  // namespace

Result<findings::ResourceFacts> read_facts_file(const std::string& path) {
  VIGIL_TRY(const std::string text, base::read_file(path, kMaximumBytes));
  simdjson::dom::parser parser;
  simdjson::dom::object members;
  if (const auto error = parser.parse(text).get(members)) {
    return fail(std::string("not a JSON object: ") + simdjson::error_message(error), path);
  }
  constexpr std::string_view kFactWords = "unknown, yes, no";
  findings::ResourceFacts facts;
  for (const auto& [name, value] : members) {
    if (name == "exposure") {
      VIGIL_CHECK(read_word(value, name, "unknown, internet, inside, none", score::parse_exposure,
                            facts.exposure, path));
    } else if (name == "reaches_secrets") {
      VIGIL_CHECK(
          read_word(value, name, kFactWords, score::parse_fact, facts.reaches_secrets, path));
    } else if (name == "can_write") {
      VIGIL_CHECK(read_word(value, name, kFactWords, score::parse_fact, facts.can_write, path));
    } else if (name == "resource") {
      VIGIL_CHECK(read_word(value, name, "host, image, function", score::parse_resource_kind,
                            facts.kind, path));
    } else {
      return fail("unknown member \"" + std::string(name) + "\"", path,
                  "known: exposure, reaches_secrets, can_write, resource");
    }
  }
  return facts;
}

}  // namespace vigil::cli
