// A cataloguer finds the packages of one ecosystem in a tree. It sees a tree::View and knows of no
// vulnerability database.
//
// One directory per cataloguer, `inventory/catalogers/<name>/<name>.cc`, defines
//   namespace vigil::inventory::<name> { const Cataloger& cataloger(); }
// and opens with what the format is, the authoritative reference, the traps, what is not handled.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// Which files a cataloguer wants. Exactly one of the fields is set.
struct Pattern {
  std::string_view path;    ///< this absolute path: "/var/lib/dpkg/status"
  std::string_view name;    ///< this base name anywhere: "package-lock.json"
  std::string_view suffix;  ///< paths that end so, anywhere: ".jar", ".dist-info/METADATA"
  std::string_view
      directory;  ///< every file directly in this absolute directory: "/var/lib/dpkg/status.d"
};

/// What a cataloguer is given and what it fills in.
struct Context {
  const tree::View& view;
  const OperatingSystem& os;
  std::vector<model::Package>& packages;
  std::vector<Problem>& problems;
};

/// Is given the index of a package and the absolute path of one of its files.
using FileVisitor = std::function<void(std::size_t package, std::string_view path)>;

struct Cataloger {
  std::string_view name;   ///< "dpkg", "apk", "rpm"
  std::string_view title;  ///< "Debian packages (dpkg)"
  std::span<const Pattern> patterns;
  /// Reads one file that matched a pattern (absolute path). Problems go to the context; it never
  /// stops the scan.
  void (*catalog)(const std::string& path, Context& context);
  /// Names every file of those of `packages` that this cataloguer found, as the package manager
  /// wrote it down: links and merged directories are the caller's to resolve. Null if it knows of
  /// none.
  void (*files)(const tree::View& view, std::span<const model::Package> packages,
                const FileVisitor& visit);
};

/// Every cataloguer, ordered by name.
std::span<const Cataloger* const> all_catalogers();

}  // namespace vigil::inventory
