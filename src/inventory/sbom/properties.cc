#include "inventory/sbom/properties.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/package_words.h"

namespace vigil::inventory {
namespace {

constexpr std::string_view kPrefix = "vigil:";
constexpr std::string_view kLocation = "location:";
constexpr std::size_t kMostLocations = 10'000;

struct Field {
  std::string_view name;
  std::string model::Package::* member;
};
constexpr Field kFields[] = {
    {"architecture", &model::Package::architecture},
    {"manager", &model::Package::manager},
    {"vendor", &model::Package::vendor},
    {"module", &model::Package::module},
    {"scope", &model::Package::scope},
    {"cpe", &model::Package::cpe},
    {"symbols", &model::Package::symbols},
};

void add_location(std::size_t index, const model::Location& location, std::vector<Property>& out) {
  const std::string name = "vigil:location:" + std::to_string(index) + ":";
  out.emplace_back(name + "path", location.path);
  if (location.line != 0) out.emplace_back(name + "line", std::to_string(location.line));
  if (location.offset != 0) out.emplace_back(name + "offset", std::to_string(location.offset));
  if (!location.layer.empty()) out.emplace_back(name + "layer", location.layer);
}

/// `name` is "0:path".
void apply_location(std::string_view name, const std::string& value, model::Package& package) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return;
  const auto index = base::parse_unsigned(name.substr(0, colon));
  if (!index || *index >= kMostLocations) return;
  if (package.locations.size() <= *index) package.locations.resize(*index + 1);
  model::Location& location = package.locations[*index];
  const std::string_view member = name.substr(colon + 1);
  const auto number = base::parse_unsigned(value);
  if (member == "path") location.path = value;
  if (member == "layer") location.layer = value;
  if (member == "line" && number && *number <= UINT32_MAX) {
    location.line = static_cast<std::uint32_t>(*number);
  }
  if (member == "offset" && number) location.offset = *number;
}

}  // namespace

std::vector<Property> package_properties(const model::Package& package) {
  std::vector<Property> out;
  out.emplace_back("vigil:package_ecosystem", package.ecosystem);
  for (const Field& field : kFields) {
    const std::string& value = package.*field.member;
    if (!value.empty()) out.emplace_back(std::string(kPrefix) + std::string(field.name), value);
  }
  if (package.source_name != package.name) {
    out.emplace_back("vigil:source_name", package.source_name);
  }
  if (package.source_version != package.version) {
    out.emplace_back("vigil:source_version", package.source_version);
  }
  if (package.evidence != model::Evidence::Installed) {
    out.emplace_back("vigil:evidence", evidence_name(package.evidence));
  }
  if (package.relation != model::Relation::Unknown) {
    out.emplace_back("vigil:relation", relation_name(package.relation));
  }
  for (const std::string& parent : package.parents) out.emplace_back("vigil:parent", parent);
  for (std::size_t i = 0; i < package.locations.size(); ++i) {
    add_location(i, package.locations[i], out);
  }
  return out;
}

void apply_properties(const std::vector<Property>& properties, model::Package& package) {
  package.source_name = package.name;
  package.source_version = package.version;
  for (const auto& [whole, value] : properties) {
    std::string_view name = whole;
    if (!name.starts_with(kPrefix)) continue;
    name.remove_prefix(kPrefix.size());
    if (name.starts_with(kLocation)) {
      apply_location(name.substr(kLocation.size()), value, package);
      continue;
    }
    if (name == "package_ecosystem") package.ecosystem = value;
    if (name == "source_name") package.source_name = value;
    if (name == "source_version") package.source_version = value;
    if (name == "parent") package.parents.push_back(value);
    if (name == "evidence") package.evidence = parse_evidence(value).value_or(package.evidence);
    if (name == "relation") package.relation = parse_relation(value).value_or(package.relation);
    for (const Field& field : kFields) {
      if (field.name == name) package.*field.member = value;
    }
  }
  std::erase_if(package.locations, [](const model::Location& one) { return one.path.empty(); });
}

bool is_own(const std::vector<Property>& properties) {
  return std::any_of(properties.begin(), properties.end(),
                     [](const Property& one) { return one.first == "vigil:package_ecosystem"; });
}

}  // namespace vigil::inventory
