// go.mod and go.work: what they say, line by line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::inventory::go_module {

struct Requirement {
  std::string path;
  std::string version;
  std::uint32_t line = 0;
  bool indirect = false;
};

struct Replacement {
  std::string path;
  std::string version;  ///< empty: of any version
  std::string new_path;
  std::string new_version;  ///< empty: a folder
};

struct Manifest {
  std::string module;
  std::string go;         ///< "1.19", "1.21.3"; empty if not said
  std::string toolchain;  ///< without "go": "1.22.3"
  std::uint32_t go_line = 0;
  std::uint32_t toolchain_line = 0;
  std::vector<Requirement> requirements;
  std::vector<Replacement> replacements;
  std::vector<Requirement> excluded;
  std::vector<std::string> used;  ///< of go.work: folders

  /// Since Go 1.17 the file lists every module that is needed, not only those that are asked for.
  [[nodiscard]] bool is_complete() const;
};

Manifest parse_manifest(std::string_view text);

/// The last that fits; null if none does.
const Replacement* find_replacement(std::span<const Replacement> replacements,
                                    const Requirement& requirement);

}  // namespace vigil::inventory::go_module
