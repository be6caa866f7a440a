#include "inventory/sbom/cyclonedx_xml.h"

#include "base/json_writer.h"
#include "base/xml.h"

namespace vigil::inventory {
namespace {

using base::JsonWriter;
using base::Xml;

constexpr std::string_view kNamespace = "cyclonedx.org/schema/bom/";

/// "1.5", from the declaration of whatever prefix the document uses.
std::string version_of(std::string_view document) {
  const std::size_t at = document.find(kNamespace);
  if (at == std::string_view::npos) return {};
  std::string_view rest = document.substr(at + kNamespace.size());
  return std::string(rest.substr(0, rest.find_first_of("\"' \t\r\n>")));
}

void write_texts(JsonWriter& json, const Xml& element, std::initializer_list<const char*> names) {
  for (const char* name : names) json.optional_member(name, element[name].text());
}

void write_properties(JsonWriter& json, const Xml& element) {
  if (!element["properties"].exists()) return;
  json.key("properties").begin_array();
  for (const Xml property : element["properties"].children("property")) {
    json.begin_object().member("name", property.attribute("name").value_or(""));
    json.member("value", property.text()).end_object();
  }
  json.end_array();
}

void write_licenses(JsonWriter& json, const Xml& component) {
  if (!component["licenses"].exists()) return;
  json.key("licenses").begin_array();
  for (const Xml item : component["licenses"].children()) {
    json.begin_object();
    if (item.name() == "expression") {
      json.member("expression", item.text());
    } else {
      json.key("license").begin_object();
      write_texts(json, item, {"id", "name"});
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
}

void write_occurrences(JsonWriter& json, const Xml& component) {
  const Xml occurrences = component["evidence"]["occurrences"];
  if (!occurrences.exists()) return;
  json.key("evidence").begin_object().key("occurrences").begin_array();
  for (const Xml occurrence : occurrences.children("occurrence")) {
    json.begin_object().member("location", occurrence["location"].text()).end_object();
  }
  json.end_array().end_object();
}

void write_components(JsonWriter& json, const Xml& components);

/// Nests as deep as XmlParser allows.
void write_component(JsonWriter& json, const Xml& component) {
  json.begin_object().optional_member("type", component.attribute("type").value_or(""));
  json.optional_member("bom-ref", component.attribute("bom-ref").value_or(""));
  write_texts(json, component, {"name", "version", "description", "cpe", "purl"});
  if (const std::string_view group = component["group"].text(); !group.empty()) {
    json.member("group", group);
  }
  write_licenses(json, component);
  write_properties(json, component);
  write_occurrences(json, component);
  if (component["components"].exists()) write_components(json, component["components"]);
  json.end_object();
}

void write_components(JsonWriter& json, const Xml& components) {
  json.key("components").begin_array();
  for (const Xml component : components.children("component")) write_component(json, component);
  json.end_array();
}

}  // namespace

Result<std::string> cyclonedx_json_of_xml(std::string_view document) {
  base::XmlParser parser;
  VIGIL_TRY(const Xml root, parser.parse(document));
  const std::string version = version_of(document);
  if (root.name() != "bom" || version.empty()) {
    return fail("this XML is no CycloneDX", {}, "an element bom of CycloneDX's namespace",
                ErrorCode::Unsupported);
  }
  JsonWriter json;
  json.begin_object().member("bomFormat", "CycloneDX").member("specVersion", version);
  const Xml metadata = root["metadata"];
  json.key("metadata").begin_object();
  write_properties(json, metadata);
  if (metadata["component"].exists()) {
    json.key("component");
    write_component(json, metadata["component"]);
  }
  json.end_object();
  if (root["components"].exists()) write_components(json, root["components"]);
  json.end_object();
  return json.take();
}

}  // namespace vigil::inventory
