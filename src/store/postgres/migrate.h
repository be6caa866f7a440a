// Brings the schema of a PostgreSQL database up to date.
#pragma once

#include "base/result.h"
#include "store/postgres/connection.h"

namespace vigil::store::postgres {

/// In one transaction, under a lock that makes other nodes wait. Errors: Unsupported if the schema is
/// newer than this program; Invalid if there are another program's tables, or the database does not
/// keep text as UTF-8.
Result<void> migrate(PostgresConnection& connection);

}  // namespace vigil::store::postgres
