// Everything on some disks that may hold a file system: partitions, logical volumes, whole disks.
#pragma once

#include <string>
#include <vector>

#include "tree/disk/file_system.h"
#include "tree/disk/problem.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

struct Disk {
  std::string name;  ///< for people: of its file
  SharedBytes bytes;
};

struct Volume {
  std::string name;          ///< for people: "disk.qcow2, partition 2", "rhel/root", "disk.raw"
  std::size_t disk = 0;      ///< index of the disk; of a logical volume 0
  std::uint32_t number = 0;  ///< of the partition; 0 for a whole disk and a logical volume
  std::string group;         ///< of a logical volume, and its name there
  std::string logical;
  std::string type;             ///< of the partition: GPT's GUID, MBR's "0x83"
  std::string partition_uuid;   ///< PARTUUID
  std::string partition_label;  ///< PARTLABEL
  Signature signature;
  SharedBytes bytes;

  /// Does this name, as fstab(5) and the kernel's command line have it, mean this volume? "UUID=...",
  /// "LABEL=...", "PARTUUID=...", "/dev/mapper/rhel-root", "/dev/rhel/root", "/dev/sda2",
  /// "/dev/disk/by-uuid/...", or the volume's own name. `disks` is their number: the letter of the
  /// only disk does not matter.
  [[nodiscard]] bool is_named(std::string_view device, std::size_t disks) const;
};

/// Disks in their order, their partitions by number, then logical volumes by name.
std::vector<Volume> find_volumes(const std::vector<Disk>& disks, Problems& problems);

}  // namespace vigil::tree::disk
