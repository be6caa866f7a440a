#include "source/containers_storage/store.h"

#include <algorithm>

#include "base/base64_encode.h"
#include "base/file.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "source/image/manifest.h"

namespace vigil::source::containers {
namespace {

constexpr std::uint64_t kLargestDocument = std::uint64_t{256} << 20;
constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kShortestId = 12;
constexpr std::size_t kWholeId = 64;

/// It becomes a part of a path.
bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
    return base::is_alnum(c) || c == '-' || c == '_';
  });
}

std::vector<std::string> texts_of(const base::Json& list) {
  std::vector<std::string> out;
  for (const base::Json& one : list.items()) {
    if (out.size() < kMostNames) out.emplace_back(one.text());
  }
  return out;
}

/// One entry after the other of a document that is an array.
template <typename Take>
Result<void> for_each_entry(std::string_view json, const Take& take) {
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(json));
  if (!root.is_array()) return fail("not a list of a containers-storage");
  std::size_t count = 0;
  for (const base::Json& entry : root.items()) {
    if (++count > kMostEntries) {
      return fail("more than " + std::to_string(kMostEntries) + " entries", {}, {},
                  ErrorCode::TooLarge);
    }
    if (!is_id(entry["id"].text())) return fail("an entry without an id");
    take(entry);
  }
  return ok();
}

Result<std::string> read_document(const std::string& path) {
  auto text = base::read_file(path, kLargestDocument);
  if (!text && text.error().code == ErrorCode::Io) {
    text.error().hint = "a store is read by the user it belongs to";
  }
  return text;
}

}  // namespace

Result<std::vector<StoredImage>> parse_images(std::string_view json) {
  std::vector<StoredImage> images;
  VIGIL_CHECK(for_each_entry(json, [&](const base::Json& entry) {
    StoredImage image;
    image.id = entry["id"].text();
    image.digest = entry["digest"].text();
    image.names = texts_of(entry["names"]);
    image.top_layer = entry["layer"].text();
    image.documents = texts_of(entry["big-data-names"]);
    images.push_back(std::move(image));
  }));
  return images;
}

Result<std::vector<StoredLayer>> parse_layers(std::string_view json) {
  std::vector<StoredLayer> layers;
  VIGIL_CHECK(for_each_entry(json, [&](const base::Json& entry) {
    StoredLayer layer;
    layer.id = entry["id"].text();
    layer.parent = entry["parent"].text();
    layer.diff_id = entry["diff-digest"].text();
    layers.push_back(std::move(layer));
  }));
  return layers;
}

std::string document_name(std::string_view key) {
  const bool plain = std::all_of(key.begin(), key.end(), [](char c) {
    return c == '.' || base::is_digit(c) || (c >= 'a' && c <= 'z');
  });
  return plain && key != "." && key != ".." ? std::string(key) : "=" + base::encode_base64(key);
}

bool StoredImage::has(std::string_view key) const {
  return std::find(documents.begin(), documents.end(), key) != documents.end();
}

Result<std::string> StoredImage::read(std::string_view key) const {
  return base::read_file(directory + "/" + document_name(key), kLargestManifest);
}

Result<void> Store::read_images(const std::string& directory) {
  VIGIL_TRY(const std::string json, read_document(directory + "/images.json"));
  auto images = parse_images(json);
  if (!images) return fail(images.error().what, directory + "/images.json");
  for (StoredImage& image : *images) {
    image.directory = directory + "/" + image.id;
    images_.push_back(std::move(image));
  }
  return ok();
}

Result<void> Store::read_layers(const std::string& root, const std::string& driver) {
  const std::string path = root + "/" + driver + "-layers/layers.json";
  if (!base::exists(path)) return ok();
  VIGIL_TRY(const std::string json, read_document(path));
  auto layers = parse_layers(json);
  if (!layers) return fail(layers.error().what, path);
  for (StoredLayer& layer : *layers) {
    layer.root = root;
    layer.driver = driver;
    layers_.try_emplace(layer.id, std::move(layer));
  }
  return ok();
}

Result<Store> Store::open(const StorageSettings& settings) {
  Store store;
  store.where_ = base::join(settings.roots, ", ");
  bool found = false;
  std::string foreign;
  for (const std::string& root : settings.roots) {
    for (const char* const driver : {"overlay", "overlay2", "vfs"}) {
      if (!settings.driver.empty() && settings.driver != driver) continue;
      VIGIL_CHECK(store.read_layers(root, driver));
      const std::string images = root + "/" + driver + "-images";
      if (!base::exists(images + "/images.json")) continue;
      found = true;
      VIGIL_CHECK(store.read_images(images));
    }
    for (const char* const driver : {"btrfs", "zfs", "aufs", "devicemapper"}) {
      if (base::exists(root + "/" + driver + "-images")) foreign = driver;
    }
  }
  if (found) return store;
  if (!foreign.empty()) {
    return fail("the storage driver " + foreign + " is not read", store.where_,
                "save the image first", ErrorCode::Unsupported);
  }
  return fail("there is no containers-storage", store.where_, {}, ErrorCode::NotFound);
}

const StoredImage* Store::find_name(const std::string& name) const {
  for (const StoredImage& image : images_) {
    if (std::find(image.names.begin(), image.names.end(), name) != image.names.end()) return &image;
  }
  return nullptr;
}

const StoredImage* Store::find_digest(const registry::ImageReference& reference) const {
  const std::string repository = reference.registry + "/" + reference.repository;
  const auto is_of_it = [&](const std::string& name) {
    return name.starts_with(repository) &&
           (name.size() == repository.size() || name[repository.size()] == ':' ||
            name[repository.size()] == '@');
  };
  for (const StoredImage& image : images_) {
    const bool same = image.digest == reference.digest || image.has("manifest-" + reference.digest);
    if (same && std::any_of(image.names.begin(), image.names.end(), is_of_it)) return &image;
  }
  return nullptr;
}

Result<StoredImage> Store::find(std::string_view text) const {
  if (auto reference = registry::parse_reference(text)) {
    if (!reference->digest.empty()) {
      if (const StoredImage* const image = find_digest(*reference)) return *image;
    } else {
      if (const StoredImage* const image = find_name(reference->text())) return *image;
      // What was built here and has no registry's name is "localhost/NAME".
      if (reference->registry == "docker.io" && !text.starts_with("docker.io/")) {
        constexpr std::string_view kLibrary = "library/";
        std::string_view name = reference->repository;
        if (name.starts_with(kLibrary) && !text.starts_with(kLibrary)) {
          name.remove_prefix(kLibrary.size());
        }
        const std::string here = "localhost/" + std::string(name) + ":" + reference->tag;
        if (const StoredImage* const image = find_name(here)) return *image;
      }
    }
  }
  if (text.starts_with('@')) text.remove_prefix(1);
  if (text.starts_with("sha256:")) text.remove_prefix(7);
  const StoredImage* found = nullptr;
  for (const StoredImage& image : images_) {
    if (text.size() < kShortestId || !image.id.starts_with(text)) continue;
    if (found != nullptr && found->id != image.id) {
      return fail("several images have ids that begin so", std::string(text),
                  "write all " + std::to_string(kWholeId) + " digits");
    }
    found = found == nullptr ? &image : found;
  }
  if (found != nullptr) return *found;
  return fail("there is no such image", where_, {}, ErrorCode::NotFound);
}

Result<std::vector<StoredLayer>> Store::layers_of(const StoredImage& image) const {
  std::vector<StoredLayer> chain;
  for (std::string id = image.top_layer; !id.empty();) {
    if (chain.size() == kMostLayers) return fail("too many layers", image.id);
    const auto found = layers_.find(id);
    if (found == layers_.end()) {
      return fail("a layer of the image is not in the store", base::printable(id.substr(0, 128)),
                  {}, ErrorCode::NotFound);
    }
    chain.push_back(found->second);
    id = found->second.parent;
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

}  // namespace vigil::source::containers
