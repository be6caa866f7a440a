// Which operating system a tree holds, and whose advisories speak of its packages.
//
// Sources, the first that tells counts: /etc/os-release and /usr/lib/os-release (os-release(5)),
// then what came before it: /etc/lsb-release, /etc/alpine-release, /etc/debian_version,
// /etc/redhat-release and its kin. /etc/debian_version and /etc/apk/repositories also tell rolling
// releases apart.
//
// Derivatives are matched against their upstream's advisories only where they ship the upstream's
// packages under the upstream's versions:
//   - what names its base by UBUNTU_CODENAME (Linux Mint, Pop!_OS, Zorin, elementary, KDE neon) or
//     DEBIAN_CODENAME (LMDE, Parrot) takes packages straight from that release;
//   - Raspbian rebuilds Debian with equal versions, "+rpi1" after them where it changes something;
//   - Devuan takes all packages but a few forked ones ("+devuan1") from the Debian of its release;
//   - Kali takes packages from Debian testing, "+kali1" where it changes something.
// CentOS Stream, Alpine's postmarketOS and others that build differently have no ecosystem.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// Every file that detect_operating_system may read.
std::span<const std::string_view> operating_system_files();

/// What cannot be read is named in `problems`; an unknown system is an empty `id`.
OperatingSystem detect_operating_system(const tree::View& view, std::vector<Problem>& problems);

/// The OSV ecosystem of what os-release says: "Debian:12", "Ubuntu:22.04", "AlmaLinux:9"; empty if
/// none. Alpine's edge and Debian's sid are set where the release is `rolling`.
std::string ecosystem_of(std::string_view id, std::string_view version, bool rolling);

/// The VERSION_ID of a release by its codename: ("debian", "bookworm") -> "12"; empty if unknown.
std::string_view version_of_codename(std::string_view id, std::string_view codename);

/// The package manager whose packages that ecosystem's advisories mean: "dpkg", "apk", "rpm",
/// "pacman"; empty if unknown. rpm packages that lie on a Debian are nobody's advisories' matter.
std::string_view package_manager_of(std::string_view ecosystem);

/// Services of `pro status` that are enabled: the JSON of /var/lib/ubuntu-advantage/status.json.
std::set<std::string> parse_ubuntu_pro_status(std::string_view json);

}  // namespace vigil::inventory
