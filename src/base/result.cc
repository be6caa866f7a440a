#include "base/result.h"

#include <cerrno>
#include <cstring>

namespace vigil {

std::string Error::text() const {
  std::string out;
  if (!where.empty()) out += where + ": ";
  out += what;
  if (!hint.empty()) out += " (" + hint + ")";
  return out;
}

tl::unexpected<Error> fail_errno(std::string what, std::string where, int error_number) {
  // strerror_l is not needed: glibc's strerror is thread-safe for known numbers.
  what += ": ";
  what += std::strerror(error_number);
  const bool missing = error_number == ENOENT || error_number == ENOTDIR;
  std::string hint;
  if (error_number == EACCES || error_number == EPERM) hint = "run as a user who may read it";
  if (error_number == ENOSPC) hint = "free some disk space and try again";
  return fail(std::move(what), std::move(where), std::move(hint),
              missing ? ErrorCode::NotFound : ErrorCode::Io);
}

}  // namespace vigil
