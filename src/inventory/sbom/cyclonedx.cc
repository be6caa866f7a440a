#include "inventory/sbom/cyclonedx.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/sbom/builder.h"
#include "inventory/sbom/release.h"
#include "model/ecosystem.h"

namespace vigil::inventory {
namespace {

using base::Json;

constexpr std::string_view kVersions[] = {"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};

/// Properties in which generators say where a component was found.
bool is_path_property(std::string_view name) {
  if (name.starts_with("syft:location:")) return name.ends_with(":path");
  return name == "vigil:path" || name == "amazon:inspector:sbom_generator:source_path" ||
         name == "aquasecurity:trivy:FilePath";
}

std::string_view property(const Json& component, std::string_view name) {
  for (const Json& item : component["properties"].items()) {
    if (item["name"].text() == name) return item["value"].text();
  }
  return {};
}

std::string_view kernel_of(const Json& component) {
  const std::string_view ours = property(component, "vigil:kernel");
  return ours.empty() ? property(component, "amazon:inspector:sbom_generator:kernel_version")
                      : ours;
}

std::string license_of(const Json& component) {
  std::vector<std::string> licenses;
  for (const Json& item : component["licenses"].items()) {
    for (const std::string_view text :
         {item["license"]["id"].text(), item["license"]["name"].text(),
          item["expression"].text()}) {
      if (!text.empty()) licenses.emplace_back(text);
    }
  }
  return base::join(licenses, " AND ");
}

/// Trivy writes the source package into properties, not into the purl.
void read_trivy_source(const Json& component, ComponentFacts& facts) {
  constexpr std::string_view kPrefix = "aquasecurity:trivy:Src";
  std::string epoch;
  std::string version;
  std::string release;
  for (const Json& item : component["properties"].items()) {
    std::string_view name = item["name"].text();
    if (!name.starts_with(kPrefix)) continue;
    name.remove_prefix(kPrefix.size());
    if (name == "Name") facts.source_name = item["value"].text();
    if (name == "Version") version = item["value"].text();
    if (name == "Release") release = item["value"].text();
    if (name == "Epoch") epoch = item["value"].text();
  }
  if (version.empty()) return;
  facts.source_version = (epoch.empty() || epoch == "0" ? "" : epoch + ":") + version;
  if (!release.empty()) facts.source_version += "-" + release;
}

ComponentFacts facts_of(const Json& component) {
  ComponentFacts facts;
  facts.reference = component["bom-ref"].text();
  facts.name = component["name"].text();
  facts.version = component["version"].text();
  facts.package_url = component["purl"].text();
  facts.license = license_of(component);
  // Other documents' suppliers are maintainers, publishers, or made up; whether the distribution
  // built a package is decided by this, so only our own word counts.
  facts.vendor = property(component, "vigil:vendor");
  for (const Json& item : component["properties"].items()) {
    if (is_path_property(item["name"].text())) facts.paths.emplace_back(item["value"].text());
    facts.properties.emplace_back(item["name"].text(), item["value"].text());
  }
  for (const Json& item : component["evidence"]["occurrences"].items()) {
    facts.paths.emplace_back(item["location"].text());
  }
  facts.paths.erase(std::remove(facts.paths.begin(), facts.paths.end(), ""), facts.paths.end());
  read_trivy_source(component, facts);
  return facts;
}

OperatingSystem system_of(const Json& component) {
  OperatingSystem os = system_of_component(component["name"].text(), component["version"].text());
  if (const auto name = component["description"].text(); !name.empty()) os.name = name;
  if (const auto ours = property(component, "vigil:ecosystem"); !ours.empty()) {
    os.ecosystem = model::normal_ecosystem(ours);
  }
  for (const Json& item : component["properties"].items()) {
    if (item["name"].text() == "vigil:extended_support") {
      os.extended_support.emplace(item["value"].text());
    }
  }
  return os;
}

/// The first component that is an operating system, wherever it is nested; nothing if there is none.
Json find_system(const Json& components) {
  for (const Json& component : components.items()) {
    if (component["type"].text() == "operating-system") return component;
    if (const Json nested = find_system(component["components"]); nested.exists()) return nested;
  }
  return {};
}

class Reader {
 public:
  Reader(std::string_view version, const SbomLimits& limits)
      : builder_(SbomFormat::CycloneDx, version, limits) {}

  Result<Sbom> read(const Json& document) {
    const Json subject = document["metadata"]["component"];
    const bool is_system = subject["type"].text() == "operating-system";
    const Json system = is_system ? subject : find_system(document["components"]);
    if (system.exists()) builder_.set_system(system_of(system));
    const std::string_view kernel = kernel_of(document["metadata"]);
    builder_.set_kernel(kernel.empty() ? kernel_of(system) : kernel);
    VIGIL_CHECK(read_components(document["components"], nullptr));
    return builder_.take();
  }

 private:
  /// A document nests at most as deep as JsonParser allows. `around`: the package they are nested in.
  Result<void> read_components(const Json& components, const model::Package* around) {
    if (!components.exists()) return ok();
    if (!components.is_array()) return fail("not an array", place() + "components");
    path_.push_back(0);
    for (const Json& component : components.items()) {
      if (!component.is_object()) return fail("not an object", place_of_element());
      ComponentFacts facts = facts_of(component);
      if (facts.source_name.empty() && around != nullptr) {
        facts.source_name = around->source_name;
        facts.source_version = around->source_version;
      }
      VIGIL_CHECK(builder_.add(facts));
      if (component["components"].exists()) {
        // A copy: the packages move when more of them come.
        std::optional<model::Package> package;
        const model::Package* last = builder_.last_package();
        if (last != nullptr && last->manager == "OS") package = *last;
        VIGIL_CHECK(read_components(component["components"], package ? &*package : nullptr));
      }
      ++path_.back();
    }
    path_.pop_back();
    return ok();
  }

  [[nodiscard]] std::string place_of_element() const {
    std::string out;
    for (const std::size_t index : path_) {
      if (!out.empty()) out += '.';
      out += "components[" + std::to_string(index) + "]";
    }
    return out;
  }
  [[nodiscard]] std::string place() const {
    return path_.empty() ? std::string() : place_of_element() + ".";
  }

  SbomBuilder builder_;
  std::vector<std::size_t> path_;
};

}  // namespace

Result<Sbom> read_cyclonedx(const Json& document, const SbomLimits& limits) {
  const std::string_view version = document["specVersion"].text();
  if (std::find(std::begin(kVersions), std::end(kVersions), version) == std::end(kVersions)) {
    return fail("CycloneDX '" + base::printable(version.substr(0, 32)) + "' cannot be read",
                "specVersion", "versions 1.2 to 1.7 can", ErrorCode::Unsupported);
  }
  return Reader(version, limits).read(document);
}

}  // namespace vigil::inventory
