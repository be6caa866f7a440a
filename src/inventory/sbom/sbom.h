// Software bills of materials that others wrote, as inventories: CycloneDX 1.2 to 1.7 as JSON and XML,
// SPDX 2.2 and 2.3 as JSON and as tags, Syft's JSON.
//
// References: cyclonedx.org/docs, spdx.github.io/spdx-spec, the package URL specification.
// Components are recognised by their package URL alone, because only it says whose package a name
// means; its qualifiers arch, distro, epoch, upstream say the rest. Traps: a distribution's package
// without a release matches nothing, so the release comes from the component of type
// "operating-system" where the package URL does not say; generators spell releases differently
// ("debian-12", "bookworm", "12.5"); Debian's advisories name source packages, which are the
// qualifier `upstream`, or the component around it (Amazon's sbomgen nests binaries in sources).
//
// Not handled: CPEs, software identification tags, SPDX 3 and RDF, CycloneDX as protocol buffers.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_tree.h"
#include "base/result.h"
#include "inventory/inventory.h"

namespace vigil::inventory {

enum class ComponentKind : std::uint8_t {
  Package,     ///< it is in the inventory
  NoUrl,       ///< "no purl provided"; the operating system too has none
  InvalidUrl,  ///< "invalid purl"
  NoRules,     ///< "no rules found": a kind of package, or a release, that no advisories speak of
};

struct SbomComponent {
  /// CycloneDX bom-ref, SPDX id; empty if the document gives none.
  std::string reference;
  std::string name;
  std::string version;
  std::string package_url;  ///< as written
  ComponentKind kind = ComponentKind::NoUrl;
  std::size_t package = 0;  ///< of kind Package: index into the inventory's packages
};

enum class SbomFormat : std::uint8_t { CycloneDx, Spdx, Syft };

struct Sbom {
  SbomFormat format = SbomFormat::CycloneDx;
  std::string version;  ///< "1.5", "2.3"
  /// Packages, the operating system, and a problem for each component that is no package. `runtime`
  /// holds the kernel's release if the document tells it, and else is absent.
  Inventory inventory;
  /// In the order of the document; of CycloneDX a component comes before those nested in it. The
  /// component that the document is about (CycloneDX metadata.component) is none of them.
  std::vector<SbomComponent> components;
};

struct SbomLimits {
  std::size_t bytes = std::size_t{256} << 20;
  std::size_t components = 500'000;
};

/// Errors: Unsupported for a document that is no SBOM or of a version not named above, TooLarge past
/// a limit, Invalid if its structure is not what its format demands.
Result<Sbom> read_sbom(std::string_view document, const SbomLimits& limits = {});
/// Of those that are JSON.
Result<Sbom> read_sbom(const base::Json& document, const SbomLimits& limits = {});

/// "no purl provided", "invalid purl", "no rules found"; empty for a package.
std::string_view why_skipped(ComponentKind kind);

}  // namespace vigil::inventory
