#include "store/sqlite/fault.h"

#include <sqlite3.h>

#include "base/text.h"

namespace vigil::store::sqlite {
namespace {

constexpr int kPrimary = 0xff;  // the rest of an extended code says more of the same
constexpr std::size_t kLongestPlace = 120;

}  // namespace

Error fault(sqlite3* connection, int code, std::string_view where) {
  Error error;
  error.what = connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  error.where = base::printable(where.substr(0, kLongestPlace));
  switch (code & kPrimary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      error.code = ErrorCode::Busy;
      error.hint = "another program writes to the database; try again";
      break;
    case SQLITE_FULL:
      error.code = ErrorCode::Io;
      error.hint = "make room on the disk; what was acknowledged before is kept";
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
      error.code = ErrorCode::Io;
      error.hint = "look at the disk and at the permissions of the file and its directory";
      break;
    case SQLITE_CORRUPT:
      error.code = ErrorCode::Invalid;
      error.hint =
          "the file is damaged: restore a backup, or save what can be read with"
          " `sqlite3 FILE .recover`";
      break;
    case SQLITE_NOTADB:
      error.code = ErrorCode::Invalid;
      error.hint = "the file is no database: name another one";
      break;
    case SQLITE_TOOBIG:
      error.code = ErrorCode::TooLarge;
      break;
    default:
      error.code = ErrorCode::Invalid;
  }
  return error;
}

}  // namespace vigil::store::sqlite
