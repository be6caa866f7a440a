#include "source/containers_storage/stored_image.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/file.h"
#include "base/hash.h"
#include "source/containers_storage/store.h"
#include "source/image/image_name.h"
#include "source/image/manifest.h"

namespace vigil::source::containers {
namespace {

class StoredLayers final : public ImageSource {
 public:
  StoredLayers(ImageFacts facts, std::vector<std::string> types, std::vector<StoredLayer> layers)
      : facts_(std::move(facts)), types_(std::move(types)), layers_(std::move(layers)) {}

  [[nodiscard]] const ImageFacts& facts() const override { return facts_; }
  [[nodiscard]] std::vector<std::string> media_types() const override { return types_; }
  [[nodiscard]] bool is_unpacked() const override { return true; }

  Result<LayerBlob> open_layer(std::size_t index) override {
    if (index >= layers_.size()) return fail("there is no such layer", facts_.reference);
    const StoredLayer& layer = layers_[index];
    const std::string place = layer.root + "/" + layer.driver;
    LayerBlob blob;
    if (layer.driver == "vfs") {
      blob.form = LayerForm::Listed;
      blob.directory = place + "/dir/" + layer.id;
      VIGIL_TRY(blob.names, open(place + "-layers/" + layer.id + ".tar-split.gz", 0));
    } else {
      blob.form = LayerForm::Overlay;
      blob.directory = place + "/" + layer.id + "/diff";
      if (base::exists(place + "/" + layer.id + "/composefs-data")) {
        return fail("a layer in composefs is not read", blob.directory, "save the image first",
                    ErrorCode::Unsupported);
      }
    }
    VIGIL_TRY(blob.file, open(blob.directory, O_DIRECTORY));
    return blob;
  }

 private:
  static Result<tree::Descriptor> open(const std::string& path, int flags) {
    tree::Descriptor file(
        ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags));
    if (!file.valid()) return fail_errno("cannot open", path, errno);
    return file;
  }

  ImageFacts facts_;
  std::vector<std::string> types_;
  std::vector<StoredLayer> layers_;
};

struct Documents {
  Manifest manifest;
  std::string digest;
  std::string config;
};

Result<Documents> read_documents(const StoredImage& image, const ImageOptions& options) {
  std::string text;
  if (const std::string own = "manifest-" + image.digest; image.has(own)) {
    VIGIL_TRY(text, image.read(own));
  } else {
    VIGIL_TRY(text, image.read("manifest"));
  }
  Documents out;
  VIGIL_TRY(out.manifest, parse_manifest(text));
  if (out.manifest.is_index) {
    VIGIL_TRY(const BlobReference chosen, choose_manifest(out.manifest, options.platform));
    VIGIL_TRY(text, image.read("manifest-" + chosen.digest));
    VIGIL_TRY(out.manifest, parse_manifest(text));
    if (out.manifest.is_index) return fail("an index that leads to another one");
  }
  out.digest = "sha256:" + base::sha256_hex(text);
  const std::string& config = out.manifest.config.digest;
  VIGIL_TRY(out.config, image.read(config));
  if (config.starts_with("sha256:") && "sha256:" + base::sha256_hex(out.config) != config) {
    return fail("the configuration has another digest", config);
  }
  return out;
}

Result<std::unique_ptr<ImageSource>> open_found(const Store& store, const StoredImage& image,
                                                const ImageOptions& options) {
  VIGIL_TRY(const Documents documents, read_documents(image, options));
  VIGIL_TRY(ImageFacts facts, image_facts(documents.manifest, documents.digest, documents.config));
  VIGIL_TRY(std::vector<StoredLayer> layers, store.layers_of(image));
  if (layers.size() != facts.layers.size()) {
    return fail("the image has " + std::to_string(facts.layers.size()) + " layers, the store " +
                std::to_string(layers.size()));
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    // Of a layer that was pulled in parts the store knows no digest.
    if (!layers[i].diff_id.empty() && layers[i].diff_id != facts.layers[i].diff_id) {
      return fail("the store's layer " + layers[i].id + " is not the one the image names");
    }
  }
  for (const std::string& name : image.names) {
    if (facts.tags.size() < 100) add_image_name(facts, name);
  }
  std::vector<std::string> types;
  for (const BlobReference& layer : documents.manifest.layers) types.push_back(layer.media_type);
  return std::make_unique<StoredLayers>(std::move(facts), std::move(types), std::move(layers));
}

}  // namespace

Result<std::unique_ptr<ImageSource>> open_stored_image(std::string_view reference,
                                                       const ImageOptions& options,
                                                       const StorageUser& user) {
  StorageSettings settings;
  if (!reference.starts_with('[')) {
    VIGIL_TRY(settings, storage_settings(user));
  }
  VIGIL_CHECK(take_brackets(reference, settings));
  VIGIL_TRY(const Store store, Store::open(settings));
  VIGIL_TRY(const StoredImage image, store.find(reference));
  auto opened = open_found(store, image, options);
  if (!opened && opened.error().where.empty()) opened.error().where = image.directory;
  return opened;
}

}  // namespace vigil::source::containers
