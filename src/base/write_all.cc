#include "base/write_all.h"

#include <unistd.h>

#include <cerrno>

namespace vigil::base {

Result<void> write_all(int descriptor, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot write", path, errno);
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ok();
}

}  // namespace vigil::base
