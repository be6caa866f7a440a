// How names of JavaScript packages are written in lock files and manifests.
#pragma once

#include <string>
#include <string_view>

#include "base/json_tree.h"

namespace vigil::inventory {

struct NpmDescriptor {
  std::string_view name;   ///< "@scope/name" or "name"
  std::string_view range;  ///< what stands behind the "@"; empty if nothing does
};

/// "@babel/core@^7.0.0" is "@babel/core" and "^7.0.0"; "npm:@babel/core@7" is split without "npm:".
NpmDescriptor split_npm_descriptor(std::string_view text);

/// The package that a registry's tarball is of: "https://host/lodash/-/lodash-4.17.21.tgz" is
/// lodash's, whatever name it was installed under. Empty if the URL has another shape.
std::string npm_name_of_tarball(std::string_view url);

/// "1.2.3" of "v1.2.3" and "=1.2.3": how npm reads a package's own version.
std::string_view npm_version(std::string_view text);

/// Whether a range allows one version only: "1.2.3", "=1.2.3-rc.1".
bool is_exact_npm_version(std::string_view range);

/// package.json's `license`: a text, an object with `type`, or formerly `licenses`, a choice.
std::string npm_license(const base::Json& package);

}  // namespace vigil::inventory
