// The order of one part of a Debian version (upstream, revision), which opam took over.
//
// Reference: deb-version(7), section "Sorting algorithm".
#pragma once

#include <string_view>

#include "version/key_writer.h"

namespace vigil::version {

/// Alternating runs of non-digits (`~` below the end, the end below letters, letters below the rest)
/// and numbers, either of which may be empty; and an end. Any bytes but 0.
void write_dpkg_part(KeyWriter& key, std::string_view part);

}  // namespace vigil::version
