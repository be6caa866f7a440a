#include "deliver/cyclonedx_components.h"

#include <map>
#include <set>
#include <vector>

#include "base/hash.h"
#include "base/program.h"
#include "base/time.h"
#include "base/uuid.h"
#include "inventory/sbom/properties.h"

namespace vigil::deliver {
namespace {

using base::JsonWriter;

void write_property(JsonWriter& json, std::string_view name, std::string_view value) {
  json.begin_object().member("name", name).member("value", value).end_object();
}

/// What kind of thing the bill is about (CycloneDX, "component.type").
std::string_view subject_type(const findings::Resource& resource) {
  if (resource.image) return "container";
  if (resource.function || resource.repository) return "application";
  return "device";
}

void write_system(JsonWriter& json, const inventory::OperatingSystem& os) {
  json.begin_object().member("type", "operating-system").member("bom-ref", "os");
  json.member("name", os.id).optional_member("version", os.version);
  json.optional_member("description", os.name);
  if (!os.ecosystem.empty() || !os.extended_support.empty()) {
    json.key("properties").begin_array();
    if (!os.ecosystem.empty()) write_property(json, "vigil:ecosystem", os.ecosystem);
    for (const std::string& channel : os.extended_support) {
      write_property(json, "vigil:extended_support", channel);
    }
    json.end_array();
  }
  json.end_object();
}

/// Not needed where it runs is "excluded"; CycloneDX has no finer words.
std::string_view scope_word(const model::Package& package) {
  if (package.scope.empty()) return {};
  const bool at_run_time = package.scope == "optional" || package.scope == "peer";
  return at_run_time ? "optional" : "excluded";
}

void write_component(JsonWriter& json, const model::Package& package,
                     const std::string& reference) {
  const bool program = package.evidence == model::Evidence::Binary;
  json.begin_object().member("type", program ? "application" : "library");
  json.member("bom-ref", reference).member("name", package.name);
  json.member("version", package.version).optional_member("scope", scope_word(package));
  if (!package.license.empty()) {
    json.key("licenses").begin_array().begin_object().key("license").begin_object();
    json.member("name", package.license).end_object().end_object().end_array();
  }
  json.optional_member("cpe", package.cpe).optional_member("purl", package.package_url);
  json.key("properties").begin_array();
  for (const auto& [name, value] : inventory::package_properties(package)) {
    write_property(json, name, value);
  }
  json.end_array().end_object();
}

}  // namespace

std::string component_reference(const model::Package& package) {
  std::string identifying = package.package_url + "\n" + package.name + "\n" + package.version;
  for (const model::Location& location : package.locations) identifying += "\n" + location.path;
  return base::sha256_hex(identifying).substr(0, 32);
}

void write_cyclonedx_head(JsonWriter& json, std::string_view identifying) {
  json.member("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
  json.member("bomFormat", "CycloneDX").member("specVersion", "1.5");
  json.member("serialNumber", "urn:uuid:" + base::uuid_of_name(identifying)).member("version", 1);
}

void write_cyclonedx_metadata(JsonWriter& json, const BillSubject& subject,
                              std::string_view intelligence) {
  const findings::Resource& resource = subject.resource;
  json.key("metadata").begin_object().member("timestamp", base::format_time(subject.time));
  json.key("tools").begin_object().key("components").begin_array().begin_object();
  json.member("type", "application").member("name", "vigil");
  json.member("version", base::program_version()).end_object().end_array().end_object();
  json.key("component").begin_object().member("type", subject_type(resource));
  json.member("bom-ref", resource.id).member("name", resource.name).end_object();
  json.key("properties").begin_array();
  write_property(json, "vigil:resource", resource.id);
  if (!intelligence.empty()) write_property(json, "vigil:intelligence", intelligence);
  const auto& runtime = subject.inventory.runtime;
  if (runtime && !runtime->kernel_release.empty()) {
    write_property(json, "vigil:kernel", runtime->kernel_release);
  }
  json.end_array().end_object();
}

void write_cyclonedx_components(JsonWriter& json, const BillSubject& subject) {
  json.key("components").begin_array();
  if (!subject.inventory.os.id.empty()) write_system(json, subject.inventory.os);
  std::set<std::string> written;
  for (const model::Package& package : subject.inventory.packages) {
    const std::string reference = component_reference(package);
    if (written.insert(reference).second) write_component(json, package, reference);
  }
  json.end_array();
}

void write_cyclonedx_dependencies(JsonWriter& json, const BillSubject& subject) {
  std::map<std::string, std::set<std::string>> needs;
  for (const Dependency& one : package_dependencies(subject)) {
    auto& others =
        needs[one.from == nullptr ? subject.resource.id : component_reference(*one.from)];
    for (const model::Package* package : one.to) others.insert(component_reference(*package));
  }
  if (needs.empty()) return;
  json.key("dependencies").begin_array();
  for (const auto& [reference, others] : needs) {
    json.begin_object().member("ref", reference);
    json.member("dependsOn", std::vector<std::string>(others.begin(), others.end())).end_object();
  }
  json.end_array();
}

}  // namespace vigil::deliver
