// Which images a registry has: its repositories, their tags, and what these lead to now.
//
// References: OCI Distribution Specification 1.1, "Content Discovery" (tags, with pages by the header
// Link); Distribution's "Catalog API", which is no part of the specification and which public
// registries do not have; Harbor's API 2.0 (/api/v2.0/repositories), whose catalogue only
// administrators see; Amazon ECR (ecr.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/registry/options.h"
#include "source/registry/pattern.h"

namespace vigil::source::registry {

struct DiscoverySettings {
  std::string registry;  ///< "registry.example:5000"
  Patterns repositories;
  Patterns tags;
  std::size_t most_repositories = 100'000;
  std::size_t most_tags = 100'000;  ///< of one repository
};

/// The names that the settings mean, ascending. Listed only if the patterns are not all plain.
Result<std::vector<std::string>> discover_repositories(const DiscoverySettings& settings,
                                                       const Options& options);

/// What one tag leads to, or several.
struct DiscoveredImage {
  std::string digest;             ///< of a manifest or an index
  std::vector<std::string> tags;  ///< ascending
};

/// The images of one repository whose tags the settings mean; a tag that disappears meanwhile is
/// passed over. `cancelled` of the options is asked between tags.
Result<std::vector<DiscoveredImage>> discover_images(const DiscoverySettings& settings,
                                                     const std::string& repository,
                                                     const Options& options);

/// The texts of the array `member` of a page: {"repositories": [...]}, {"tags": [...] or null}.
Result<std::vector<std::string>> parse_names(std::string_view json, std::string_view member);
/// The names of a page of Harbor's API: [{"name": "library/debian"}, ...].
Result<std::vector<std::string>> parse_harbor_repositories(std::string_view json);
/// The address in `Link: </v2/_catalog?last=x&n=100>; rel="next"`; empty if there is none.
std::string next_page(std::string_view link);

}  // namespace vigil::source::registry
