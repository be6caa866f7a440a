// An image of a registry, by somebody who knows more than a command line says.
#pragma once

#include <memory>

#include "base/result.h"
#include "source/image/image_source.h"
#include "source/image/platform.h"
#include "source/registry/options.h"
#include "source/registry/reference.h"

namespace vigil::source::registry {

Result<std::unique_ptr<ImageSource>> open_image(const ImageReference& reference,
                                                const Options& options, const Platform& platform);

}  // namespace vigil::source::registry
