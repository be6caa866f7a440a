// Ecosystem names, "Debian:12" or "PyPI": a family and, for distributions, a release. The names are
// those of the OSV schema (ossf.github.io/osv-schema, "affected[].package").
#pragma once

#include <string>
#include <string_view>

#include "model/package_url.h"

namespace vigil::model {

struct EcosystemParts {
  std::string_view family;  ///< before the first colon: "Debian", "Rocky Linux"
  std::string_view
      release;  ///< after it: "12", "Pro:18.04", "https://packages.drupal.org/8"; or empty
};

/// Views into `ecosystem`.
EcosystemParts split_ecosystem(std::string_view ecosystem);

/// The one spelling Vigil stores: the family as OSV capitalises it, "Ubuntu:22.04:LTS" as
/// "Ubuntu:22.04" (also below "Ubuntu:Pro:"), "Alpine:3.21" as "Alpine:v3.21". What it does not
/// know stays as it is.
std::string normal_ecosystem(std::string_view ecosystem);

/// The purl type of a family ("PyPI" -> "pypi", "Debian:12" -> "deb"); empty if there is none.
std::string_view purl_type_of_ecosystem(std::string_view ecosystem);
/// The purl namespace a distribution uses ("Rocky Linux" -> "rocky"); empty for others.
std::string_view purl_namespace_of_ecosystem(std::string_view ecosystem);

/// The family a purl belongs to ("Debian" for pkg:deb/debian/...), without release; empty if Vigil
/// knows none. The namespace decides between distributions, its `distro` qualifier where there is
/// no namespace.
std::string_view ecosystem_of_purl(const PackageUrl& purl);
/// The package's name as its ecosystem writes it: "org.example:artifact", "@scope/name",
/// "github.com/owner/module", otherwise the purl's name.
std::string name_of_purl(const PackageUrl& purl);

}  // namespace vigil::model
