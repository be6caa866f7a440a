// Logical volumes of LVM2 in the partitions and disks that hold its physical volumes.
//
// Read are linear and striped segments and the first image of mirrors and RAID 1; others (RAID 4 to
// 10, thin, cache, snapshots, VDO) are problems that name the volume and its type. Of several copies
// of the metadata the one with the highest sequence number counts (lvm2's doc/README, format_text).
#pragma once

#include <string>
#include <vector>

#include "tree/disk/problem.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

struct LogicalVolume {
  std::string group;
  std::string name;
  SharedBytes bytes;
};

/// Does a physical volume begin here?
bool is_physical_volume(const Bytes& bytes);

/// Groups and volumes in the order of their names. What is no physical volume is passed over.
std::vector<LogicalVolume> read_logical_volumes(const std::vector<SharedBytes>& places,
                                                Problems& problems);

}  // namespace vigil::tree::disk
