// The schema of the system of record (store/schema.sql) as an engine reads it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::store {

/// The version of schema.sql. A database says which one it has; 0 is an empty one.
constexpr std::int64_t kSchemaVersion = 2;

/// Error Unsupported if a database of this version is newer than this program.
Result<void> check_schema_version(std::int64_t version, const std::string& where);

/// The text of schema.sql.
std::string_view schema_text();

/// The schema with the lines of this engine and without those of the others.
std::string schema_for(std::string_view engine);
/// The same of another text.
std::string lines_for(std::string_view engine, std::string_view text);

}  // namespace vigil::store
