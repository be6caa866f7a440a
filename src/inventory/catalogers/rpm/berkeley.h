// The Berkeley DB form of an rpm database, Packages: Red Hat's up to 8, Amazon Linux 2, older SUSE.
//
// What: a file of pages. The first says by its magic 0x061561 that it is a hash, in which byte order,
// and how large pages are (512 to 65,536 bytes). Of every hash page (type 2 or 13) the items lie at
// its end and offsets to them behind its head, a key and its value in turns. An item is a byte of kind
// and its bytes, or (kind 3) the first page and length of a chain of overflow pages (type 7). The key
// is the package's number, the value its header; number 0 counts.
//
// References: Berkeley DB 5.3's src/dbinc/db_page.h, hash.h; rpm's lib/backend/bdb_ro.c.
//
// Traps: the pages are in the byte order of the machine that wrote them, package numbers too; pages of
// a dropped bucket stay in the file with type 0; a value may lie in overflow pages that are nowhere
// near.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory::rpm {

/// Calls `visit` with the header of each package in the order of their numbers; it returns false to
/// stop. Packages that cannot be read are left out, and then the result is an error after the others.
Result<void> read_berkeley(std::string_view database,
                           const std::function<bool(std::string_view header)>& visit);

}  // namespace vigil::inventory::rpm
