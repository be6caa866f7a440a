// One file becomes one segment: opened whatever its compression, each document inside given to the
// feed that recognises it.
#pragma once

#include <string>

#include "base/result.h"

namespace vigil::intel {

/// Names the content of a file as this program reads it: its hash and the versions of all readers.
/// Two files with the same identity give the same segment.
Result<std::string> identity_of_file(const std::string& path);

/// The bytes of the segment. A file that no feed recognises gives an empty one, so that it is not
/// looked at again. A broken archive, or a file whose only document is broken, is an error; a
/// broken document among others is a problem of that feed.
Result<std::string> read_into_segment(const std::string& path, const std::string& identity);

}  // namespace vigil::intel
