#include "inventory/sbom/spdx.h"

#include <map>

#include "base/text.h"
#include "inventory/sbom/builder.h"
#include "inventory/sbom/release.h"
#include "model/ecosystem.h"

namespace vigil::inventory {
namespace {

using base::Json;

constexpr std::string_view kPrefix = "SPDX-";

/// The first external reference of type "purl". Its category was PACKAGE-MANAGER in 2.2's schema,
/// PACKAGE_MANAGER in its text; the type alone is clear enough.
std::string_view purl_of(const Json& package) {
  for (const Json& reference : package["externalRefs"].items()) {
    const std::string_view type = reference["referenceType"].text();
    if (type == "purl" || type.ends_with("/purl")) return reference["referenceLocator"].text();
  }
  return {};
}

std::string license_of(const Json& package) {
  for (const char* key : {"licenseDeclared", "licenseConcluded"}) {
    const std::string_view text = package[key].text();
    if (!text.empty() && text != "NOASSERTION" && text != "NONE") return std::string(text);
  }
  return {};
}

bool is_system(const Json& package) {
  const std::string_view purpose = package["primaryPackagePurpose"].text();
  return purpose == "OPERATING-SYSTEM" || purpose == "OPERATING_SYSTEM";
}

/// "acquired package info from the following paths: /usr/lib/x": Syft's sentence, whose end is the
/// path; Amazon writes the path alone.
std::string path_of(const Json& package) {
  const std::string_view text = package["sourceInfo"].text();
  const std::size_t colon = text.rfind(": ");
  const std::string_view path = colon == std::string_view::npos ? text : text.substr(colon + 2);
  return path.starts_with('/') && path.find(' ') == std::string_view::npos ? std::string(path)
                                                                           : std::string();
}

/// Annotations "vigil:NAME=VALUE", see sbom/properties.h.
std::vector<Property> properties_of(const Json& package) {
  std::vector<Property> out;
  for (const Json& annotation : package["annotations"].items()) {
    const std::string_view text = annotation["comment"].text();
    const std::size_t equals = text.find('=');
    if (!text.starts_with("vigil:") || equals == std::string_view::npos) continue;
    out.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

OperatingSystem system_of(const Json& package) {
  OperatingSystem os = system_of_component(package["name"].text(), package["versionInfo"].text());
  if (const auto name = package["summary"].text(); !name.empty()) os.name = name;
  for (const auto& [name, value] : properties_of(package)) {
    if (name == "vigil:ecosystem") os.ecosystem = model::normal_ecosystem(value);
    if (name == "vigil:extended_support") os.extended_support.insert(value);
  }
  return os;
}

/// What Vigil writes around a licence that is no SPDX expression, by its reference.
using Licenses = std::map<std::string_view, std::string_view>;

Licenses own_licenses(const Json& document) {
  Licenses out;
  for (const Json& item : document["hasExtractedLicensingInfos"].items()) {
    const std::string_view id = item["licenseId"].text();
    if (id.starts_with("LicenseRef-vigil-")) out.emplace(id, item["extractedText"].text());
  }
  return out;
}

}  // namespace

Result<Sbom> read_spdx(const Json& document, const SbomLimits& limits) {
  std::string_view version = document["spdxVersion"].text();
  if (version != "SPDX-2.2" && version != "SPDX-2.3") {
    return fail("'" + base::printable(version.substr(0, 32)) + "' cannot be read", "spdxVersion",
                "SPDX 2.2 and 2.3 can", ErrorCode::Unsupported);
  }
  version.remove_prefix(kPrefix.size());
  const Json packages = document["packages"];
  if (packages.exists() && !packages.is_array()) return fail("not an array", "packages");
  SbomBuilder builder(SbomFormat::Spdx, version, limits);
  for (const Json& package : packages.items()) {
    if (!is_system(package)) continue;
    builder.set_system(system_of(package));
    for (const auto& [name, value] : properties_of(package)) {
      if (name == "vigil:kernel") builder.set_kernel(value);
    }
    break;
  }
  const Licenses licenses = own_licenses(document);
  std::size_t index = 0;
  for (const Json& package : packages.items()) {
    if (!package.is_object()) {
      return fail("not an object", "packages[" + std::to_string(index) + "]");
    }
    ++index;
    ComponentFacts facts;
    facts.properties = properties_of(package);
    facts.reference = package["SPDXID"].text();
    facts.name = package["name"].text();
    facts.version = package["versionInfo"].text();
    facts.package_url = purl_of(package);
    facts.license = license_of(package);
    if (const auto own = licenses.find(facts.license); own != licenses.end()) {
      facts.license = own->second;
    }
    if (std::string path = path_of(package); !path.empty()) facts.paths.push_back(std::move(path));
    VIGIL_CHECK(builder.add(facts));
  }
  return builder.take();
}

}  // namespace vigil::inventory
