// Package URLs: pkg:type/namespace/name@version?qualifiers#subpath
//
// The rules are those of the Package-URL specification (ECMA-427, github.com/package-url/purl-spec)
// and of its type definitions.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace vigil::model {

struct PackageUrl {
  std::string type;        ///< "deb", lower case
  std::string name_space;  ///< "debian", "org.apache.logging.log4j", "@angular"; may be empty
  std::string name;
  std::string version;  ///< may be empty
  /// By key (lower case), each once, values not empty.
  std::vector<std::pair<std::string, std::string>> qualifiers;
  std::string subpath;  ///< without leading slash; may be empty

  /// The value of a qualifier; empty if there is none.
  [[nodiscard]] std::string_view qualifier(std::string_view key) const;
  /// The canonical text: percent-encoded, qualifiers sorted, and the type's normalisation applied
  /// (a PyPI name by PEP 503, a Debian name in lower case). So two purls of the same package have
  /// the same text, though the fields keep what was written: Go and old npm names are lower case in
  /// a purl, but not where advisories are matched.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const PackageUrl&, const PackageUrl&) = default;
};

/// Reads a purl; components are percent-decoded, and their bytes not checked to be UTF-8. An error
/// says which component is wrong. Slashes after "pkg:" and around components are ignored, as the
/// specification demands. Whether a type demands a namespace or a version is not checked.
Result<PackageUrl> parse_package_url(std::string_view text);

/// Every byte but ASCII letters, digits, '.', '-', '_', '~' and ':' as %XX: how purls encode.
std::string percent_encode(std::string_view bytes);
/// The inverse; an error on a '%' without two hexadecimal digits.
Result<std::string> percent_decode(std::string_view text);

}  // namespace vigil::model
