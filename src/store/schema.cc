#include "store/schema.h"

#include <array>

namespace vigil::store {
namespace {

constexpr std::array<std::string_view, 2> kEngines = {"sqlite", "postgres"};

/// PostgreSQL orders text by the database's language unless it is told otherwise. Both engines are to
/// order alike, bytewise, and indices are to serve the beginning of a text.
std::string with_bytewise_text(std::string_view line) {
  constexpr std::string_view kType = " TEXT ";
  const std::size_t at = line.find(kType);
  if (at == std::string_view::npos) return std::string(line);
  return std::string(line.substr(0, at)) + " TEXT COLLATE \"C\" " +
         std::string(line.substr(at + kType.size()));
}

}  // namespace

Result<void> check_schema_version(std::int64_t version, const std::string& where) {
  if (version <= kSchemaVersion) return ok();
  return fail("the database is newer than this program: its schema is version " +
                  std::to_string(version) + ", this program knows " +
                  std::to_string(kSchemaVersion),
              where, "run the newer program, or name another database", ErrorCode::Unsupported);
}

std::string schema_for(std::string_view engine) {
  return lines_for(engine, schema_text());
}

std::string lines_for(std::string_view engine, std::string_view text) {
  std::string out;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    std::string_view line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    bool wanted = true;
    for (const std::string_view name : kEngines) {
      const std::string marker = "--" + std::string(name) + " ";
      if (!line.starts_with(marker)) continue;
      wanted = name == engine;
      line.remove_prefix(marker.size());
    }
    if (wanted) out += engine == "postgres" ? with_bytewise_text(line) : std::string(line);
  }
  return out;
}

}  // namespace vigil::store
