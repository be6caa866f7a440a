// The tree a machine would see with these disks: its root file system with the others where its
// /etc/fstab puts them, or, for a volume fstab does not know, where its partition's type says
// (Discoverable Partitions Specification of the UAPI group). Nothing is mounted.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "tree/disk/problem.h"
#include "tree/disk/volumes.h"
#include "tree/nodes.h"

namespace vigil::tree::disk {

struct Machine {
  std::shared_ptr<const Nodes> tree;
  std::string root;  ///< name of the volume
  /// What could not be read, what is not read, and which file systems lie nowhere in the tree.
  Problems problems;
};

/// Of several file systems that could be the root the first whose own fstab mounts it at "/" is taken,
/// else the first; the others are problems. `root` chooses one by any name of Volume::is_named.
/// `NotFound` if there is none, with what there is instead.
Result<Machine> open_machine(const std::vector<Disk>& disks, const std::string& root = {});

}  // namespace vigil::tree::disk
