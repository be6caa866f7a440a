// Was this XFS unmounted cleanly?
#pragma once

#include "base/result.h"
#include "tree/disk/shared_bytes.h"
#include "tree/disk/xfs_format.h"

namespace vigil::tree::disk::xfs {

/// True if the log's last record says that the file system was unmounted: then nothing waits in the
/// log. Reads some hundred sectors, whatever the log's size.
Result<bool> log_is_clean(const Bytes& volume, const Geometry& geometry);

}  // namespace vigil::tree::disk::xfs
