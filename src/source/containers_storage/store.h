// The images and layers that a containers-storage knows, by its documents on disk. Nothing is locked
// and nothing written: the documents are replaced by renaming, so that each is whole.
//
// Reference: github.com/containers/storage (images.go, layers.go; "STORAGE-DRIVER-images/images.json",
// "STORAGE-DRIVER-layers/layers.json"). An image's documents ("big data") lie in a directory of its id,
// each under its key, or under "=" and the key in base64 if it has other characters than a-z, 0-9 and
// points.
//
// Traps: an image may be in one store and its layers in another (additional image stores, imagestore);
// a layer's id is no digest of it.
//
// Not handled: the drivers btrfs, zfs, aufs and devicemapper; what only runs (volatile layers).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/containers_storage/settings.h"
#include "source/registry/reference.h"

namespace vigil::source::containers {

struct StoredImage {
  std::string id;
  std::string digest;              ///< of its manifest; may be empty
  std::vector<std::string> names;  ///< "docker.io/library/nginx:latest"
  std::string top_layer;
  std::vector<std::string> documents;  ///< their keys: "manifest", "sha256:..."
  std::string directory;               ///< where these lie

  /// At most kLargestManifest bytes.
  [[nodiscard]] Result<std::string> read(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
};

struct StoredLayer {
  std::string id;
  std::string parent;  ///< empty of the lowest
  std::string diff_id;
  std::string root;  ///< of the store it is in
  std::string driver;
};

class Store {
 public:
  /// NotFound if there is no store in any of the roots. What cannot be understood is an error.
  static Result<Store> open(const StorageSettings& settings);

  /// By a name, a name and a digest, or an id of 64 digits or at least 12 of them. NotFound.
  [[nodiscard]] Result<StoredImage> find(std::string_view reference) const;
  /// The image's layers, the lowest first.
  [[nodiscard]] Result<std::vector<StoredLayer>> layers_of(const StoredImage& image) const;

 private:
  Result<void> read_images(const std::string& directory);
  Result<void> read_layers(const std::string& root, const std::string& driver);
  [[nodiscard]] const StoredImage* find_name(const std::string& name) const;
  [[nodiscard]] const StoredImage* find_digest(const registry::ImageReference& reference) const;

  std::vector<StoredImage> images_;
  std::map<std::string, StoredLayer, std::less<>> layers_;
  std::string where_;  ///< for people
};

/// A document of a store, as it is on disk. At most 1,000,000 entries; names of paths are checked.
Result<std::vector<StoredImage>> parse_images(std::string_view json);
Result<std::vector<StoredLayer>> parse_layers(std::string_view json);
/// The file's name for a document's key.
std::string document_name(std::string_view key);

}  // namespace vigil::source::containers
