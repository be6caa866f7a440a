// A directory tree: a project, an unpacked archive, a mounted file system. Packages are looked for
// anywhere in it, whatever they belong to.
//
// Traps:
//   - "/" is the running machine: then what runs on it is looked at too, in this process.

#include "source/host/host.h"
#include "source/target.h"
#include "tree/directory.h"

namespace vigil::source::dir {
namespace {

Result<Scanned> scan(const Request& request) {
  Scanned out;
  out.name = request.argument;
  VIGIL_TRY(out.inventory, scan_host(request.argument, request.scan));
  return out;
}

std::vector<std::string> reads(const Request& request) {
  const auto view = tree::Directory::open(request.argument);
  if (!view || (*view)->origin() == "/") return {};
  return {(*view)->origin()};
}

}  // namespace

const Target& target() {
  static const Target kTarget = {"dir", "PATH", "A directory tree", {}, scan, reads};
  return kTarget;
}

}  // namespace vigil::source::dir
