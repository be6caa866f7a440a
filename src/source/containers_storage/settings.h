// Where this user's containers-storage is: what Podman, Buildah, CRI-O and skopeo share.
//
// Reference: containers-storage.conf(5). $CONTAINERS_STORAGE_CONF names the only file; else root reads
// /etc/containers/storage.conf or /usr/share/containers/storage.conf, and everybody else takes from
// them what concerns them and then ~/.config/containers/storage.conf. Nothing said: root's store is
// /var/lib/containers/storage, that of others ~/.local/share/containers/storage.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/registry/environment.h"

namespace vigil::source::containers {

struct StorageSettings {
  std::string driver;  ///< "overlay", "vfs"; empty: whatever is there
  /// Directories with images and layers: the store's own, that of its images if it is another, and
  /// the additional ones, which are only read.
  std::vector<std::string> roots;
};

/// Whose settings.
struct StorageUser {
  registry::Environment environment;
  unsigned id = 0;          ///< 0: root
  std::string system_root;  ///< before /etc, /usr and /var; for tests
};

/// The user who runs this program.
StorageUser this_user();

/// An error is a file that cannot be understood, or one that $CONTAINERS_STORAGE_CONF names and that
/// is not there.
Result<StorageSettings> storage_settings(const StorageUser& user);

/// "[[DRIVER@]ROOT[+RUNROOT][:OPTIONS]]REFERENCE", as skopeo takes it: `reference` becomes what is
/// left, and the settings those in the brackets; without brackets nothing changes.
Result<void> take_brackets(std::string_view& reference, StorageSettings& settings);

}  // namespace vigil::source::containers
