// What is installed, by source package, and the newest version of it that the archive holds.
//
// Source packages, not binary ones, are compared: a kernel image or a library whose binary package
// has another name in the newer version is found too, and a mere rebuild of the same source ("+b1")
// is not taken for a fix.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "inventory/inventory.h"
#include "source/debian_archive/apt_lists.h"

namespace vigil::source::debian_archive {

/// A binary package of the archive.
struct Binary {
  std::string package;
  std::string version;
  std::string architecture;
  std::string base;      ///< the archive's address; may be empty
  std::string filename;  ///< below it
  std::string sha256;
  std::uint64_t size = 0;
};

struct InstalledSource {
  std::string version;                ///< the oldest that is installed
  std::vector<std::string> packages;  ///< its installed binary packages
};
using InstalledSources = std::map<std::string, InstalledSource, std::less<>>;

/// Packages of the operating system by source. Versions that are none are left out: no advisory can
/// match them.
InstalledSources installed_sources(const inventory::Inventory& inventory);

struct Candidate {
  std::string source;
  std::string installed;
  std::string version;           ///< newer than `installed`
  bool security = false;         ///< a security suite holds it
  std::vector<Binary> binaries;  ///< built from it, the smallest first
};

/// Sources with a newer version in one of the lists, by name. A list that cannot be read is named
/// in `problems`, and the others are used.
std::vector<Candidate> find_candidates(const InstalledSources& installed,
                                       const std::vector<PackageList>& lists,
                                       std::vector<std::string>& problems);

}  // namespace vigil::source::debian_archive
