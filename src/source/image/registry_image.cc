// Until this program speaks the Distribution API, an image of a registry has to be fetched by
// another one.
#include "source/image/image_source.h"

namespace vigil::source {

Result<std::unique_ptr<ImageSource>> open_registry_image(const std::string& reference,
                                                         const ImageOptions& /*options*/) {
  return fail("images of registries cannot be read yet", reference,
              "save it to a file (docker save, skopeo copy) and name that", ErrorCode::Unsupported);
}

}  // namespace vigil::source
