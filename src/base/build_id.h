// Which build of this program runs.
#pragma once

#include <string>

namespace vigil::base {

/// The linker's hash over the whole program (ELF note NT_GNU_BUILD_ID), in hexadecimal: it changes with
/// every change of the code, and is the same for the same sources, compiler and flags. Empty where
/// the linker wrote none.
std::string build_id();

}  // namespace vigil::base
