#include "source/registry/pull.h"

#include <algorithm>
#include <optional>
#include <thread>

#include "base/hash.h"
#include "base/text.h"

namespace vigil::source::registry {
namespace {

constexpr unsigned kMostResumptions = 100;

const std::vector<std::string>& accepted_manifests() {
  static const std::vector<std::string> kLines = {
      "Accept: application/vnd.oci.image.index.v1+json",
      "Accept: application/vnd.oci.image.manifest.v1+json",
      "Accept: application/vnd.docker.distribution.manifest.list.v2+json",
      "Accept: application/vnd.docker.distribution.manifest.v2+json",
  };
  return kLines;
}

Result<void> check_digest(const std::string& found, std::string_view wanted,
                          const std::string& where) {
  if (found == wanted) return ok();
  if (!wanted.starts_with("sha256:")) {
    return fail("a digest of another kind than SHA-256", where, {}, ErrorCode::Unsupported);
  }
  return fail("the registry sent something else than was asked for: its digest is " + found, where,
              "something between here and the registry, or the registry, is broken or lies");
}

/// Hands a blob on while it comes in pieces from one place or several.
class Stream {
 public:
  Stream(const BlobReference& blob, std::uint64_t limit,
         const std::function<Result<void>(std::string_view)>& sink)
      : blob_(blob), limit_(limit), sink_(sink) {}

  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] bool complete() const { return blob_.size > 0 && offset_ == blob_.size; }
  /// The receiver does not want more, or the registry contradicts the manifest: no use in asking
  /// again.
  [[nodiscard]] bool given_up() const { return given_up_; }

  Result<void> begin(const base::SessionAnswer& head) {
    skip_ = 0;
    const auto length = base::parse_unsigned(head.header("Content-Length"));
    if (head.status == 206) {
      const std::string expected = "bytes " + std::to_string(offset_) + "-";
      if (offset_ == 0 || !head.header("Content-Range").starts_with(expected)) {
        return give_up(fail("the registry sent a part that was not asked for"));
      }
      return ok();
    }
    skip_ = offset_;  // it does not do ranges: from the front again
    if (blob_.size > 0 && length && *length != blob_.size) {
      return give_up(fail("the registry says the blob has " + base::with_thousands(*length) +
                          " bytes, the manifest " + base::with_thousands(blob_.size)));
    }
    return ok();
  }

  Result<void> take(std::string_view bytes) {
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, bytes.size()));
    skip_ -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty()) return ok();
    const std::uint64_t most = blob_.size > 0 ? blob_.size : limit_;
    if (bytes.size() > most - offset_) {
      return give_up(fail("the blob goes on after " + base::with_thousands(most) + " bytes", {}, {},
                          ErrorCode::TooLarge));
    }
    if (auto taken = sink_(bytes); !taken) return give_up(fail(std::move(taken.error())));
    offset_ += bytes.size();
    return ok();
  }

 private:
  tl::unexpected<Error> give_up(tl::unexpected<Error> error) {
    given_up_ = true;
    return error;
  }

  const BlobReference& blob_;
  std::uint64_t limit_;
  const std::function<Result<void>(std::string_view)>& sink_;
  std::uint64_t offset_ = 0;
  std::uint64_t skip_ = 0;
  bool given_up_ = false;
};

}  // namespace

Pull::Pull(ImageReference reference, const Options& options)
    : reference_(std::move(reference)), options_(options) {
  for (const Mirror& mirror : options_.mirrors) {
    if (mirror.registry != reference_.registry) continue;
    const std::string front = mirror.prefix.empty() ? std::string() : mirror.prefix + "/";
    endpoints_.push_back({std::make_unique<Connection>(mirror.address, options_, false),
                          front + reference_.repository});
  }
  endpoints_.push_back(
      {std::make_unique<Connection>(reference_.registry, options_, true), reference_.repository});
}

Result<Document> Pull::document(const Endpoint& endpoint, const std::string& path,
                                const std::string& digest, bool is_manifest) {
  Get get;
  get.target = "/v2/" + endpoint.repository + path;
  get.repository = endpoint.repository;
  get.max_bytes = kLargestManifest;
  if (is_manifest) get.headers = accepted_manifests();
  auto answer = endpoint.connection->get(get);
  if (!answer) return fail(std::move(answer.error().error));
  Document document{std::move(answer->body), {}};
  document.digest = "sha256:" + base::sha256_hex(document.bytes);
  const std::string where = endpoint.connection->name() + get.target;
  if (!digest.empty()) VIGIL_CHECK(check_digest(document.digest, digest, where));
  const std::string_view stated = answer->header("Docker-Content-Digest");
  if (is_manifest && stated.starts_with("sha256:")) {
    VIGIL_CHECK(check_digest(document.digest, stated, where));
  }
  return document;
}

Result<Document> Pull::manifest(const std::string& version) {
  const std::string digest = is_digest(version) ? version : std::string();
  Result<Document> found = fail("no registry");
  for (const Endpoint& endpoint : endpoints_) {
    found = document(endpoint, "/manifests/" + version, digest, true);
    if (found) break;
  }
  return found;
}

Result<Document> Pull::small_blob(const BlobReference& blob) {
  if (blob.size > kLargestManifest) {
    return fail("a configuration of " + base::with_thousands(blob.size) + " bytes", blob.digest, {},
                ErrorCode::TooLarge);
  }
  Result<Document> found = fail("no registry");
  for (const Endpoint& endpoint : endpoints_) {
    found = document(endpoint, "/blobs/" + blob.digest, blob.digest, false);
    if (found) break;
  }
  return found;
}

Result<void> Pull::blob(const BlobReference& blob,
                        const std::function<Result<void>(std::string_view)>& sink,
                        const std::function<bool()>& cancelled) {
  if (blob.size > options_.largest_layer) {
    return fail("a layer of " + base::with_thousands(blob.size) + " bytes", blob.digest, {},
                ErrorCode::TooLarge);
  }
  Stream stream(blob, options_.largest_layer, sink);
  Get get;
  get.max_bytes = options_.largest_layer;
  get.timeout = options_.layer_timeout;
  get.cancelled = cancelled;
  get.begin = [&](const base::SessionAnswer& head) { return stream.begin(head); };
  get.sink = [&](std::string_view bytes) { return stream.take(bytes); };

  /// One place: as often as it goes forward, and some times when it does not.
  const auto drain = [&](const auto& ask) -> Result<void> {
    unsigned idle = 0;
    for (unsigned round = 0;; ++round) {
      const std::uint64_t before = stream.offset();
      get.headers.clear();
      if (before > 0) get.headers.push_back("Range: bytes=" + std::to_string(before) + "-");
      GetResult answer = ask();
      if (answer && (stream.complete() || blob.size == 0)) return ok();
      Error error = answer ? Error{"the registry's answer ends after " +
                                       base::with_thousands(stream.offset()) + " of " +
                                       base::with_thousands(blob.size) + " bytes",
                                   blob.digest,
                                   {},
                                   ErrorCode::Network}
                           : std::move(answer.error().error);
      const bool again = answer || answer.error().temporary;
      idle = stream.offset() > before ? 0 : idle + 1;
      if (stream.given_up() || !again || stream.offset() == 0 || idle >= options_.attempts ||
          round >= kMostResumptions || (cancelled && cancelled())) {
        return fail(std::move(error));
      }
      std::this_thread::sleep_for(
          std::min(options_.longest_wait, options_.first_wait * (1 << std::min(idle, 6U))));
    }
  };

  Result<void> done = fail("no registry");
  for (const Endpoint& endpoint : endpoints_) {
    get.target = "/v2/" + endpoint.repository + "/blobs/" + blob.digest;
    get.repository = endpoint.repository;
    done = drain([&] { return endpoint.connection->get(get); });
    if (done || stream.given_up()) return done;
  }
  for (const std::string& url : blob.urls) {
    const auto other = drain([&] { return endpoints_.back().connection->get_elsewhere(url, get); });
    if (other || stream.given_up()) return other;
    done.error().hint = "and from " + url + ": " + other.error().what;
  }
  return done;
}

}  // namespace vigil::source::registry
