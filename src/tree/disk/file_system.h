// What a volume holds, told by its first bytes, and the readers of file systems.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "tree/disk/problem.h"
#include "tree/disk/shared_bytes.h"
#include "tree/nodes.h"

namespace vigil::tree::disk {

enum class Content : std::uint8_t {
  Unknown,
  FileSystem,      ///< one that is read: ext2, ext3, ext4, XFS
  NotRead,         ///< holds data this program cannot read: `name` tells
  Encrypted,       ///< LUKS, BitLocker
  PhysicalVolume,  ///< of LVM2
  Boot,            ///< FAT: firmware's partition
  Swap,
};

struct Signature {
  Content content = Content::Unknown;
  std::string name;  ///< "ext4", "xfs", "btrfs", "LUKS"; empty if unknown
  std::string uuid;  ///< as blkid(8) prints it, where it is known
  std::string label;
};

Signature identify(const Bytes& volume);

struct FileSystem {
  std::shared_ptr<const Nodes> nodes;
  Problems problems;  ///< what makes it less than certain: a journal that was not replayed
};

/// Of a volume whose content is FileSystem. Unknown incompatible features are errors of code
/// Unsupported that name them.
Result<FileSystem> open_file_system(const SharedBytes& volume);

Result<FileSystem> open_ext(const SharedBytes& volume);
Result<FileSystem> open_xfs(const SharedBytes& volume);

}  // namespace vigil::tree::disk
