// A layer of an image whose directory holds more than the layer does, as the stream of entries that
// its tar had: containers/storage's driver "vfs" copies the layers below into each directory, and only
// the list of the tar's names (tar_split.h) tells which files are the layer's own.
//
// Traps: whiteouts are in the list alone; a name may go through a symbolic link of a lower layer,
// which is resolved inside the directory; a hard link is a file of its own.
#pragma once

#include <string>
#include <vector>

#include "tree/resolve.h"
#include "tree/unpacked_entries.h"

namespace vigil::tree {

class ListedLayer final : public UnpackedEntries {
 public:
  /// `root`: the layer's directory, open for reading. `names`: absolute tidy paths.
  ListedLayer(Descriptor root, std::vector<std::string> names);

  Result<const TarEntry*> next() override;

 private:
  [[nodiscard]] Descriptor open_content() const override;

  Descriptor root_;
  std::vector<std::string> names_;
  std::size_t at_ = 0;
  Resolution resolution_;
};

}  // namespace vigil::tree
