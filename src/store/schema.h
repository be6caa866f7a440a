// The schema of the system of record (store/schema.sql) as an engine reads it.
#pragma once

#include <string>
#include <string_view>

namespace vigil::store {

/// The text of schema.sql.
std::string_view schema_text();

/// The schema with the lines of this engine and without those of the others.
std::string schema_for(std::string_view engine);

}  // namespace vigil::store
