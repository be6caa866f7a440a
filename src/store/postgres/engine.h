// PostgreSQL as the engine: one database that several nodes of Vigil share.
//
// Write transactions are SERIALIZABLE, so that code which is right with SQLite's single writer is
// right here: of two that would disturb each other one is run again. So that this comes to an end
// however many write the same, the second attempt runs alone: every write holds a shared lock on a
// table made for it, and whoever must repeat takes it exclusively.
//
// A connection that breaks while COMMIT is under way leaves open what became of it. Every write
// therefore knows its transaction's number and asks for its fate afterwards: nothing acknowledged is
// lost and nothing is done twice.
//
// Reference: https://www.postgresql.org/docs/15/transaction-iso.html,
// https://www.postgresql.org/docs/15/functions-info.html (pg_xact_status).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/engine.h"
#include "store/store.h"

namespace vigil::store::postgres {

/// Connects and brings the schema up to date, in the first schema of the search path, which must be
/// empty or Vigil's. Several nodes may do so at once. Errors as those of Store::open; Network if the
/// server does not answer.
Result<std::unique_ptr<Engine>> open(const std::string& address, const OpenOptions& options);

}  // namespace vigil::store::postgres
