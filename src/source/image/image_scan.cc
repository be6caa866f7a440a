#include "source/image/image_scan.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include "base/thread_pool.h"
#include "inventory/layer/layer.h"
#include "inventory/layer/layer_format.h"
#include "source/image/layer_cache.h"
#include "source/image/layer_job.h"
#include "source/job.h"

namespace vigil::source {
namespace {

using inventory::AlsoLook;
using inventory::Layer;
using inventory::Problem;

class ImageScan {
 public:
  ImageScan(ImageSource& image, const Request& request)
      : image_(image),
        request_(request),
        facts_(image.facts()),
        layers_(facts_.layers.size()),
        problems_(facts_.layers.size()),
        cache_(request.cache, request.scan.catalogers) {}

  Result<Scanned> run() {
    std::vector<std::size_t> all(layers_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    analyse(all, std::vector<std::vector<AlsoLook>>(layers_.size()));
    inventory::Merged merged = merge();
    if (!merged.missing.empty()) {
      look_again(merged.missing);
      merged = merge();
    }
    if (kept_) cache_.trim();
    for (auto& each : problems_) {
      std::move(each.begin(), each.end(), std::back_inserter(merged.inventory.problems));
    }
    Scanned scanned;
    scanned.inventory = std::move(merged.inventory);
    scanned.name = facts_.reference;
    scanned.image = std::move(facts_);
    return scanned;
  }

 private:
  /// The largest first, so that no worker is left alone with one at the end.
  void analyse(std::vector<std::size_t> which, const std::vector<std::vector<AlsoLook>>& also) {
    std::stable_sort(which.begin(), which.end(), [&](std::size_t a, std::size_t b) {
      return facts_.layers[a].size > facts_.layers[b].size;
    });
    std::atomic<std::uint64_t> done{0};
    std::mutex progress;
    const auto work = [&](std::size_t i) -> Result<void> {
      const std::size_t index = which[i];
      problems_[index].clear();
      if (const auto analysed = analyse_one(index, also[index]); !analysed) {
        problems_[index].push_back(
            {facts_.layers[index].digest, "the layer was not read: " + analysed.error().text()});
      }
      if (request_.progress) {
        const std::lock_guard lock(progress);
        request_.progress("layers", ++done, which.size());
      }
      return ok();
    };
    const auto finished = base::parallel_for(which.size(), 0, work);
    if (!finished) problems_.front().push_back({"", finished.error().text()});
  }

  Result<void> analyse_one(std::size_t index, const std::vector<AlsoLook>& also) {
    const std::string key = cache_.key(facts_.layers[index].diff_id, also);
    if (from_cache(index, key)) return ok();
    const tree::Descriptor lock = cache_.lock(key);
    if (lock.valid() && from_cache(index, key)) return ok();  // somebody else was at it
    VIGIL_TRY(const std::string answer, run(index, also));
    VIGIL_TRY(layers_[index], inventory::parse_layer(answer));
    if (image_.is_unpacked() ? layers_[index].problems.empty() : check(index)) {
      cache_.keep(image_.is_unpacked() ? unpacked(key) : key, answer);
      kept_ = true;
    }
    return ok();
  }

  /// What was found in a directory that is said to be the layer is for directories only: whoever pulls
  /// the layer and checks its digest must not be told what somebody put into a store.
  static std::string unpacked(const std::string& key) {
    return key.empty() ? key : key + "-unpacked";
  }

  bool from_cache(std::size_t index, const std::string& key) {
    auto found = cache_.find(key);
    if (!found && image_.is_unpacked()) found = cache_.find(unpacked(key));
    if (!found) return false;
    layers_[index] = std::move(*found);
    complete(index);
    return true;
  }

  Result<std::string> run(std::size_t index, const std::vector<AlsoLook>& also) {
    VIGIL_TRY(LayerBlob blob, image_.open_layer(index));
    LayerCall call;
    call.offset = blob.offset;
    call.size = blob.size;
    call.also = also;
    for (const inventory::Cataloger* cataloger : request_.scan.catalogers) {
      call.catalogers.emplace_back(cataloger->name);
    }
    call.form = blob.form;
    std::vector<int> files = {blob.file.get()};
    if (blob.names.valid()) files.push_back(blob.names.get());
    JobOptions options;
    if (!blob.directory.empty()) options.readable = {blob.directory};
    Result<std::string> answer = run_job("layer", layer_arguments(call), files, options);
    blob.file.reset();
    if (blob.finish) {
      // A download that failed is the reason why the layer ends early.
      VIGIL_CHECK(blob.finish());
    }
    return answer;
  }

  /// Is it what the manifest and the configuration promise?
  bool check(std::size_t index) {
    const ImageLayer& stated = facts_.layers[index];
    const tree::BlobDigests& real = layers_[index].blob;
    const std::size_t before = problems_[index].size();
    if (stated.diff_id.starts_with("sha256:") && stated.diff_id != real.expanded) {
      problems_[index].push_back({stated.digest,
                                  "the layer's content is not what the configuration says: its "
                                  "digest is " +
                                      real.expanded});
    }
    // An archive does not say how its layers hash as they are stored.
    const bool is_stated = stated.digest != stated.diff_id;
    if (is_stated && stated.digest.starts_with("sha256:") && stated.digest != real.stored) {
      problems_[index].push_back(
          {stated.digest, "the layer is not what the manifest says: its digest is " + real.stored});
    }
    complete(index);
    return problems_[index].size() == before;
  }

  /// What nobody stated.
  void complete(std::size_t index) {
    ImageLayer& stated = facts_.layers[index];
    const tree::BlobDigests& real = layers_[index].blob;
    if (stated.diff_id.empty()) stated.diff_id = real.expanded;
    if (stated.digest.empty()) stated.digest = stated.diff_id;
    if (stated.size == 0) stated.size = real.stored_bytes;
  }

  void look_again(const std::vector<inventory::MissingFile>& missing) {
    std::vector<std::vector<AlsoLook>> also(layers_.size());
    for (const inventory::MissingFile& file : missing) also[file.layer].push_back(file.also);
    std::vector<std::size_t> which;
    for (std::size_t i = 0; i < also.size(); ++i) {
      if (!also[i].empty()) which.push_back(i);
    }
    analyse(which, also);
  }

  [[nodiscard]] inventory::Merged merge() const {
    std::vector<const Layer*> layers;
    std::vector<std::string> digests;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      layers.push_back(&layers_[i]);
      digests.push_back(facts_.layers[i].digest);
    }
    return inventory::merge_layers(layers, digests, {request_.scan.catalogers});
  }

  ImageSource& image_;
  const Request& request_;
  ImageFacts facts_;
  std::vector<Layer> layers_;
  std::vector<std::vector<Problem>> problems_;
  LayerCache cache_;
  std::atomic<bool> kept_{false};  ///< something came to the cache
};

}  // namespace

Result<Scanned> scan_image(ImageSource& image, const Request& request) {
  return ImageScan(image, request).run();
}

}  // namespace vigil::source
