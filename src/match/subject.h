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
Subject subject_of(const model::Package& package);

/// Is this the source of a Linux kernel: "linux", Ubuntu's "linux-hwe-6.5", "linux-aws", Debian's
/// "linux-6.1" for an older release? Not "linux-firmware", "linux-base" and others of that name.
bool is_kernel_source(std::string_view source);

}  // namespace vigil::match
