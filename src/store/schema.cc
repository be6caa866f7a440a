#include "store/schema.h"

#include <array>

namespace vigil::store {
namespace {

constexpr std::array<std::string_view, 2> kEngines = {"sqlite", "postgres"};

}  // namespace

Result<void> check_schema_version(std::int64_t version, const std::string& where) {
  if (version <= kSchemaVersion) return ok();
  return fail("the database is newer than this program: its schema is version " +
                  std::to_string(version) + ", this program knows " +
                  std::to_string(kSchemaVersion),
              where, "run the newer program, or name another database", ErrorCode::Unsupported);
}

std::string schema_for(std::string_view engine) {
  std::string out;
  std::string_view rest = schema_text();
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
    if (wanted) out += line;
  }
  return out;
}

}  // namespace vigil::store
