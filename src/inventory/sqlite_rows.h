// Rows of an sqlite database that nobody trusts, read without touching its files: package managers
// keep their databases so (rpm, Nix).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory {

/// One SELECT and who is given each row's columns, as texts or blobs (null is empty), which live
/// until it returns; it returns false to stop.
struct SqliteQuery {
  std::string_view sql;
  std::function<bool(std::span<const std::string_view> row)> visit;
};

/// Runs the queries one after the other. `database` is the content of the file, `journal` that of
/// its "-wal", mostly empty.
///
/// sqlite opens the bytes in memory: to open a database in WAL mode in place writes beside it and
/// can break its owner. Only a journal with content needs files, in a private directory. A database
/// that is damaged, or made to keep sqlite busy, is an error after bounded time.
Result<void> query_sqlite(std::string database, std::string_view journal,
                          std::span<const SqliteQuery> queries);

}  // namespace vigil::inventory
