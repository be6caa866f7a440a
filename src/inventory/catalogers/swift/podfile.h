// Podfile.lock of CocoaPods.
#pragma once

#include <string_view>

#include "inventory/file_packages.h"

namespace vigil::inventory::swift {

/// Adds its pods, what they require, and what the Podfile asks for.
void read_podfile_lock(std::string_view text, FilePackages& packages);

}  // namespace vigil::inventory::swift
