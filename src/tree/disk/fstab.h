// /etc/fstab: which volume lies where (fstab(5)).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigil::tree::disk {

struct FstabEntry {
  std::string device;  ///< "UUID=...", "/dev/mapper/rhel-root"
  std::string path;    ///< "/var"
  std::string type;    ///< "xfs", "auto"
  std::vector<std::string> options;
};

/// What the machine mounts of its own disks when it starts: no swap, no pseudo and network file
/// systems, no bind mounts, nothing with `noauto`. In the order of mounting: parents first.
std::vector<FstabEntry> parse_fstab(std::string_view text);

}  // namespace vigil::tree::disk
