// Where an image comes from: an archive, a layout, a registry, a local store. It tells what the image is and opens
// its layers one by one; what is in them is nobody's business here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "source/image/layer_job.h"
#include "source/image/platform.h"
#include "source/target.h"
#include "tree/descriptor.h"

namespace vigil::source {

/// The bytes of a layer's blob as they are stored, compressed or not: which it is, the bytes tell. Or
/// the directory where somebody has unpacked it.
struct LayerBlob {
  tree::Descriptor file;              ///< a regular file, or a pipe that a download feeds
  std::uint64_t offset = 0;           ///< of the blob in a regular file; 0 of a pipe
  std::optional<std::uint64_t> size;  ///< bytes; nothing: up to the end
  LayerForm form = LayerForm::Blob;
  std::string directory;   ///< of an unpacked layer: where it is, `file` being the same, open
  tree::Descriptor names;  ///< of a listed layer its list
  /// Called once, after the last byte was read or reading was given up and `file` was closed. What
  /// went wrong at the far end: its error is the reason why a pipe ended early. May be empty.
  std::function<Result<void>()> finish;
};

class ImageSource {
 public:
  ImageSource() = default;
  ImageSource(const ImageSource&) = delete;
  ImageSource& operator=(const ImageSource&) = delete;
  virtual ~ImageSource() = default;

  /// Complete but for the packages. `digest` of a layer is what its blob must hash to, and may be
  /// empty where the source cannot know it (archives without a manifest); `diff_id` likewise.
  [[nodiscard]] virtual const ImageFacts& facts() const = 0;
  /// Of each layer, as its manifest says; empty where none says.
  [[nodiscard]] virtual std::vector<std::string> media_types() const = 0;
  /// Does it open directories? What is in them was hashed by nobody.
  [[nodiscard]] virtual bool is_unpacked() const { return false; }
  /// Opens a layer from its front. Several threads may call it at once, also for one layer.
  virtual Result<LayerBlob> open_layer(std::size_t index) = 0;
};

/// What the command line says of registries; of an archive only the platform counts.
struct ImageOptions {
  Platform platform = this_platform();
  /// Of the target's request, whatever registries make of them ("--user", "--insecure").
  std::map<std::string, std::string, std::less<>> options;
};

/// How an image lies in a file or a directory.
enum class ImageForm : std::uint8_t { Any, DockerArchive, OciArchive, Layout };

/// A file or directory of this machine: docker-archive, OCI layout, OCI layout in a tar.
Result<std::unique_ptr<ImageSource>> open_local_image(const std::string& path,
                                                      const ImageOptions& options,
                                                      ImageForm form = ImageForm::Any);

/// An archive that is open already and need not have a name; `name` is for people.
Result<std::unique_ptr<ImageSource>> open_image_archive(tree::Descriptor file,
                                                        const std::string& name,
                                                        const ImageOptions& options,
                                                        ImageForm form = ImageForm::Any);

/// "nginx", "ghcr.io/owner/name:tag", "host:5000/name@sha256:...". In source/registry/.
Result<std::unique_ptr<ImageSource>> open_registry_image(const std::string& reference,
                                                         const ImageOptions& options);

}  // namespace vigil::source
