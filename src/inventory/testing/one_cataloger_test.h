// What one cataloguer finds, a line of text for each package.
//
//   EXPECT_EQ(lines(scan_with("gemfile-lock", view)), "rails 7.0.4 direct :12\n");
//
// A line is "name version", and if they are known: "direct" or "transitive", "[scope]", "{licence}",
// "(architecture)", ":line", "<- parent@version,parent@version".
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "inventory/scan.h"
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

/// A private directory for what a real tool makes; it goes away.
class Workshop {
 public:
  Workshop() {
    std::string name = std::filesystem::temp_directory_path() / "vigil-test-XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Runs shell commands in it, three minutes at most; false if one failed.
  [[nodiscard]] bool run(const std::string& commands) const {
    const std::string file = path_ + "/.commands";
    std::FILE* out = std::fopen(file.c_str(), "w");
    if (out == nullptr) return false;
    std::fputs(("set -e\ncd '" + path_ + "'\nexport HOME='" + path_ + "'\n" + commands).c_str(),
               out);
    std::fclose(out);
    return std::system(("timeout 180 bash '" + file + "' >'" + path_ + "/.out' 2>&1").c_str()) == 0;
  }
  static bool has(const std::string& tool) {
    return std::system(("command -v " + tool + " >/dev/null 2>&1").c_str()) == 0;
  }

 private:
  std::string path_;
};

}  // namespace vigil::inventory::testing
