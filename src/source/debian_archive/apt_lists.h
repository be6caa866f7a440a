// The lists of packages that apt keeps in /var/lib/apt/lists: which of them belong to a release,
// and where they came from. apt has checked their signatures when it fetched them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "source/debian_archive/apt_sources.h"

namespace vigil::source::debian_archive {

/// The head of a Release or InRelease file
/// (https://wiki.debian.org/DebianRepository/Format, "Release files").
struct Release {
  std::string origin;    ///< "Debian"
  std::string suite;     ///< "oldstable-security"
  std::string codename;  ///< "bookworm-security"
  std::string version;   ///< "12", "12.15"
  std::int64_t date = 0;
  std::int64_t valid_until = 0;  ///< 0 if it does not end
};

/// Reads a Release file, with or without a signature around it.
Release parse_release(std::string_view text);

/// Does it hold what a host of that release gets without asking: the release, its security and its
/// updates suite? Backports and proposed updates are an administrator's choice and no fixes of the
/// release. `ecosystem` is "Debian:12" or "Ubuntu:24.04".
bool serves(const Release& release, std::string_view ecosystem, std::string_view codename);

/// One Packages file on this disk.
struct PackageList {
  std::string path;
  std::string base;  ///< address that Filename fields are relative to; empty: no source names it
  bool security = false;  ///< of a security suite
};

struct AptLists {
  std::vector<PackageList> lists;
  std::int64_t date = 0;         ///< of the newest Release file among them
  std::int64_t valid_until = 0;  ///< the earliest
  std::int64_t fetched = 0;      ///< when the directory was last changed
  bool has_security = false;
};

/// What lies in such a directory.
AptLists find_apt_lists(const std::string& directory, const std::vector<AptSource>& sources,
                        std::string_view ecosystem, std::string_view codename);

}  // namespace vigil::source::debian_archive
