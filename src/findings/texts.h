// The words of a finding, as Amazon Inspector writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/package.h"

namespace vigil::findings {

/// "CVE-2024-6119 - libssl3, openssl", at most 1024 characters; more than two packages: "CVE-... - curl, libcurl4 and 1 more".
std::string title(std::string_view vulnerability, const std::vector<std::string>& packages);

/// The first characters (not bytes) of a text; control characters become blanks.
std::string shortened(std::string_view text, std::size_t characters);

/// At most 1024 characters, "None Provided" where there is nothing.
std::string description(std::string_view text);

/// "DEBIAN_12", "UBUNTU_22_04", "ALPINE_LINUX_3_21" from os-release's id and version.
std::string platform(std::string_view id, std::string_view version);

/// The command that brings the fix, for a package of the operating system; empty for others.
std::string remediation(const model::Package& package);

/// "0:3.0.15-1~deb12u1" for a package of dpkg, "0:4.9-1.X86_64" for one of rpm, else as it is.
std::string fixed_in_version(const model::Package& package, std::string_view fixed_version);

/// The parts of a version that Inspector keeps apart for packages of the operating system.
struct VersionParts {
  int epoch = 0;
  std::string version;
  std::string release;  ///< empty if the version has none
};
VersionParts split_version(const model::Package& package);

/// Inspector's spelling of an architecture: "AMD64", "X86_64", "ARM64", "ALL".
std::string architecture_name(std::string_view architecture);

/// Whose word a finding of this ecosystem stands on ("DEBIAN_CVE", "UBUNTU_CVE", "GITHUB") and the
/// page where it says so.
struct Source {
  std::string name;
  std::string url;
};
Source source_of(std::string_view ecosystem, std::string_view vulnerability);

}  // namespace vigil::findings
