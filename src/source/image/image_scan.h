// From an image's source to what is in it: its layers analysed in parallel, each in a job of its own,
// then merged.
#pragma once

#include "base/result.h"
#include "source/image/image_source.h"
#include "source/target.h"

namespace vigil::source {

/// A layer that cannot be read is a problem of the inventory; the others are merged without it.
Result<Scanned> scan_image(ImageSource& image, const Request& request);

}  // namespace vigil::source
