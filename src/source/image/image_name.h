// Names of images as archives and stores carry them.
#pragma once

#include <string_view>

#include "source/target.h"

namespace vigil::source {

/// "docker.io/library/nginx:1.27" -> registry, repository and tag, the first name's counting where
/// there are several; "team/app:1" names no registry, "app@sha256:..." no tag.
void add_image_name(ImageFacts& facts, std::string_view name);

/// Do both mean the same: "nginx" and "docker.io/library/nginx:latest"?
bool is_same_image_name(std::string_view a, std::string_view b);

}  // namespace vigil::source
