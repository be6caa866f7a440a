// From an rpm header to a package.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "inventory/catalogers/rpm/header.h"
#include "inventory/inventory.h"

namespace vigil::inventory::rpm {

/// The package of a header, or nothing for the public keys that rpm keeps as packages (gpg-pubkey).
/// An error if name, version or release are missing or no words.
Result<std::optional<model::Package>> package_of(const Header& header, const OperatingSystem& os);

/// "openssl-3.0.7-24.el9.src.rpm" -> {"openssl", "3.0.7-24.el9"}; nothing if it is no such name.
std::optional<std::pair<std::string_view, std::string_view>> split_source_package(
    std::string_view file);

}  // namespace vigil::inventory::rpm
