// Which files of a tree may be programs: what Pattern::program means.
//
// A walk asks for no file's status, and most files tell by their name that they are none; only the
// rest is asked for its permission bits, and only what is executable is opened. That a file begins
// as an ELF, PE or Mach-O file does decides in the end.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigil::inventory {

/// By its name: without an extension, with a version for one ("python3.11", "node-20.1"), or with
/// one that programs and libraries have (".exe", ".dll", ".so", ".so.1.2", ".node", ".dylib", ".bin").
bool may_be_program(std::string_view path);

/// By its permission bits (0 where a tree has none): somebody may execute it. Libraries of Windows
/// and of .NET need no such bit.
bool may_be_executed(std::string_view path, std::uint32_t mode);

/// By its name: a shared library, which needs no permission to be executed.
bool may_be_library(std::string_view path);

/// By its first bytes: ELF, PE ("MZ"), Mach-O of either byte order, a Mach-O for several processors.
bool is_program(std::string_view head);

}  // namespace vigil::inventory
