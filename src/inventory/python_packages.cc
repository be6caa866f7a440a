#include "inventory/python_packages.h"

#include "base/toml.h"
#include "inventory/python_requirement.h"
#include "model/package_name.h"

namespace vigil::inventory {
namespace {

using base::Node;

constexpr std::uint64_t kManifestLimit = std::uint64_t{4} << 20;
constexpr std::size_t kMaximumReferences = 4'000'000;
/// A name that stands there in more versions than this is required in none of them in particular.
constexpr std::size_t kMaximumVersions = 50;

void ask_list(PythonPackages& packages, const Node& requirements, std::string_view scope) {
  for (const Node& item : requirements.items()) {
    if (const auto found = parse_python_requirement(item.text())) packages.ask(found->name, scope);
  }
}

/// Poetry's tables: name and range, or name and a table.
void ask_table(PythonPackages& packages, const Node& table, std::string_view scope) {
  for (const Node::Member& member : table.members()) {
    if (member.key == "python") continue;
    const bool optional = member.value["optional"].truth().value_or(false);
    packages.ask(member.key, scope.empty() && optional ? "optional" : scope);
  }
}

}  // namespace

std::size_t PythonPackages::add(std::string_view name, std::string_view version,
                                std::uint32_t line) {
  std::vector<std::size_t>& known = by_name_[model::pep503_name(name)];
  for (const std::size_t number : known) {
    if (packages_[number].version == version) return number;
  }
  const std::size_t number = packages_.add(name, version, line);
  if (number != FilePackages::kNone && known.size() < kMaximumVersions) known.push_back(number);
  return number;
}

void PythonPackages::require(std::size_t parent, std::string_view name, std::string_view version) {
  if (parent == FilePackages::kNone || references_.size() >= kMaximumReferences) return;
  references_.push_back({parent, model::pep503_name(name), std::string(version), {}});
}

void PythonPackages::require_by(std::size_t child, std::string_view parent) {
  if (child == FilePackages::kNone || references_.size() >= kMaximumReferences) return;
  references_.push_back({FilePackages::kNone, model::pep503_name(parent), {}, {}, child});
}

void PythonPackages::ask(std::string_view name, std::string_view scope, std::string_view version) {
  asked_ = true;
  if (references_.size() >= kMaximumReferences) return;
  references_.push_back(
      {FilePackages::kNone, model::pep503_name(name), std::string(version), std::string(scope)});
}

void PythonPackages::ask_as(const Node& pyproject) {
  const Node& project = pyproject["project"];
  const Node& tool = pyproject["tool"];
  const Node& poetry = tool["poetry"];
  asked_ = asked_ || project.exists() || poetry.exists();
  ask_list(*this, project["dependencies"], "");
  for (const Node::Member& extra : project["optional-dependencies"].members()) {
    ask_list(*this, extra.value, "optional");
  }
  for (const Node* groups : {&pyproject["dependency-groups"], &tool["pdm"]["dev-dependencies"]}) {
    for (const Node::Member& group : groups->members()) ask_list(*this, group.value, group.key);
  }
  ask_list(*this, tool["uv"]["dev-dependencies"], "dev");
  ask_table(*this, poetry["dependencies"], "");
  ask_table(*this, poetry["dev-dependencies"], "dev");
  for (const Node::Member& group : poetry["group"].members()) {
    ask_table(*this, group.value["dependencies"], group.key);
  }
}

void PythonPackages::finish() {
  Scopes scopes;
  for (const Reference& one : references_) {
    const auto found = by_name_.find(one.name);
    if (found == by_name_.end()) continue;
    for (const std::size_t number : found->second) {
      const bool by = one.child != FilePackages::kNone;
      const std::size_t parent = by ? number : one.parent;
      const std::size_t child = by ? one.child : number;
      if (!one.version.empty() && packages_[child].version != one.version) continue;
      if (parent == FilePackages::kNone) {
        scopes.ask(child, one.scope);
      } else if (asked_) {
        scopes.require(parent, child);
      } else {
        packages_.require(parent, child);
      }
    }
  }
  if (asked_) scopes.settle(packages_);
  for (const auto& [number, scope] : stated_) packages_[number].scope = scope;
  packages_.finish();
}

void catalog_python_lock(const File& file, Context& context, std::string_view packages,
                         void (*take)(const Node& entry, PythonPackages& packages)) {
  PythonPackages found(file, context);
  const auto root = base::parse_toml(file.content);
  if (!root) {
    found.problem(root.error().text());
    return found.finish();
  }
  for (const Node& entry : (*root)[packages].items()) take(entry, found);
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  if (const auto text = context.view.read(folder + "/pyproject.toml", kManifestLimit)) {
    if (const auto project = base::parse_toml(*text)) found.ask_as(*project);
  }
  found.finish();
}

std::string_view scope_of_groups(const Node& groups, std::string_view main) {
  std::string_view first;
  for (const Node& group : groups.items()) {
    if (group.text() == main) return "";
    if (first.empty()) first = group.text();
  }
  return first;
}

}  // namespace vigil::inventory
