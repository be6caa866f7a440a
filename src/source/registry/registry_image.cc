// An image of a registry as a source of layers. What a layer's reader takes is what a download
// thread puts into a pipe: nothing is written to disk, and a reader that stops stops the download.
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <thread>
#include <utility>

#include "base/text.h"
#include "source/image/image_source.h"
#include "source/image/manifest.h"
#include "source/registry/options.h"
#include "source/registry/pull.h"
#include "source/registry/registry_image.h"

namespace vigil::source {
namespace {

constexpr int kPipeBytes = 1 << 20;
constexpr int kDeepestIndex = 3;  ///< an index may lead to another one

/// Writing to a pipe that nobody reads any more raises SIGPIPE, which ends the program; kept off this
/// thread it is only an error of write().
void refuse_broken_pipe_signal() {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

class Download {
 public:
  Download(std::shared_ptr<registry::Pull> pull, BlobReference blob, tree::Descriptor pipe)
      : pull_(std::move(pull)), blob_(std::move(blob)), pipe_(std::move(pipe)) {
    thread_ = std::thread([this] { run(); });
  }
  Download(const Download&) = delete;
  Download& operator=(const Download&) = delete;
  ~Download() { static_cast<void>(finish()); }

  Result<void> finish() {
    stopped_ = true;
    if (thread_.joinable()) thread_.join();
    return reader_gone_ ? ok() : result_;
  }

 private:
  void run() {
    refuse_broken_pipe_signal();
    result_ = pull_->blob(
        blob_, [this](std::string_view bytes) { return write(bytes); },
        [this] { return stopped_.load(); });
    if (!result_ && stopped_) reader_gone_ = true;
    pipe_.reset();  // the end of the layer for its reader
  }

  /// Never waits long: the reader may be gone without having closed its end.
  Result<void> write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(pipe_.get(), bytes.data(), bytes.size());
      if (written > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno == EAGAIN) {
        pollfd wanted{pipe_.get(), POLLOUT, 0};
        static_cast<void>(::poll(&wanted, 1, 100));
        if (stopped_) reader_gone_ = true;
      } else if (errno == EPIPE) {
        reader_gone_ = true;
      } else if (errno != EINTR) {
        return fail_errno("cannot hand on a layer", blob_.digest, errno);
      }
      if (reader_gone_) return fail("nobody reads the layer any more", blob_.digest);
    }
    return ok();
  }

  std::shared_ptr<registry::Pull> pull_;
  BlobReference blob_;
  tree::Descriptor pipe_;
  std::atomic<bool> stopped_{false};
  bool reader_gone_ = false;  ///< of the thread; read after it has ended, like result_
  Result<void> result_;
  std::thread thread_;
};

class RegistryImage final : public ImageSource {
 public:
  RegistryImage(std::shared_ptr<registry::Pull> pull, ImageFacts facts, Manifest manifest)
      : pull_(std::move(pull)), facts_(std::move(facts)), manifest_(std::move(manifest)) {}

  [[nodiscard]] const ImageFacts& facts() const override { return facts_; }

  [[nodiscard]] std::vector<std::string> media_types() const override {
    std::vector<std::string> types;
    for (const BlobReference& layer : manifest_.layers) types.push_back(layer.media_type);
    return types;
  }

  Result<LayerBlob> open_layer(std::size_t index) override {
    if (index >= manifest_.layers.size()) return fail("there is no such layer", facts_.reference);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      return fail_errno("cannot make a pipe", facts_.reference, errno);
    }
    tree::Descriptor reading(ends[0]);
    tree::Descriptor writing(ends[1]);
    // Both only help: a larger pipe spares switches, and only the writer must not wait.
    static_cast<void>(::fcntl(writing.get(), F_SETPIPE_SZ, kPipeBytes));
    if (::fcntl(writing.get(), F_SETFL, O_NONBLOCK) != 0) {
      return fail_errno("cannot make a pipe", facts_.reference, errno);
    }
    const BlobReference& layer = manifest_.layers[index];
    auto download = std::make_shared<Download>(pull_, layer, std::move(writing));
    LayerBlob blob;
    blob.file = std::move(reading);
    if (layer.size > 0) blob.size = layer.size;
    blob.finish = [download] { return download->finish(); };
    return blob;
  }

 private:
  std::shared_ptr<registry::Pull> pull_;
  ImageFacts facts_;
  Manifest manifest_;
};

/// Registries hold anything: charts, signatures, models. Only these are file systems of containers.
Result<void> check_is_image(const Manifest& manifest) {
  const std::string_view type = manifest.config.media_type;
  if (type.empty() || type == "application/vnd.oci.image.config.v1+json" ||
      type == "application/vnd.docker.container.image.v1+json") {
    return ok();
  }
  return fail("this is no container image but an artifact of type " + std::string(type), {},
              "only container images have packages to look at", ErrorCode::Unsupported);
}

struct Resolved {
  Manifest manifest;
  std::string digest;
};

/// From what a tag leads to, to the manifest of one platform.
Result<Resolved> resolve(registry::Pull& pull, const Platform& platform) {
  std::string version = pull.reference().version();
  for (int depth = 0; depth < kDeepestIndex; ++depth) {
    VIGIL_TRY(const registry::Document document, pull.manifest(version));
    VIGIL_TRY(Manifest manifest, parse_manifest(document.bytes));
    if (!manifest.is_index) {
      VIGIL_CHECK(check_is_image(manifest));
      return Resolved{std::move(manifest), document.digest};
    }
    VIGIL_TRY(const BlobReference chosen, choose_manifest(manifest, platform));
    version = chosen.digest;
  }
  return fail("an index of indexes of indexes", {}, {}, ErrorCode::TooLarge);
}

}  // namespace

Result<std::unique_ptr<ImageSource>> registry::open_image(const ImageReference& reference,
                                                          const Options& options,
                                                          const Platform& platform) {
  auto pull = std::make_shared<Pull>(reference, options);
  VIGIL_TRY(Resolved found, resolve(*pull, platform));
  VIGIL_TRY(const Document config, pull->small_blob(found.manifest.config));
  VIGIL_TRY(ImageFacts facts, image_facts(found.manifest, found.digest, config.bytes));
  facts.reference = reference.text();
  facts.registry = reference.registry;
  facts.repository = reference.repository;
  if (!reference.tag.empty()) facts.tags = {reference.tag};
  return std::make_unique<RegistryImage>(std::move(pull), std::move(facts),
                                         std::move(found.manifest));
}

Result<std::unique_ptr<ImageSource>> open_registry_image(const std::string& text,
                                                         const ImageOptions& options) {
  VIGIL_TRY(const registry::ImageReference reference, registry::parse_reference(text));
  VIGIL_TRY(const registry::Options how,
            registry::make_options(options.options, registry::process_environment()));
  auto image = registry::open_image(reference, how, options.platform);
  if (!image && image.error().where.empty()) image.error().where = reference.text();
  return image;
}

}  // namespace vigil::source
