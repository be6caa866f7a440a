// A cataloguer finds the packages of one ecosystem in a tree. It sees a tree::View and knows of no
// vulnerability database.
//
// One directory per cataloguer, `inventory/catalogers/<name>/<name>.cc`, defines
//   namespace vigil::inventory::<name> { const Cataloger& cataloger(); }
// and opens with what the format is, the authoritative reference, the traps, what is not handled.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"
#include "tree/view.h"

namespace vigil::inventory {

/// Which files a cataloguer wants. Exactly one of the fields is set.
struct Pattern {
  std::string_view path;      ///< this absolute path: "/var/lib/dpkg/status"
  std::string_view name;      ///< this base name anywhere: "package-lock.json"
  std::string_view suffix;    ///< base names that end so, anywhere: ".dist-info/METADATA" matches on the path's end
  std::string_view directory; ///< every file directly in this absolute directory: "/var/lib/dpkg/status.d"
};

/// What a cataloguer is given and what it fills in.
struct Context {
  const tree::View& view;
  const OperatingSystem& os;
  std::vector<model::Package>& packages;
  std::vector<Problem>& problems;
};

struct Cataloger {
  std::string_view name;   ///< "dpkg", "apk", "rpm"
  std::string_view title;  ///< "Debian packages (dpkg)"
  std::span<const Pattern> patterns;
  /// Reads one file that matched a pattern (absolute path). Problems go to the context; it never
  /// stops the scan.
  void (*catalog)(const std::string& path, Context& context);
};

/// Every cataloguer, ordered by name.
std::span<const Cataloger* const> all_catalogers();

}  // namespace vigil::inventory
