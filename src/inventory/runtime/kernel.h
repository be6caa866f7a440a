// Installed kernels and the one that runs. Old kernels stay installed after an upgrade; only the one
// that runs can be attacked.
#pragma once

#include "inventory/inventory.h"

namespace vigil::inventory {

/// Does the package hold a kernel or its modules? Debian and Ubuntu: linux-image-*, linux-modules-*
/// with a release in the name; rpm: kernel, kernel-core, kernel-modules, kernel-default ...; Alpine:
/// linux-lts, linux-virt ... Headers, documentation, tools and firmware hold none, and neither do
/// packages that only depend on the newest kernel (linux-image-amd64).
bool is_kernel_package(const model::Package& package);

/// Is it a package of the kernel that runs, by `uname -r`? Never in a container, whose kernel is the
/// host's, and never if the release is unknown. Alpine names no release in the package: the
/// release "6.12.13-0-lts" is compared with the version "6.12.13-r0".
bool is_running_kernel_package(const model::Package& package, const Runtime& runtime);

}  // namespace vigil::inventory
