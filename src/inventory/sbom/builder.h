// Collects what the readers of both formats find into one Sbom.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inventory/sbom/properties.h"
#include "inventory/sbom/sbom.h"
#include "model/package_url.h"

namespace vigil::inventory {

/// What a format says of one component beyond its package URL; all may be empty.
struct ComponentFacts {
  std::string_view reference;
  std::string_view name;
  std::string_view version;
  std::string_view package_url;
  std::string license;
  std::string vendor;
  std::vector<std::string> paths;
  /// The source package, where the purl has no `upstream`.
  std::string source_name;
  std::string source_version;
  /// CycloneDX properties, SPDX annotations "name=value"; of documents that Vigil wrote they tell
  /// everything (sbom/properties.h).
  std::vector<Property> properties;
};

class SbomBuilder {
 public:
  SbomBuilder(SbomFormat format, std::string_view version, const SbomLimits& limits);

  /// Before the components: what the document says the system is.
  void set_system(OperatingSystem os) { sbom_.inventory.os = std::move(os); }
  void set_kernel(std::string_view release);
  /// An error of code TooLarge if there are too many.
  Result<void> add(const ComponentFacts& facts);
  /// Null if the component that was added last is no package.
  [[nodiscard]] const model::Package* last_package() const;

  /// The system of the first package that tells one, where the document did not.
  Sbom take();

 private:
  void keep(SbomComponent& component, model::Package package);
  void skip(SbomComponent& component, ComponentKind kind, std::string_view detail);

  SbomLimits limits_;
  Sbom sbom_;
  OperatingSystem seen_;  ///< of a package
};

}  // namespace vigil::inventory
