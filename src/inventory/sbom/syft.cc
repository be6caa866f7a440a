#include "inventory/sbom/syft.h"

#include "base/text.h"
#include "inventory/sbom/builder.h"
#include "inventory/sbom/release.h"

namespace vigil::inventory {
namespace {

using base::Json;

std::string license_of(const Json& artifact) {
  std::vector<std::string> licenses;
  for (const Json& item : artifact["licenses"].items()) {
    // A text in old versions, an object since.
    const std::string_view text = item.is_string() ? item.text() : item["value"].text();
    if (!text.empty()) licenses.emplace_back(text);
  }
  return base::join(licenses, " AND ");
}

}  // namespace

bool is_syft(const Json& document) {
  return document["artifacts"].is_array() && document["schema"]["url"].is_string();
}

Result<Sbom> read_syft(const Json& document, const SbomLimits& limits) {
  SbomBuilder builder(SbomFormat::Syft, document["schema"]["version"].text(), limits);
  const Json distro = document["distro"];
  if (!distro["id"].text().empty()) {
    OperatingSystem os = system_of_component(distro["id"].text(), distro["versionID"].text());
    if (const auto name = distro["prettyName"].text(); !name.empty()) os.name = name;
    builder.set_system(std::move(os));
  }
  std::size_t index = 0;
  for (const Json& artifact : document["artifacts"].items()) {
    if (!artifact.is_object()) {
      return fail("not an object", "artifacts[" + std::to_string(index) + "]");
    }
    ++index;
    ComponentFacts facts;
    facts.reference = artifact["id"].text();
    facts.name = artifact["name"].text();
    facts.version = artifact["version"].text();
    facts.package_url = artifact["purl"].text();
    facts.license = license_of(artifact);
    for (const Json& location : artifact["locations"].items()) {
      if (const auto path = location["path"].text(); !path.empty()) facts.paths.emplace_back(path);
    }
    VIGIL_CHECK(builder.add(facts));
  }
  return builder.take();
}

}  // namespace vigil::inventory
