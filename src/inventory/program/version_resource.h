// The version that stands in a Windows program or library: its resource VS_VERSIONINFO.
//
// References: learn.microsoft.com/windows/win32/menurc/vs-versioninfo, "PE Format" (the .rsrc
// section). Of several languages the first counts.
#pragma once

#include <optional>
#include <string>

#include "inventory/program/sections.h"

namespace vigil::inventory {

struct VersionResource {
  bool managed = false;  ///< it is an assembly of .NET
  std::string file_version;
  std::string product_version;
  std::string internal_name;
  std::string original_file_name;
  std::string company;
};

/// Nothing if it is no PE or has no such resource. Characters beyond ASCII become "?".
std::optional<VersionResource> read_version_resource(const Program& program);

}  // namespace vigil::inventory
