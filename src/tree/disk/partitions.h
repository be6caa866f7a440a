// The partitions of a disk: GPT (UEFI Specification 2.10, chapter 5) and MBR with its extended
// partitions.
//
// GPT's header and entries have checksums; where the first header is damaged, the one at the disk's
// end serves, and the damage is told. Sectors of 512 and of 4096 bytes are tried.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tree/disk/problem.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

struct Partition {
  std::uint32_t number = 0;  ///< as Linux counts: /dev/sda5
  std::string type;          ///< GPT: a GUID in lower case; MBR: "0x83"
  std::string uuid;          ///< PARTUUID: GPT's GUID; of MBR "1f2e3d4c-01"
  std::string label;         ///< PARTLABEL
  SharedBytes bytes;
};

/// Is there a GPT, be it damaged?
bool has_gpt(const Bytes& disk);
/// Is there an MBR that could be one, rather than the first sector of a file system?
bool has_mbr(const Bytes& disk);

/// In the order of their numbers, which damage may make incomplete; nothing if the disk has no
/// partition table.
std::vector<Partition> read_partitions(const SharedBytes& disk, Problems& problems);

}  // namespace vigil::tree::disk
