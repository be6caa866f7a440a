// Packages files of a Debian archive (https://wiki.debian.org/DebianRepository/Format,
// "Packages Indices"): one stanza per binary package that can be installed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/input.h"
#include "base/result.h"

namespace vigil::source::debian_archive {

/// A source package as the security team speaks of it. The signed kernel images are built from
/// source packages of their own (linux-signed-amd64 6.1.140+1), which hold nothing but signatures:
/// they are `linux` in the binary's version, as in matching.
struct SourceName {
  std::string name;
  std::string version;
  bool signed_images = false;
};

/// `source` is the field of that name, "openssl (3.0.15-1)", "openssl" or empty.
SourceName source_name(std::string_view package, std::string_view version, std::string_view source);

/// One stanza. Texts live until the visitor returns.
struct Listed {
  std::string_view package;
  std::string_view version;
  std::string_view architecture;
  std::string_view source;    ///< the field as written
  std::string_view filename;  ///< below the archive's base address
  std::string_view sha256;
  std::uint64_t size = 0;  ///< of the .deb, bytes; 0 if not stated
};

/// Every stanza that has a package name and a version. Memory is bounded by the longest stanza; one
/// over 1 MiB is an error. What does not look like control data at all is an error.
Result<void> for_each_package(base::Input& input, const std::function<void(const Listed&)>& visit);

}  // namespace vigil::source::debian_archive
