#include "inventory/package_link.h"

#include "model/ecosystem.h"
#include "model/package_url.h"

namespace vigil::inventory {

std::string package_link(std::string_view type, const OperatingSystem& os, std::string_view name,
                         std::string_view version,
                         std::vector<std::pair<std::string_view, std::string>> qualifiers) {
  model::PackageUrl url;
  url.type = type;
  url.name_space = model::purl_namespace_of_ecosystem(os.ecosystem);
  if (url.name_space.empty()) url.name_space = os.id;
  url.name = name;
  url.version = version;
  if (!os.id.empty()) {
    const std::string& release = os.version.empty() ? os.codename : os.version;
    qualifiers.emplace_back("distro", release.empty() ? os.id : os.id + "-" + release);
  }
  for (auto& [key, value] : qualifiers) {
    if (!value.empty()) url.qualifiers.emplace_back(key, std::move(value));
  }
  return url.text();
}

std::string upstream_of(const model::Package& package) {
  if (package.source_version != package.version) {
    return package.source_name + "@" + package.source_version;
  }
  return package.source_name == package.name ? std::string() : package.source_name;
}

}  // namespace vigil::inventory
