// A container image: a file or directory of this machine if there is one of that name, else an image
// of a local store, a Docker engine or a registry (source/image/find_image.h).
#include "base/log.h"
#include "source/image/find_image.h"
#include "source/image/image_scan.h"
#include "source/image/image_source.h"
#include "source/target.h"

namespace vigil::source::image {
namespace {

constexpr TargetOption kOptions[] = {
    {"--platform", "OS/ARCH", "of an image for several, the one to look at (this machine's)"},
    {"--registry-user", "NAME",
     "who to be to the registry; VIGIL_REGISTRY_PASSWORD has the password"},
    {"--registry-mirror", "[REGISTRY=]HOST[/PREFIX]", "asked before the registry; may be repeated"},
    {"--registry-ca", "FILE", "PEM certificates to trust beside the system's"},
    {"--insecure-registry", "HOST[:PORT]",
     "may be spoken to without TLS or with any certificate; may be repeated"},
    {"--image", "NAME", "of an archive with several images, the one to look at (the first)"},
};

Result<Scanned> scan(const Request& request) {
  ImageOptions options;
  options.options = request.options;
  if (const std::string_view platform = request.option("--platform"); !platform.empty()) {
    VIGIL_TRY(options.platform, parse_platform(platform));
  }
  VIGIL_TRY(const FoundImage found, find_image(request.argument, options, containers::this_user()));
  if (!found.place.empty()) base::note(request.argument + " is taken from " + found.place);
  VIGIL_TRY(Scanned scanned, scan_image(*found.image, request));
  scanned.name = request.argument;
  if (scanned.image && scanned.image->reference.empty()) {
    scanned.image->reference = request.argument;
  }
  return scanned;
}

}  // namespace

const Target& target() {
  static const Target kTarget = {
      "image", "REFERENCE|FILE",
      "A container image: of an archive, a layout, a local store, a Docker engine, a registry",
      kOptions, scan};
  return kTarget;
}

}  // namespace vigil::source::image
