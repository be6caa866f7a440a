// A layer of an image as overlayfs keeps it, unpacked in a directory, as the stream of entries that
// its tar had.
//
// What a layer hides is no ".wh." file there but
//   - a character device 0/0 in place of the hidden name;
//   - in a directory whose xattr trusted.overlay.opaque (user.overlay.opaque of a rootless mount) is
//     "y", everything below it in lower layers;
//   - in a directory where that xattr is "x", an empty file with the xattr overlay.whiteout, for who
//     may make no devices (Linux 6.7).
// fuse-overlayfs keeps the ".wh." files, and has xattrs of its own. All become the entries that a
// tar would have: ".wh.NAME" and ".wh..wh..opq".
//
// References: Linux, Documentation/filesystems/overlayfs.rst ("whiteouts and opaque directories");
// fuse-overlayfs, main.c.
//
// Traps: trusted.* is only seen with CAP_SYS_ADMIN in the initial user namespace; without it an opaque
// directory looks like any other. Files of other users of a rootless store may not be readable: each
// is an error of its own.
//
// Not handled: metacopy and redirects, which image layers do not have; composefs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tree/directory_reader.h"
#include "tree/unpacked_entries.h"

namespace vigil::tree {

class OverlayLayer final : public UnpackedEntries {
 public:
  /// `root`: the layer's directory, open for reading.
  explicit OverlayLayer(Descriptor root);

  Result<const TarEntry*> next() override;

 private:
  struct Level {
    DirectoryReader reader;
    std::size_t path_length;     ///< of the directory, without a slash at the end
    bool says_opaque = false;    ///< still to be told
    bool has_whiteouts = false;  ///< empty files may be whiteouts
  };

  [[nodiscard]] Descriptor open_content() const override;
  Result<void> enter(Descriptor directory);
  Result<void> enter_child();
  Result<const TarEntry*> look_at(const char* name);
  const TarEntry* whiteout(std::string_view name);

  std::vector<Level> levels_;
  std::vector<std::unique_ptr<char[]>> buffers_;  ///< one for each depth reached, used again
  std::string name_;                              ///< of the entry in its directory
  std::uint64_t count_ = 0;
  bool enters_ = false;  ///< the entry is a directory that was not entered yet
};

}  // namespace vigil::tree
