// What has to be upgraded to be rid of a finding.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace vigil::findings {

struct Finding;

/// A package as filters ask for it: vulnerablePackages' name, and version without epoch and release.
struct FixedPackage {
  std::string name;
  std::string version;
  friend auto operator<=>(const FixedPackage&, const FixedPackage&) = default;
};

/// One thing in one version that a fix is known for: a source package where the ecosystem's advisories
/// speak of sources (match/subject.h), else the package itself.
struct Fix {
  std::string ecosystem;
  std::string name;
  std::string manager;                 ///< Inspector's word: OS, NPM, ...
  std::string installed;               ///< version
  std::string target;                  ///< the lowest version that fixes it
  std::vector<FixedPackage> packages;  ///< installed packages of it that are affected, ascending
  std::string command;                 ///< empty if nobody knows
};

/// By ecosystem, name and installed version; nothing where no fix is known.
std::vector<Fix> fixes_of(const Finding& finding);

/// The later of two versions by their ecosystem's order; a version nobody can order loses.
std::string later_version(const std::string& ecosystem, const std::string& a, const std::string& b);

}  // namespace vigil::findings
