// What `vigil intel status` shows: what is loaded, how old it is, what it covers, what is missing.
#pragma once

#include <cstdint>
#include <string>

#include "cli/intelligence.h"
#include "cli/terminal.h"

namespace vigil::cli {

std::string status_text(const Intelligence& intelligence, const Terminal& terminal,
                        std::int64_t now);
std::string status_json(const Intelligence& intelligence);
/// The feeds that are understood.
std::string feeds_text(const Terminal& terminal);

}  // namespace vigil::cli
