// The ndb form of an rpm database, Packages.db: SUSE's since 2018.
//
// What: little-endian throughout. A header ("RpmP", version 0, generation, number of slot pages), then
// pages of slots of 16 bytes ("Slot", package number, first block, number of blocks), then blobs in
// blocks of 16 bytes: "BlbS", package number, time, length, the header of the package, and at the end
// of the last block its Adler-32, length and "BlbE".
//
// References: rpm's lib/backend/ndb/rpmpkg.c.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace vigil::inventory::rpm {

/// Calls `visit` with the header of each package in the order of their numbers; it returns false to
/// stop. Packages that cannot be read are left out, and then the result is an error after the others.
Result<void> read_ndb(std::string_view database,
                      const std::function<bool(std::string_view header)>& visit);

}  // namespace vigil::inventory::rpm
