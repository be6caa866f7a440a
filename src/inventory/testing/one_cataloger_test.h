// What one cataloguer finds, a line of text for each package.
//
//   EXPECT_EQ(lines(scan_with("gemfile-lock", view)), "rails 7.0.4 direct :12\n");
//
// A line is "name version", and if they are known: "direct" or "transitive", "[scope]", "{licence}",
// "(architecture)", ":line", "<- parent@version,parent@version".
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "inventory/scan.h"
#include "inventory/testing/workshop_test.h"
#include "tree/memory.h"

namespace vigil::inventory::testing {

inline const Cataloger* find_cataloger(std::string_view name) {
  for (const Cataloger* cataloger : all_catalogers()) {
    if (cataloger->name == name) return cataloger;
  }
  return nullptr;
}

inline Inventory scan_with(std::string_view name, const tree::View& view) {
  const Cataloger* const cataloger = find_cataloger(name);
  if (cataloger == nullptr) {
    ADD_FAILURE() << "no cataloguer " << name;
    return {};
  }
  ScanOptions options;
  options.catalogers = {&cataloger, 1};
  return scan_tree(view, options);
}

/// Of a tree with this one file.
inline Inventory scan_file(std::string_view name, std::string_view path, std::string content) {
  tree::Memory view;
  view.file(path, std::move(content));
  return scan_with(name, view);
}

inline std::string line(const model::Package& package) {
  std::string out = package.name + " " + package.version;
  if (package.relation == model::Relation::Direct) out += " direct";
  if (package.relation == model::Relation::Transitive) out += " transitive";
  if (!package.scope.empty()) out += " [" + package.scope + "]";
  if (!package.license.empty()) out += " {" + package.license + "}";
  if (!package.architecture.empty()) out += " (" + package.architecture + ")";
  if (!package.locations.empty() && package.locations[0].line != 0) {
    out += " :" + std::to_string(package.locations[0].line);
  }
  for (std::size_t i = 0; i < package.parents.size(); ++i) {
    out += (i == 0 ? " <- " : ",") + package.parents[i];
  }
  return out + "\n";
}

inline std::string lines(const Inventory& inventory) {
  std::string out;
  for (const model::Package& package : inventory.packages) out += line(package);
  return out;
}

inline std::string problems(const Inventory& inventory) {
  std::string out;
  for (const Problem& problem : inventory.problems)
    out += problem.where + ": " + problem.why + "\n";
  return out;
}

}  // namespace vigil::inventory::testing
