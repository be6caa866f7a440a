// Looking through a snapshot without an id.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/snapshot.h"

namespace vigil::intel {

struct SearchResult {
  std::vector<std::uint32_t> vulnerabilities;  ///< the first `limit`
  std::size_t total = 0;                       ///< how many there are
};

/// Vulnerabilities that hold `text` in their id, aliases, title, description or an exploit's name, or that are
/// about a package of exactly that name; in any case (ASCII). CISA's known exploited ones first, then the
/// newest.
SearchResult search(const Snapshot& snapshot, std::string_view text, std::size_t limit);

/// What is said about one package and one vulnerability.
struct PackageAdvice {
  std::string ecosystem;
  std::string package;
  model::FixState state = model::FixState::Affected;
  std::string fixed_version;
  std::string vendor_severity;
  std::string advisory;
  std::string note;
  std::string feed;
};

/// All packages a vulnerability affects, by ecosystem and name.
std::vector<PackageAdvice> packages_of(const Snapshot& snapshot, std::uint32_t vulnerability);

}  // namespace vigil::intel
