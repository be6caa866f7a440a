// What is pulled of one repository: manifests, configurations, layers. Mirrors are asked first, each
// thing is checked against its digest where it is small, and a layer whose download breaks off goes
// on where it broke.
//
// Reference: OCI Distribution Specification 1.1, "Pull"; RFC 9110 section 14 for ranges.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/image/manifest.h"
#include "source/registry/connection.h"
#include "source/registry/options.h"
#include "source/registry/reference.h"

namespace vigil::source::registry {

struct Document {
  std::string bytes;
  std::string digest;  ///< what the bytes hash to: "sha256:..."
};

/// Thread-safe.
class Pull {
 public:
  /// Of the repository that `reference` names.
  Pull(ImageReference reference, const Options& options);

  /// By tag or digest. Invalid if the bytes are not those of the digest that was asked for, or that
  /// the registry states.
  Result<Document> manifest(const std::string& version);

  /// A blob of at most kLargestManifest bytes: an image's configuration.
  Result<Document> small_blob(const BlobReference& blob);

  /// All bytes of a blob, in order and each once. Its digest is the caller's to check: a layer is
  /// hashed where it is read. Foreign layers come from their addresses if the registry has them not.
  /// Errors: TooLarge, and whatever `sink` fails with; Invalid if the registry's length is not the
  /// manifest's.
  Result<void> blob(const BlobReference& blob,
                    const std::function<Result<void>(std::string_view)>& sink,
                    const std::function<bool()>& cancelled);

  [[nodiscard]] const ImageReference& reference() const { return reference_; }

 private:
  struct Endpoint {
    std::unique_ptr<Connection> connection;
    std::string repository;
  };
  Result<Document> document(const Endpoint& endpoint, const std::string& path,
                            const std::string& digest, bool is_manifest);

  ImageReference reference_;
  Options options_;
  std::vector<Endpoint> endpoints_;  ///< the registry itself is the last
};

}  // namespace vigil::source::registry
