// What a watch over a registry has scanned, so that what the registry has no more can be told: by
// repository and by the digest that tags lead to, the resource that came of it.
//
// Several digests may lead to one resource: an index and the manifest in it for our platform.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::estate {

struct WatchedImage {
  std::set<std::string> tags;  ///< under which it was scanned; not kept
  std::string resource;        ///< its id; empty if nothing came of it
};

class WatchedImages {
 public:
  /// By digest.
  using Repository = std::map<std::string, WatchedImage>;

  /// Makes it if it is not known.
  WatchedImage& at(const std::string& repository, const std::string& digest) {
    return repositories_[repository][digest];
  }
  [[nodiscard]] const std::map<std::string, Repository>& repositories() const {
    return repositories_;
  }
  [[nodiscard]] std::set<std::string> digests(const std::string& repository) const;
  void forget(const std::string& repository, const std::string& digest);
  /// Does any digest lead to it?
  [[nodiscard]] bool leads_to(std::string_view resource) const;

  /// To be kept over a restart: a line "REPOSITORY DIGEST RESOURCE" for each that has a resource.
  [[nodiscard]] std::string text() const;
  /// Lines that are none are passed over.
  static WatchedImages parse(std::string_view text);

 private:
  std::map<std::string, Repository> repositories_;
};

}  // namespace vigil::estate
