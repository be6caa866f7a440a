// Which scope a package of a lock file is in where the file says it of the project's own requirements
// only: what can be reached from what the project needs to run is needed to run; of the rest, what can
// be reached from an optional dependency is optional, and so on.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "inventory/file_packages.h"

namespace vigil::inventory {

class Scopes {
 public:
  /// The project asks for a package: in the scope "" to run, or "optional", "peer", "dev", "test",
  /// any word.
  void ask(std::size_t package, std::string_view scope);
  /// A package requires another one; an optional requirement makes what it leads to "optional".
  void require(std::size_t parent, std::size_t child, bool optional = false);
  /// Gives every package its scope, its relation and its parents. The order of scopes is: "",
  /// "optional", "peer", then the others as they were asked for first.
  void settle(FilePackages& packages);

 private:
  struct Requirement {
    std::size_t parent;
    std::size_t child;
    bool optional;
  };

  std::vector<std::pair<std::size_t, std::string>> asked_;
  std::vector<Requirement> required_;
};

}  // namespace vigil::inventory
