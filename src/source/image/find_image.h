// From what was asked for to where the image is: by the transport in front of it, or by looking for
// it.
//
//   docker-archive:PATH[:NAME:TAG]   oci:PATH[:TAG]   oci-archive:PATH[:TAG]
//   containers-storage:[[STORE]]NAME   docker-daemon:NAME   docker://NAME
//
// Reference: containers-transports(5). Without a transport it is a file or directory of that name;
// else an image of this user's containers-storage, of a Docker engine, of a registry, in this order.
//
// Traps: the path ends at the first colon, unless there is a file of the whole name; a file whose name
// begins like a transport is "./NAME".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "source/containers_storage/settings.h"
#include "source/image/image_source.h"

namespace vigil::source {

enum class Transport : std::uint8_t {
  None,
  DockerArchive,
  Layout,
  OciArchive,
  Storage,
  Docker,
  Registry,
};

/// The transport of an argument, which becomes what follows it.
Transport take_transport(std::string_view& argument);

struct FoundImage {
  std::unique_ptr<ImageSource> image;
  std::string place;  ///< where it was found if it was looked for: "the registry docker.io"
};

/// An error of what was looked for says where, and why not there.
Result<FoundImage> find_image(const std::string& argument, const ImageOptions& options,
                              const containers::StorageUser& user);

}  // namespace vigil::source
