#include "inventory/sbom/builder.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/sbom/purl_package.h"
#include "inventory/sbom/release.h"

namespace vigil::inventory {
namespace {

/// More locations of one package are of no use to anybody.
constexpr std::size_t kMostPaths = 100;

/// Whether advisories of this kind of package speak of source packages.
bool has_source(std::string_view type) {
  return type == "deb" || type == "apk";
}

void add_paths(const std::vector<std::string>& paths, model::Package& package) {
  for (std::size_t i = 0; i < std::min(paths.size(), kMostPaths); ++i) {
    const std::string& path = paths[i];
    const std::string absolute = (path.starts_with('/') ? "" : "/") + path;
    const bool known =
        std::any_of(package.locations.begin(), package.locations.end(),
                    [&](const model::Location& location) { return location.path == absolute; });
    if (!known) package.locations.push_back({absolute, 0});
  }
}

std::string described(const SbomComponent& component) {
  if (!component.package_url.empty()) return component.package_url;
  if (component.name.empty()) return component.reference;
  return component.version.empty() ? component.name : component.name + "@" + component.version;
}

}  // namespace

SbomBuilder::SbomBuilder(SbomFormat format, std::string_view version, const SbomLimits& limits)
    : limits_(limits) {
  sbom_.format = format;
  sbom_.version = version;
}

void SbomBuilder::set_kernel(std::string_view release) {
  if (!release.empty()) sbom_.inventory.runtime.emplace().kernel_release = release;
}

void SbomBuilder::skip(SbomComponent& component, ComponentKind kind, std::string_view detail) {
  component.kind = kind;
  std::string why(why_skipped(kind));
  if (!detail.empty()) why += ": " + std::string(detail);
  sbom_.inventory.problems.push_back({base::printable(described(component)), std::move(why)});
}

Result<void> SbomBuilder::add(const ComponentFacts& facts) {
  if (sbom_.components.size() == limits_.components) {
    return fail("more than " + base::with_thousands(limits_.components) + " components", {},
                "split the document", ErrorCode::TooLarge);
  }
  SbomComponent& component = sbom_.components.emplace_back();
  component.reference = facts.reference;
  component.name = facts.name;
  component.version = facts.version;
  component.package_url = facts.package_url;
  if (is_own(facts.properties) && !facts.name.empty()) {
    model::Package package;
    package.name = facts.name;
    package.version = facts.version;
    package.package_url = facts.package_url;
    package.license = facts.license;
    apply_properties(facts.properties, package);
    keep(component, std::move(package));
    return ok();
  }
  if (facts.package_url.empty()) {
    skip(component, ComponentKind::NoUrl, {});
    return ok();
  }
  const auto purl = model::parse_package_url(facts.package_url);
  if (!purl) {
    skip(component, ComponentKind::InvalidUrl, purl.error().what);
    return ok();
  }
  if (seen_.ecosystem.empty()) seen_ = system_of_purl(*purl);
  auto package = package_of_purl(*purl, sbom_.inventory.os);
  if (!package) {
    skip(component, ComponentKind::NoRules, {});
    return ok();
  }
  if (has_source(purl->type) && purl->qualifier("upstream").empty() && !facts.source_name.empty()) {
    package->source_name = facts.source_name;
    if (!facts.source_version.empty()) package->source_version = facts.source_version;
  }
  package->license = facts.license;
  package->vendor = facts.vendor;
  add_paths(facts.paths, *package);
  if (!package->locations.empty()) {
    package->manager = manager_of(purl->type, package->locations.front().path);
  }
  keep(component, std::move(*package));
  return ok();
}

void SbomBuilder::keep(SbomComponent& component, model::Package package) {
  component.kind = ComponentKind::Package;
  component.package = sbom_.inventory.packages.size();
  sbom_.inventory.packages.push_back(std::move(package));
}

const model::Package* SbomBuilder::last_package() const {
  if (sbom_.components.empty()) return nullptr;
  const SbomComponent& last = sbom_.components.back();
  return last.kind == ComponentKind::Package ? &sbom_.inventory.packages[last.package] : nullptr;
}

Sbom SbomBuilder::take() {
  if (sbom_.inventory.os.id.empty() && !seen_.ecosystem.empty()) sbom_.inventory.os = seen_;
  return std::move(sbom_);
}

}  // namespace vigil::inventory
