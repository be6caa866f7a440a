// The journal of ext3 and ext4 (jbd2): a disk copied from a running machine holds changes there that
// have not reached their places yet.
#pragma once

#include <cstdint>
#include <memory>

#include "base/result.h"
#include "tree/disk/shared_bytes.h"

namespace vigil::tree::disk {

/// The volume as the kernel would see it after replaying `journal`, the bytes of the journal's inode.
/// Null if the journal is empty. Memory grows with the journal's blocks that count, 64 bytes each.
/// Fast commits are not replayed: the state is that of the last full commit.
Result<SharedBytes> replay_ext_journal(SharedBytes volume, SharedBytes journal,
                                       std::uint32_t block_size);

}  // namespace vigil::tree::disk
