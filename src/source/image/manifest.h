// The documents that describe an image: index, manifest, configuration. Shared by archives, layouts
// and registries, which differ only in where the bytes lie.
//
// Reference: OCI Image Specification 1.1 (image-index.md, manifest.md, config.md); Docker's "Image
// Manifest Version 2, Schema 2" has the same members under other media types. Schema 1 (2014), which
// carries no configuration, is Unsupported.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/image/platform.h"
#include "source/target.h"

namespace vigil::source {

/// No document of an image is larger; registries refuse more than 4 MiB.
constexpr std::uint64_t kLargestManifest = std::uint64_t{8} << 20;
/// More layers than any builder makes: overlayfs takes 500, Docker 127.
constexpr std::size_t kMostLayers = 2000;

/// A reference from one document to a blob.
struct BlobReference {
  std::string media_type;
  std::string digest;  ///< "sha256:..." or "sha512:...", checked to be nothing else
  std::uint64_t size = 0;
  std::vector<std::string> urls;  ///< of foreign layers
  Platform platform;              ///< in an index
  std::string name;               ///< annotation org.opencontainers.image.ref.name, in an index
};

/// What a document turned out to be: an index has `manifests`, a manifest `config` and `layers`.
struct Manifest {
  bool is_index = false;
  std::string media_type;
  std::vector<BlobReference> manifests;
  BlobReference config;
  std::vector<BlobReference> layers;
};

/// "sha256:" and 64, or "sha512:" and 128, lower-case hexadecimal digits. Only such a digest may
/// become a part of a path or a URL.
bool is_digest(std::string_view text);

/// Either document. Told apart by their members, as a media type may be missing or wrong.
Result<Manifest> parse_manifest(std::string_view json);

/// The manifest for a platform, the first that fits; `NotFound` names those there are. Attestations
/// and other things that are no image ("unknown/unknown", artifact types) are passed over.
Result<BlobReference> choose_manifest(const Manifest& index, const Platform& wanted);

/// Puts what the configuration tells into the facts: author, created, os, architecture; of each
/// layer its diff id and the command of the history that made it. `facts.layers` has the manifest's
/// layers already, or none: then they are made from the diff ids. Two lists of different lengths are
/// an error. Guesses the base image too (base_image.h).
Result<void> read_config(std::string_view json, ImageFacts& facts);

/// `facts` of an image by its manifest and its configuration: what every source that has both calls.
Result<ImageFacts> image_facts(const Manifest& manifest, std::string_view manifest_digest,
                               std::string_view config);

}  // namespace vigil::source
