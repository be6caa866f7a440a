// Small reads below /proc, relative to a directory that is open already.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tree/descriptor.h"

namespace vigil::source {

/// Opens a directory; invalid with errno on failure.
tree::Descriptor open_directory(int parent, const char* name);
/// The whole file into `content`, whose memory is used again; false with errno on failure.
bool read_whole(int directory, const char* name, std::string& content);
/// Where a link leads; empty with errno on failure.
std::string_view read_link(int directory, const char* name, std::string& buffer);
/// The entries of a directory that are numbers, ascending: processes, descriptors.
std::vector<std::uint32_t> numbered_entries(tree::Descriptor directory);

}  // namespace vigil::source
