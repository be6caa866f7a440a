#include "inventory/catalogers/yarn-lock/berry.h"

#include "base/text.h"
#include "base/yaml.h"
#include "inventory/npm_names.h"

namespace vigil::inventory::yarn_lock {
namespace {

/// Whether `dependenciesMeta` calls the dependency optional.
bool is_optional(const base::Node& entry, std::string_view name) {
  return entry["dependenciesMeta"][name]["optional"].truth().value_or(false);
}

}  // namespace

Result<BerryLock> parse_berry(std::string_view text) {
  VIGIL_TRY(const base::Node root, base::parse_yaml(text));
  BerryLock lock;
  for (const base::Node::Member& member : root.members()) {
    if (member.key == "__metadata") continue;
    const base::Node& value = member.value;
    const NpmDescriptor resolution = split_npm_descriptor(value["resolution"].text());
    Entry entry;
    entry.line = member.line;
    entry.version = value["version"].text();
    entry.resolved = resolution.range;
    entry.descriptors.push_back(std::string(resolution.name) + "@");
    for (const std::string_view part : base::split(member.key, ',')) {
      entry.descriptors.emplace_back(base::trim(part));
    }
    for (const base::Node::Member& dependency : value["dependencies"].members()) {
      auto& list = is_optional(value, dependency.key) ? entry.optional : entry.required;
      list.emplace_back(dependency.key, dependency.value.text());
    }
    const std::string_view range = resolution.range;
    const bool own = value["linkType"].text() == "soft" || range.starts_with("workspace:") ||
                     range.starts_with("link:") || range.starts_with("portal:");
    (own ? lock.own : lock.packages).push_back(std::move(entry));
  }
  return lock;
}

}  // namespace vigil::inventory::yarn_lock
