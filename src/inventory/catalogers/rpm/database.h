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
///
/// sqlite opens the bytes in memory: to open a database in WAL mode in place writes beside it and
/// can break the host's rpm. Only a journal with content needs files, in a private directory. A
/// database that is damaged, or made to keep sqlite busy, is an error after bounded time.
Result<void> read_sqlite(std::string database, std::string_view journal,
                         const std::function<bool(std::string_view header)>& visit);

}  // namespace vigil::inventory::rpm
