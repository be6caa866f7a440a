// The names of a tar's entries as containers/storage keeps them beside an unpacked layer, so that it
// can put the same tar together again ("LAYER.tar-split.gz").
//
// Reference: github.com/vbatts/tar-split, tar/storage/entry.go: one JSON object a line. Of type 1 is a
// file (any entry: directories, links and whiteouts too) with "name", or "name_raw" in base64 where it
// is not UTF-8; of type 2 a piece of the tar's headers, which is passed over.
#pragma once

#include <string>
#include <vector>

#include "base/input.h"
#include "base/result.h"

namespace vigil::tree {

/// In the order of the tar, as absolute tidy paths; decompressed. A file that is cut short, or with
/// anything in it that is no such line, is an error.
Result<std::vector<std::string>> tar_split_names(base::Input& file);

}  // namespace vigil::tree
