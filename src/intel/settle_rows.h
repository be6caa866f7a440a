// The Rows, Packages and Ecosystems sections: per package the believed rows, in the order a lookup
// wants.
#pragma once

#include <vector>

#include "intel/gather.h"
#include "intel/layout.h"
#include "intel/section_writer.h"

namespace vigil::intel {

struct SettledPackages {
  std::vector<layout::Ecosystem> ecosystems;
  std::vector<layout::Package> packages;
};

/// Writes the Rows section. The rows of `gathered` are used up.
SettledPackages settle_rows(Gathered& gathered,
                            const std::vector<layout::Vulnerability>& vulnerabilities,
                            SectionWriter& out);

/// The PackageHash section.
std::vector<std::uint32_t> package_hash(const SettledPackages& settled, const TextPool& texts);

}  // namespace vigil::intel
