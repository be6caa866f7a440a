// A package that was found somewhere: the unit of inventory and of matching.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vigil::model {

/// Where in the tree a package was found: the lock file, the installed metadata, the database.
struct Location {
  std::string path;          ///< absolute in the tree, "/usr/lib/..."
  std::uint32_t line = 0;    ///< 1-based; 0 where a line means nothing
  std::uint64_t offset = 0;  ///< bytes into a binary file where its version stands; else 0
  std::string layer;         ///< digest of the image layer that brought it; empty without layers
};

/// What a package's presence rests on, the strongest first.
enum class Evidence : std::uint8_t {
  Installed,  ///< it lies there: a package manager's database, metadata beside the code, an archive
  Binary,     ///< it was recognised in a compiled file
  Locked,     ///< a lock file says that this version will be installed
  Declared,   ///< a manifest asks for it, exactly this version
};

/// How the project that was looked at depends on a package.
enum class Relation : std::uint8_t {
  Unknown,
  Direct,      ///< the project itself asks for it
  Transitive,  ///< a dependency does
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
  Evidence evidence = Evidence::Installed;
  Relation relation = Relation::Unknown;
  /// The weakest need that the project states: "dev", "test", "build", "optional", "peer"; empty for
  /// what it needs to run.
  std::string scope;
  /// "name@version" of the packages of the same file that require it, ascending, each once.
  std::vector<std::string> parents;
  /// CPE 2.3 of software that no package manager knows: "cpe:2.3:a:openssl:openssl:3.0.2:*:...".
  std::string cpe;
  /// The functions that are in a Go program, as the text of a SymbolSet (model/symbol_set.h); empty
  /// if not known, which means that any may be there.
  std::string symbols;
};

}  // namespace vigil::model
