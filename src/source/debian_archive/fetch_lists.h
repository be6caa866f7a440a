// Fetches lists of packages from the mirrors that apt's sources name, where apt itself cannot be
// asked to: only root may run `apt-get update`.
//
// As apt does it: the InRelease file's signature is checked (gpgv(1) with the distribution's own
// keyring), and a list is used only if it has the SHA-256 that InRelease gives. A signature that is
// wrong ends it; one that cannot be checked because gpgv or the keyring is not installed is said.
#pragma once

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "source/debian_archive/apt_sources.h"

namespace vigil::source::debian_archive {

struct FetchListsOptions {
  std::string directory;  ///< where the lists go, named as apt names them
  std::string ecosystem;  ///< "Debian:12"
  std::string codename;
  std::set<std::string> architectures;  ///< "amd64"
  std::string keyring;                  ///< empty: the distribution's
  std::chrono::seconds connect_timeout{10};
  std::function<void(const std::string& detail)> progress;
};

/// Sources of other releases and other vendors are passed over. What went wrong is added to
/// `notes`; lists that are there already and still right are not fetched again.
void fetch_lists(const std::vector<AptSource>& sources, const FetchListsOptions& options,
                 std::vector<std::string>& notes);

/// A file that a Release file lists.
struct ReleaseFile {
  std::string path;  ///< "main/binary-amd64/Packages.xz"
  std::string sha256;
  std::uint64_t size = 0;
};
/// The files of the SHA256 section whose path is <component>/binary-<architecture>/Packages with
/// one of the suffixes that are understood, the smallest kind only.
std::vector<ReleaseFile> package_lists_of(std::string_view release,
                                          const std::vector<std::string>& components,
                                          const std::set<std::string>& architectures);

}  // namespace vigil::source::debian_archive
