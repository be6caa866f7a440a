// What the Go linker writes into every program: the toolchain's version and the modules.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/program/sections.h"

namespace vigil::inventory::go_binary {

struct BuildInfo {
  std::string_view toolchain;  ///< "go1.19.8", "go1.22.3 X:boringcrypto", "devel go1.23-..."
  std::string_view modules;    ///< lines, without the marks around them; empty before modules
};

/// Nothing if the program was not made by Go.
std::optional<BuildInfo> find_build_info(const Program& program);

struct Module {
  std::string_view path;     ///< the one that the source imports
  std::string_view version;  ///< "v1.2.3", "(devel)"
  std::string_view replacement_path =
      {};  ///< what stands in its place; a folder begins with "." or "/"
  std::string_view replacement_version = {};
};

struct Modules {
  std::string_view main_package;  ///< import path of the package main
  std::optional<Module> main;
  std::vector<Module> dependencies;
};

/// 100,000 modules at most.
Modules parse_modules(std::string_view text);

}  // namespace vigil::inventory::go_binary
