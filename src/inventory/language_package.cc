#include "inventory/language_package.h"

#include "inventory/sbom/purl_package.h"
#include "model/ecosystem.h"
#include "model/package_url.h"

namespace vigil::inventory {
namespace {

/// Where the purl's namespace ends in a name of that type; npos if it has none.
std::size_t end_of_namespace(std::string_view type, std::string_view name) {
  if (type == "maven") return name.find(':');
  for (const std::string_view nested :
       {"npm", "jsr", "golang", "composer", "swift", "githubactions"}) {
    if (type == nested) return name.rfind('/');
  }
  return std::string_view::npos;
}

}  // namespace

model::Package language_package(std::string_view ecosystem, std::string_view name,
                                std::string_view version, const std::string& path,
                                std::uint32_t line) {
  model::PackageUrl purl;
  purl.type = model::purl_type_of_ecosystem(ecosystem);
  if (purl.type.empty()) purl.type = ecosystem;
  std::string_view written = name;
  if (purl.type == "swift" && written.starts_with("https://")) written.remove_prefix(8);
  if (purl.type == "swift" && written.ends_with(".git")) written.remove_suffix(4);
  const std::size_t end = end_of_namespace(purl.type, written);
  if (end != std::string_view::npos) {
    purl.name_space = written.substr(0, end);
    written.remove_prefix(end + 1);
  }
  purl.name = written;
  purl.version = version;

  model::Package package;
  package.ecosystem = ecosystem;
  package.name = package.source_name = name;
  package.version = package.source_version = version;
  package.manager = manager_of(purl.type, path);
  package.package_url = purl.text();
  package.locations.push_back({path, line});
  return package;
}

void add_qualifier(model::Package& package, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  auto purl = model::parse_package_url(package.package_url);
  if (!purl) return;
  std::erase_if(purl->qualifiers, [&](const auto& one) { return one.first == key; });
  purl->qualifiers.emplace_back(key, value);
  package.package_url = purl->text();
}

}  // namespace vigil::inventory
