// An image of this machine's containers-storage as a source of layers: their directories, read where
// they are.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "source/containers_storage/settings.h"
#include "source/image/image_source.h"

namespace vigil::source::containers {

/// "NAME[:TAG]", "NAME@DIGEST", an id; before it the store in brackets, as take_brackets has it.
/// NotFound if there is no store, or no such image in it.
Result<std::unique_ptr<ImageSource>> open_stored_image(std::string_view reference,
                                                       const ImageOptions& options,
                                                       const StorageUser& user);

}  // namespace vigil::source::containers
