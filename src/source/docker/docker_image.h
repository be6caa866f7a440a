// An image of a Docker engine as a source of layers.
//
// An engine gives an image as one docker-archive, and what is in it is said at its end: so the archive
// is put into a file without a name ($TMPDIR, else /var/tmp), which is gone with the process, and read
// as any other.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "source/image/image_source.h"
#include "source/registry/environment.h"

namespace vigil::source::docker {

/// "NAME[:TAG]", "NAME@DIGEST", an id. NotFound if there is no engine, or no such image in it.
Result<std::unique_ptr<ImageSource>> open_docker_image(const std::string& reference,
                                                       const ImageOptions& options,
                                                       const registry::Environment& environment,
                                                       unsigned user);

}  // namespace vigil::source::docker
