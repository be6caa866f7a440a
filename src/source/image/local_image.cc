// Images that lie on this machine.
//
//   docker-archive   a tar with manifest.json: `docker save`, `podman save`, `skopeo copy
//                    docker-archive:`, kaniko, jib. Layers are plain tars mostly, sometimes gzip.
//   OCI layout       a directory, or a tar of one, with index.json and blobs/sha256/...: `skopeo
//                    copy oci:`, umoci, buildah, BuildKit. Docker 25 and later save both at once.
//
// References: OCI Image Specification 1.1, image-layout.md; moby/moby image/spec/v1.2.md ("Combined
// Image JSON + Filesystem Changeset Format").
//
// Traps: an index may lead to another index; an archive may hold several images (then the first, or
// the one that "--image" names); Docker writes equal layers once and links to them; a member's name is
// whatever somebody wrote there, so names of blobs come from checked digests only.
//
// Not handled: archives that are compressed as a whole, Docker's own storage directories.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/file.h"
#include "base/hash.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "source/image/archive_index.h"
#include "source/image/image_name.h"
#include "source/image/image_source.h"
#include "source/image/manifest.h"
#include "tree/bytes.h"

namespace vigil::source {
namespace {

constexpr int kMostIndexes = 4;

Result<tree::Descriptor> open_file(const std::string& path) {
  tree::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return fail_errno("cannot open", path, errno);
  return file;
}

/// Where named members lie: in a tar, or in a directory.
class Members {
 public:
  virtual ~Members() = default;
  virtual Result<std::string> read(const std::string& name, std::uint64_t limit) const = 0;
  virtual Result<LayerBlob> open(const std::string& name) const = 0;
  [[nodiscard]] virtual bool has(const std::string& name) const = 0;
};

class TarMembers final : public Members {
 public:
  static Result<std::unique_ptr<Members>> open_archive(tree::Descriptor file,
                                                       const std::string& path) {
    auto members = std::make_unique<TarMembers>();
    members->path_ = path;
    members->file_ = tree::Descriptor(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
    VIGIL_TRY(members->bytes_, tree::FileBytes::of(std::move(file)));
    auto index = ArchiveIndex::read(*members->bytes_);
    if (!index) {
      return fail(index.error().what, path + ": " + index.error().where, {}, index.error().code);
    }
    members->index_ = std::move(*index);
    return members;
  }

  Result<std::string> read(const std::string& name, std::uint64_t limit) const override {
    const auto place = index_.find(name);
    if (!place) return missing(name);
    return bytes_->take(place->offset, place->size, limit);
  }
  Result<LayerBlob> open(const std::string& name) const override {
    const auto place = index_.find(name);
    if (!place) return missing(name);
    LayerBlob blob;
    // Readers say where they read: that they share one place in the file does not matter.
    blob.file = tree::Descriptor(::fcntl(file_.get(), F_DUPFD_CLOEXEC, 0));
    if (!blob.file.valid()) return fail_errno("cannot open", path_, errno);
    blob.offset = place->offset;
    blob.size = place->size;
    return blob;
  }
  [[nodiscard]] bool has(const std::string& name) const override {
    return index_.find(name).has_value();
  }

 private:
  [[nodiscard]] tl::unexpected<Error> missing(const std::string& name) const {
    return fail("the archive has no '" + base::printable(name) + "'", path_, {},
                ErrorCode::NotFound);
  }

  std::string path_;
  tree::Descriptor file_;
  std::unique_ptr<tree::FileBytes> bytes_;
  ArchiveIndex index_;
};

/// Names are "index.json" and "blobs/ALGORITHM/DIGITS" only, never what a document says.
class DirectoryMembers final : public Members {
 public:
  explicit DirectoryMembers(std::string path) : path_(std::move(path)) {}

  Result<std::string> read(const std::string& name, std::uint64_t limit) const override {
    return base::read_file(path_ + "/" + name, limit);
  }
  Result<LayerBlob> open(const std::string& name) const override {
    LayerBlob blob;
    VIGIL_TRY(blob.file, open_file(path_ + "/" + name));
    struct stat status = {};
    if (::fstat(blob.file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
      return fail("not a regular file", path_ + "/" + name);
    }
    blob.size = static_cast<std::uint64_t>(status.st_size);
    return blob;
  }
  [[nodiscard]] bool has(const std::string& name) const override {
    return base::exists(path_ + "/" + name);
  }

 private:
  std::string path_;
};

class LocalImage final : public ImageSource {
 public:
  LocalImage(std::unique_ptr<Members> members, ImageFacts facts, std::vector<std::string> names,
             std::vector<std::string> types)
      : members_(std::move(members)),
        facts_(std::move(facts)),
        names_(std::move(names)),
        types_(std::move(types)) {}

  [[nodiscard]] const ImageFacts& facts() const override { return facts_; }
  [[nodiscard]] std::vector<std::string> media_types() const override { return types_; }
  Result<LayerBlob> open_layer(std::size_t index) override { return members_->open(names_[index]); }

 private:
  std::unique_ptr<Members> members_;
  ImageFacts facts_;
  std::vector<std::string> names_;  ///< of the layers
  std::vector<std::string> types_;
};

std::string blob_name(const std::string& digest) {
  return "blobs/" + base::replace_all(digest, ":", "/");
}

/// A document of a layout, which must be what its digest says.
Result<std::string> read_blob(const Members& members, const std::string& digest) {
  VIGIL_TRY(std::string content, members.read(blob_name(digest), kLargestManifest));
  if (digest.starts_with("sha256:") && "sha256:" + base::sha256_hex(content) != digest) {
    return fail("the content has another digest", digest);
  }
  return content;
}

using Opened = Result<std::unique_ptr<ImageSource>>;

Opened open_layout(std::unique_ptr<Members> members, const ImageOptions& options) {
  VIGIL_TRY(std::string document, members->read("index.json", kLargestManifest));
  VIGIL_TRY(Manifest manifest, parse_manifest(document));
  std::string digest;
  std::string tag;
  const auto wanted = options.options.find("--image");
  for (int depth = 0; manifest.is_index; ++depth) {
    if (depth == kMostIndexes) return fail("an index that leads to too many others", "index.json");
    if (depth == 0 && wanted != options.options.end()) {
      std::erase_if(manifest.manifests,
                    [&](const BlobReference& each) { return each.name != wanted->second; });
    }
    VIGIL_TRY(const BlobReference chosen, choose_manifest(manifest, options.platform));
    digest = chosen.digest;
    if (!chosen.name.empty()) tag = chosen.name;
    VIGIL_TRY(document, read_blob(*members, digest));
    VIGIL_TRY(manifest, parse_manifest(document));
  }
  VIGIL_TRY(const std::string config, read_blob(*members, manifest.config.digest));
  VIGIL_TRY(ImageFacts facts, image_facts(manifest, digest, config));
  // A layout names its images by a tag alone or by a whole reference.
  if (tag.find('/') != std::string::npos || tag.find(':') != std::string::npos) {
    add_image_name(facts, tag);
  } else if (!tag.empty()) {
    facts.tags.push_back(tag);
  }
  std::vector<std::string> names;
  std::vector<std::string> types;
  for (const BlobReference& layer : manifest.layers) {
    names.push_back(blob_name(layer.digest));
    types.push_back(layer.media_type);
  }
  return std::make_unique<LocalImage>(std::move(members), std::move(facts), std::move(names),
                                      std::move(types));
}

/// The image of manifest.json that is asked for: "NAME:TAG", however much of it is left out, or "@2",
/// the third.
Result<base::Json> choose_image(const base::Json& root, const ImageOptions& options) {
  const auto option = options.options.find("--image");
  const std::string wanted = option == options.options.end() ? "@0" : option->second;
  std::optional<std::uint64_t> place;
  if (wanted.starts_with('@')) place = base::parse_unsigned(std::string_view(wanted).substr(1));
  std::uint64_t index = 0;
  for (const base::Json& image : root.items()) {
    if (place && index++ == *place) return image;
    for (const base::Json& tag : image["RepoTags"].items()) {
      if (!place && is_same_image_name(tag.text(), wanted)) return image;
    }
  }
  return fail("the archive has no such image", "manifest.json", {}, ErrorCode::NotFound);
}

Opened open_docker_archive(std::unique_ptr<Members> members, const ImageOptions& options) {
  VIGIL_TRY(const std::string text, members->read("manifest.json", kLargestManifest));
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(text));
  VIGIL_TRY(const base::Json image, choose_image(root, options));
  VIGIL_TRY(const std::string config,
            members->read(std::string(image["Config"].text()), kLargestManifest));
  ImageFacts facts;
  facts.config_digest = "sha256:" + base::sha256_hex(config);
  facts.digest = facts.config_digest;
  VIGIL_CHECK(read_config(config, facts));
  for (const base::Json& tag : image["RepoTags"].items()) {
    if (facts.tags.size() < 100) add_image_name(facts, tag.text());
  }
  std::vector<std::string> names;
  for (const base::Json& layer : image["Layers"].items()) {
    if (names.size() == kMostLayers) break;
    names.emplace_back(layer.text());
  }
  if (names.size() != facts.layers.size()) {
    return fail("the manifest has " + std::to_string(names.size()) + " layers, the configuration " +
                    std::to_string(facts.layers.size()),
                "manifest.json");
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    ImageLayer& layer = facts.layers[i];
    layer.digest = layer.diff_id;
    if (const auto blob = members->open(names[i])) layer.size = blob->size.value_or(0);
  }
  std::vector<std::string> types(names.size());
  return std::make_unique<LocalImage>(std::move(members), std::move(facts), std::move(names),
                                      std::move(types));
}

}  // namespace

namespace {

Opened open_directory(const std::string& path, const ImageOptions& options) {
  auto members = std::make_unique<DirectoryMembers>(path);
  if (!members->has("index.json")) {
    return fail("this directory is no OCI layout: it has no index.json", path);
  }
  return open_layout(std::move(members), options);
}

}  // namespace

Opened open_local_image(const std::string& path, const ImageOptions& options, ImageForm form) {
  const bool is_directory = base::is_directory(path);
  if (is_directory && (form == ImageForm::Any || form == ImageForm::Layout)) {
    return open_directory(path, options);
  }
  if (is_directory != (form == ImageForm::Layout)) {
    return fail(is_directory ? "this is a directory and no archive"
                             : "this is no directory with an OCI layout",
                path, {}, base::exists(path) ? ErrorCode::Invalid : ErrorCode::NotFound);
  }
  VIGIL_TRY(tree::Descriptor file, open_file(path));
  return open_image_archive(std::move(file), path, options, form);
}

Opened open_image_archive(tree::Descriptor file, const std::string& name,
                          const ImageOptions& options, ImageForm form) {
  VIGIL_TRY(std::unique_ptr<Members> members, TarMembers::open_archive(std::move(file), name));
  // Docker writes both into one archive.
  const bool docker = members->has("manifest.json") && form != ImageForm::OciArchive;
  const bool layout = members->has("index.json") && form != ImageForm::DockerArchive;
  if (docker) return open_docker_archive(std::move(members), options);
  if (layout) return open_layout(std::move(members), options);
  switch (form) {
    case ImageForm::DockerArchive:
      return fail("this is no docker-archive: it has no manifest.json", name);
    case ImageForm::OciArchive:
      return fail("this is no OCI layout in a tar: it has no index.json", name);
    default:
      return fail("this archive is no image: it has neither manifest.json nor index.json", name);
  }
}

}  // namespace vigil::source
