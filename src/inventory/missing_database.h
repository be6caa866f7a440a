// A system whose package database is gone: images are made smaller by deleting it.
#pragma once

#include <optional>
#include <span>

#include "inventory/cataloger.h"
#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// What to tell if the operating system is one of dpkg, apk or rpm, nothing was found that they
/// installed, and their database lies at none of the places where `catalogers` look: then nothing is
/// known, which is not the same as nothing being there. Says nothing if none of `catalogers` reads
/// that database.
std::optional<Problem> missing_package_database(const tree::View& view,
                                                std::span<const Cataloger* const> catalogers,
                                                const Inventory& inventory);

}  // namespace vigil::inventory
