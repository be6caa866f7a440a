// Older schemas brought to the present one.
//
// schema.sql is always the present schema. A new version adds store/migrations/<version>.sql, which makes
// the same of the version before it, and its step in migrate.cc; a test compares the two.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "store/engine.h"

namespace vigil::store {

/// From `version` (1 to kSchemaVersion) to kSchemaVersion, in the caller's transaction. Who calls writes
/// down the version.
Result<void> migrate(Connection& to, std::string_view engine, std::int64_t version);

/// store/migrations/2.sql
std::string_view migration_2();

}  // namespace vigil::store
