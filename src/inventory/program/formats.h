// The readers behind read_programs.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "inventory/program/sections.h"

namespace vigil::inventory {

constexpr std::uint64_t kMostSections = 4096;

/// Nothing if the header is cut short.
std::optional<Program> read_elf(std::string_view file);
std::optional<Program> read_pe(std::string_view file);
/// None if it is no Mach-O.
std::vector<Program> read_mach_o(std::string_view file);

}  // namespace vigil::inventory
