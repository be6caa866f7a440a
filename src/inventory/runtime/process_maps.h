// What a process has mapped: the text of /proc/PID/maps, by proc_pid_maps(5).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace vigil::inventory {

struct MappedFile {
  std::string_view path;    ///< without what the kernel or the package manager adds
  bool executable = false;  ///< mapped to run code from it
  bool deleted = false;     ///< no longer there under this path
};

/// Every mapped file; one path comes as often as it is mapped, but not twice in a row with the same
/// rights. Anonymous memory, devices, shared memory and the kernel's own pages are left out, deleted
/// files in places for temporary ones too. `\012` in a path (a new line) stays as the kernel wrote it.
void each_mapped_file(std::string_view maps, const std::function<void(const MappedFile&)>& visit);

/// Takes " (deleted)" off a path of /proc, and rpm's ";5f3e1a2b" and dpkg's ".dpkg-new" and
/// ".dpkg-tmp" that a file had while it was replaced. True if it was deleted.
bool strip_deleted(std::string_view& path);

/// Could a package have brought this file? Not memory that only has a name (/memfd:...), devices, and
/// what lies where temporary files do.
bool may_be_packaged(std::string_view path);

}  // namespace vigil::inventory
