// The disk inside the file it is kept in: as it is, qcow2, VMDK, VHD, VHDX. The content decides, not
// the name.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

/// Opens a file that lies beside the one that names it: its name has no slash in it.
using Siblings = std::function<Result<SharedBytes>(const std::string& name)>;

struct Container {
  std::string format;  ///< "raw", "qcow2", "vmdk", "vhd", "vhdx"
  SharedBytes disk;
};

/// What the format can do and this program cannot (encryption, differences to another disk) is an
/// error of code Unsupported that names it. Nothing of the disk itself is looked at.
Result<Container> open_container(SharedBytes file, const Siblings& siblings);

/// The formats alone; `depth` counts the disks this one is a difference to.
Result<SharedBytes> open_qcow2(SharedBytes file, const Siblings& siblings, int depth);
Result<SharedBytes> open_vmdk(SharedBytes file, const Siblings& siblings);
Result<SharedBytes> open_vhd(SharedBytes file);
Result<SharedBytes> open_vhdx(SharedBytes file);

/// As `open_container`, for the disk another one is a difference to.
Result<Container> open_container_at(SharedBytes file, const Siblings& siblings, int depth);

}  // namespace vigil::tree::disk
