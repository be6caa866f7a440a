// The sqlite form of an rpm database, read without touching it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory::rpm {

/// Calls `visit` with the header of each package in the order of their numbers; it returns false to
/// stop. `database` is the content of rpmdb.sqlite, `journal` that of rpmdb.sqlite-wal, mostly
/// empty.
/// Errors and bounds are those of query_sqlite.
Result<void> read_sqlite(std::string database, std::string_view journal,
                         const std::function<bool(std::string_view header)>& visit);

}  // namespace vigil::inventory::rpm
