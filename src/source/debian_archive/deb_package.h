// The changelog inside a binary package (deb(5)): an ar archive whose member data.tar.* holds
// usr/share/doc/<package>/changelog.Debian.gz, or changelog.gz where Debian itself is upstream
// (Debian Policy 12.7). Nothing is unpacked to disk, nothing is executed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::source::debian_archive {

/// A larger changelog is refused; the largest real one, linux, has some 600 kB compressed.
inline constexpr std::uint64_t kChangelogLimit = 16U << 20U;

/// The file as it lies in the package, mostly compressed; nothing if the package has none of its
/// own (its directory is a link to another package's, say).
Result<std::optional<std::string>> changelog_in_deb(std::string_view deb, const std::string& name,
                                                    std::string_view package);

/// The text of a changelog file, compressed or not.
Result<std::string> changelog_text(std::string_view file, const std::string& name);

}  // namespace vigil::source::debian_archive
