// Package URLs of operating system packages, by the purl specification
// and its type definitions for deb, apk and rpm.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/inventory.h"

namespace vigil::inventory {

/// "pkg:deb/debian/openssl@3.0.15-1~deb12u1?arch=amd64&distro=debian-12": type, the operating
/// system's id as namespace, and the qualifiers sorted and without the empty ones; `distro` is
/// added.
std::string package_link(std::string_view type, const OperatingSystem& os, std::string_view name,
                         std::string_view version,
                         std::vector<std::pair<std::string_view, std::string>> qualifiers);

/// The qualifier `upstream` of a package built from another source: "name", or "name@version" where
/// the version differs too; empty for its own source.
std::string upstream_of(const model::Package& package);

}  // namespace vigil::inventory
