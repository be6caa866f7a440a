#include "estate/registry_watch.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "estate/removal.h"
#include "estate/scan_types.h"
#include "estate/scanned_resource.h"
#include "estate/watched_images.h"
#include "findings/compose.h"
#include "source/image/image_scan.h"
#include "source/registry/registry_image.h"
#include "store/accounts.h"

namespace vigil::estate {
namespace {

using Clock = std::chrono::steady_clock;
using source::registry::DiscoveredImage;
using source::registry::PushedImage;

class RegistryWatchThread final : public RegistryWatch {
 public:
  RegistryWatchThread(Estate& estate, RegistryInbox& inbox, RegistryWatchSettings settings)
      : estate_(estate), inbox_(inbox), settings_(std::move(settings)) {
    settings_.options.cancelled = [this] { return stopping_.load(); };
    thread_ = std::thread([this] { run(); });
  }
  ~RegistryWatchThread() override { end(); }
  void stop() override { end(); }

 private:
  void end() {
    stopping_ = true;
    inbox_.interrupt();
    if (thread_.joinable()) thread_.join();
  }

  /// Whoever sets up a registry wants its findings; who has turned images off keeps them off.
  void turn_on_images() {
    const auto account = store::account_number(settings_.account);
    if (!account) return tell(account.error());
    ScanTypeStatus types;
    const auto read = estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(types, store::scan_types(from, *account));
      return ok();
    });
    if (!read) return tell(read.error());
    if (types.contains("ECR")) return;
    if (const auto turned_on = enable_scan_types(estate_, *account, {"ECR"}); !turned_on) {
      tell(turned_on.error());
    }
  }

  void run() {
    turn_on_images();
    remember();
    Clock::time_point next = Clock::now();
    const bool lists = settings_.interval.count() > 0;
    if (!lists) next = Clock::time_point::max();
    while (!stopping_) {
      scan_pushed();
      if (stopping_) return;
      if (lists && Clock::now() >= next) {
        list();
        next = Clock::now() + settings_.interval;
      }
      inbox_.wait_until(std::min(next, Clock::now() + std::chrono::minutes(1)));
    }
  }

  [[nodiscard]] std::string memory() const {
    return "registry-watch " + settings_.account + " " + settings_.discovery.registry;
  }

  /// What an earlier watch has scanned. It is scanned again, and found to be gone if it is.
  void remember() {
    const auto read = estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(const auto text, store::setting(from, memory()));
      kept_ = text.value_or("");
      return ok();
    });
    if (!read) return tell(read.error());
    images_ = WatchedImages::parse(kept_);
  }

  void keep() {
    std::string text = images_.text();
    if (text == kept_) return;
    const auto written = estate_.store().write(
        [&](store::Connection& to) { return store::set_setting(to, memory(), text); });
    if (!written) return tell(written.error());
    kept_ = std::move(text);
  }

  void list() {
    const Clock::time_point start = Clock::now();
    RegistryListing listing;
    pushed_.clear();
    const auto before = images_.repositories();
    const auto repositories =
        source::registry::discover_repositories(settings_.discovery, settings_.options);
    if (!repositories) return tell(repositories.error());
    listing.repositories = repositories->size();
    for (const std::string& repository : *repositories) {
      if (stopping_) return;
      list(repository, listing);
    }
    for (const auto& [repository, images] : before) {
      if (stopping_) break;
      if (std::binary_search(repositories->begin(), repositories->end(), repository)) continue;
      for (const auto& [digest, image] : images) {
        // What is not meant any more is not looked for: nobody knows whether it is there.
        const bool meant = settings_.discovery.repositories.match(repository);
        if (meant) remove(repository, digest, listing);
        if (!meant) images_.forget(repository, digest);
      }
    }
    keep();
    listing.seconds = seconds_since(start);
    if (settings_.listed && !stopping_) settings_.listed(listing);
  }

  void list(const std::string& repository, RegistryListing& listing) {
    const std::set<std::string> before = images_.digests(repository);
    const std::size_t failed = listing.failed;
    const auto images =
        source::registry::discover_images(settings_.discovery, repository, settings_.options);
    if (!images) {
      ++listing.failed;
      return tell(images.error());
    }
    std::set<std::string> present;
    for (const DiscoveredImage& image : *images) {
      present.insert(image.digest);
      scan_pushed();  // what is pushed meanwhile does not wait for the end of the list
      if (stopping_) return;
      ++listing.images;
      switch (scan(repository, image.digest, {image.tags.begin(), image.tags.end()}, false)) {
        case Outcome::Known:
          break;
        case Outcome::Scanned:
          ++listing.scanned;
          break;
        case Outcome::Failed:
          ++listing.failed;
          break;
      }
    }
    // One that could not be scanned may be the resource of one that seems to be gone.
    if (listing.failed != failed) return;
    for (const std::string& digest : before) {
      if (stopping_) return;  // then the list may have been broken off too
      if (!present.contains(digest)) remove(repository, digest, listing);
    }
  }

  /// No tag that is meant leads to the digest any more.
  void remove(const std::string& repository, const std::string& digest, RegistryListing& listing) {
    if (pushed_.contains(repository + "@" + digest)) return;  // since the tags were listed
    const std::string resource = images_.at(repository, digest).resource;
    images_.forget(repository, digest);
    if (resource.empty() || images_.leads_to(resource)) return;
    const auto removed = remove_resource(estate_, settings_.account, resource);
    if (removed) {
      ++listing.removed;
    } else if (removed.error().code != ErrorCode::NotFound) {
      images_.at(repository, digest).resource = resource;  // next time
      tell(removed.error());
    }
  }

  void scan_pushed() {
    for (const PushedImage& image : inbox_.take()) {
      if (stopping_) return;
      const bool meant = !image.tag.empty() &&
                         settings_.discovery.repositories.match(image.repository) &&
                         settings_.discovery.tags.match(image.tag);
      if (meant) scan(image.repository, image.digest, {image.tag}, true);
    }
  }

  enum class Outcome : std::uint8_t { Known, Scanned, Failed };

  Outcome scan(const std::string& repository, const std::string& digest,
               const std::set<std::string>& tags, bool pushed) {
    if (pushed) pushed_.insert(repository + "@" + digest);
    std::set<std::string>& known = images_.at(repository, digest).tags;
    if (std::includes(known.begin(), known.end(), tags.begin(), tags.end())) return Outcome::Known;
    std::set<std::string> all = known;
    all.insert(tags.begin(), tags.end());
    const Clock::time_point start = Clock::now();
    ImageScan told{.reference = {}, .digest = digest, .pushed = pushed, .ingested = fail("")};
    told.reference = settings_.discovery.registry + "/" + repository + ":" + *tags.begin();
    told.ingested = scan_and_ingest(repository, digest, all, told);
    told.seconds = seconds_since(start);
    // What is no image will be none next time either.
    const bool settled = told.ingested || told.ingested.error().code == ErrorCode::Unsupported;
    if (settled) known = std::move(all);
    if (stopping_ && !told.ingested) return Outcome::Failed;
    if (settings_.scanned) settings_.scanned(told);
    return settled ? Outcome::Scanned : Outcome::Failed;
  }

  Result<Ingested> scan_and_ingest(const std::string& repository, const std::string& digest,
                                   const std::set<std::string>& tags, ImageScan& told) {
    // The digest decides: a tag may have moved on since it was looked at.
    const source::registry::ImageReference reference{settings_.discovery.registry, repository,
                                                     *tags.begin(), digest};
    VIGIL_TRY(const auto image,
              source::registry::open_image(reference, settings_.options, source::this_platform()));
    source::Request request;
    request.argument = told.reference;
    request.cache = settings_.cache;
    VIGIL_TRY(source::Scanned scanned, source::scan_image(*image, request));
    if (stopping_) return fail("stopped", told.reference);
    scanned.name = told.reference;
    if (scanned.image) {
      scanned.image->reference = told.reference;
      scanned.image->tags.assign(tags.begin(), tags.end());
    }
    told.packages = scanned.inventory.packages.size();
    const findings::Resource resource =
        scanned_resource("image", scanned, settings_.account, estate_.settings().region);
    VIGIL_TRY(Ingested ingested, ingest(estate_, resource, scanned.inventory, {}));
    images_.at(repository, digest).resource = resource.id;
    return ingested;
  }

  void tell(const Error& error) const {
    if (settings_.failed && !stopping_) settings_.failed(error);
  }
  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  Estate& estate_;
  RegistryInbox& inbox_;
  RegistryWatchSettings settings_;
  std::atomic<bool> stopping_ = false;
  // Of the thread alone.
  WatchedImages images_;
  std::string kept_;              ///< what is stored of them
  std::set<std::string> pushed_;  ///< "repository@digest", told of since the listing began
  std::thread thread_;
};

}  // namespace

std::unique_ptr<RegistryWatch> RegistryWatch::start(Estate& estate, RegistryInbox& inbox,
                                                    RegistryWatchSettings settings) {
  return std::make_unique<RegistryWatchThread>(estate, inbox, std::move(settings));
}

}  // namespace vigil::estate
