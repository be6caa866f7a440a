// A host: the machine Vigil runs on, or the files of another one under --root.
//
// What: the package managers' databases at their fixed places, and what languages' package managers
// and archives left anywhere on its file systems. Of the running machine also what only it can tell:
// processes, ports, kernel (source/host/host.h).
//
// Traps:
//   - Files of containers lie on the host, but are not its software: where container engines keep
//     them is not entered.
//   - Pseudo and network file systems are not entered either (tree/directory.h).
//   - The running machine is read in this process: it is trusted as much as whoever runs Vigil on
//     it, and its processes cannot be seen from a process without rights.

#include "source/host/host.h"
#include "base/text.h"
#include "source/target.h"
#include "tree/directory.h"

namespace vigil::source::host {
namespace {

std::string root_of(const Request& request) {
  const std::string_view root = request.option("--root");
  return root.empty() ? "/" : std::string(root);
}

Result<Scanned> scan(const Request& request) {
  const std::string root = root_of(request);
  inventory::ScanOptions how = request.scan;
  if (!request.option("--os-only").empty()) how.walk = false;
  for (const std::string_view path : base::split(request.option("--deep"), '\n')) {
    if (!path.empty()) how.roots.emplace_back(path);
  }
  const auto containers = container_directories();
  how.limits.excluded.insert(how.limits.excluded.end(), containers.begin(), containers.end());
  VIGIL_TRY(const std::unique_ptr<tree::Directory> view, tree::Directory::open(root));
  Scanned out;
  out.name = root;
  VIGIL_TRY(out.inventory, scan_host(root, how));
  if (!out.inventory.runtime) out.machine = read_machine(*view);
  return out;
}

constexpr TargetOption kOptions[] = {
    {"--root", "DIRECTORY", "Root of another system's files; nothing of it runs here"},
    {"--deep", "DIRECTORY",
     "Look for packages of languages only below this directory (repeatable)"},
    {"--os-only", "", "Only packages of the operating system: no look into every directory"},
};

}  // namespace

const Target& target() {
  static const Target kTarget = {
      "host", "", "This machine, or the system whose files lie under --root", kOptions, scan};
  return kTarget;
}

}  // namespace vigil::source::host
