#include "inventory/catalogers/rpm/database.h"

#include <span>

#include "inventory/sqlite_rows.h"

namespace vigil::inventory::rpm {

Result<void> read_sqlite(std::string database, std::string_view journal,
                         const std::function<bool(std::string_view)>& visit) {
  const SqliteQuery query{
      "SELECT blob FROM Packages ORDER BY hnum",
      [&](std::span<const std::string_view> row) { return row[0].empty() || visit(row[0]); }};
  auto read = query_sqlite(std::move(database), journal, {&query, 1});
  if (!read && read.error().what.find("damaged") != std::string::npos) {
    read.error().hint = "`rpm --rebuilddb` on that system repairs it";
  }
  return read;
}

}  // namespace vigil::inventory::rpm
