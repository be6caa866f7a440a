// Under which names and version a package is looked up in its ecosystem's advisories.
#pragma once

#include <string>
#include <string_view>

#include "model/package.h"

namespace vigil::match {

struct Subject {
  std::string ecosystem;
  std::string name;  ///< normal name
  std::string version;
};

/// Debian, Ubuntu, Alpine and their kin publish advisories for source packages; rpm distributions and
/// languages for the package itself. A signed kernel image ("linux-signed-amd64") is the signed build
/// of its plain source ("linux"), whose version the binary package carries.
///
/// Languages: a PyPI version without its local part, a gem's without its platform, and a GitHub
/// Action's tag of one or two numbers ("v4"), which moves, as the newest release of its line.
Subject subject_of(const model::Package& package);

/// Does the ecosystem belong to a distribution ("Debian:12"), and not to a language ("PyPI")?
bool is_distribution(std::string_view ecosystem);

/// Is this the source of a Linux kernel: "linux", Ubuntu's "linux-hwe-6.5", "linux-aws", Debian's
/// "linux-6.1" for an older release? Not "linux-firmware", "linux-base" and others of that name.
bool is_kernel_source(std::string_view source);

}  // namespace vigil::match
