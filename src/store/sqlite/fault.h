// What SQLite's result codes mean to Vigil.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;

namespace vigil::store::sqlite {

/// The error of the last call on this connection, with SQLite's own words. `where` is what was being
/// done: the database's path or a statement's beginning.
///
/// Busy: another process holds a lock. Io: the disk is full or refuses. Invalid: the file is damaged
/// or no database, or a constraint does not hold. TooLarge: a value or statement over SQLite's limit.
/// Reference: https://www.sqlite.org/rescode.html
Error fault(sqlite3* connection, int code, std::string_view where);

}  // namespace vigil::store::sqlite
