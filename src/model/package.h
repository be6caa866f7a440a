// A package that was found somewhere: the unit of inventory and of matching.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vigil::model {

/// Where in the tree a package was found: the lock file, the installed metadata, the database.
struct Location {
  std::string path;        ///< absolute in the tree, "/usr/lib/..."
  std::uint32_t line = 0;  ///< 1-based; 0 where a line means nothing
};

struct Package {
  /// OSV's name of the ecosystem with the release: "Debian:12", "Alpine:v3.21", "PyPI".
  std::string ecosystem;
  std::string name;          ///< as the package manager writes it
  std::string version;       ///< whole, with epoch and release as the package manager prints it
  std::string architecture;  ///< the package manager's word: "amd64", "all"; empty if it has none
  /// The name and version that the distribution's advisories speak of (Debian's source package,
  /// Alpine's origin). Equal to name and version where the package is its own source.
  std::string source_name;
  std::string source_version;
  /// Inspector's PackageManager: OS, NPM, PYTHONPKG, ...
  std::string manager;
  std::string package_url;  ///< canonical purl
  std::string
      vendor;  ///< who built it, where the database says so (dpkg Maintainer/Origin, rpm Vendor)
  std::string license;  ///< as stated
  std::string module;   ///< rpm modularity label "nodejs:18:8080020230825:f5..."; mostly empty
  std::vector<Location> locations;
};

}  // namespace vigil::model
