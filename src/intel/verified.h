// Remembers that a snapshot's checksum has been found right, so that a scan of tens of milliseconds
// does not spend most of them on hashing a file that has not changed since.
//
// Beside the snapshot `X`, `X.checked` holds what identified the file when it was checked: device,
// inode, size, times of modification and of status change (which no program can set back) and the
// checksum. Whatever differs, or cannot be read, means: check again.
#pragma once

#include <cstdint>
#include <string>

namespace vigil::intel {

/// True if this very file was checked before and has not been touched since.
bool is_known_good(const std::string& path, std::uint64_t checksum);
/// Notes that the file has just been found good. Where that cannot be written (read-only media), or
/// where the file changed a moment ago, it is checked the next time.
void remember_good(const std::string& path, std::uint64_t checksum);

}  // namespace vigil::intel
