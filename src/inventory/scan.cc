#include "inventory/scan.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "inventory/matcher.h"
#include "inventory/operating_system.h"

namespace vigil::inventory {
namespace {

class Scan {
 public:
  Scan(const tree::View& view, const ScanOptions& options)
      : view_(view),
        options_(options),
        catalogers_(options.catalogers.empty() ? all_catalogers() : options.catalogers) {}

  Inventory run() {
    inventory_.os = detect_operating_system(view_, inventory_.problems);
    for (const Cataloger* cataloger : catalogers_) fixed_places(*cataloger);
    const Matcher matcher(catalogers_);
    if (options_.walk && matcher.needs_walk()) walk(matcher);
    return std::move(inventory_);
  }

 private:
  void fixed_places(const Cataloger& cataloger) {
    for (const Pattern& pattern : cataloger.patterns) {
      if (!pattern.path.empty()) {
        const auto entry = view_.stat(pattern.path);
        if (entry && entry->kind == tree::Kind::File) {
          ++inventory_.files;
          catalog(cataloger, std::string(pattern.path), entry->path);
        }
      }
      if (!pattern.directory.empty()) directory(cataloger, pattern.directory);
    }
  }

  void directory(const Cataloger& cataloger, std::string_view path) {
    const auto here = view_.stat(path);
    if (!here) return;
    const auto entries = view_.list(path);
    if (!entries) {
      inventory_.problems.push_back({std::string(path), entries.error().what});
      return;
    }
    for (const tree::Entry& entry : *entries) {
      ++inventory_.files;
      if (entry.kind == tree::Kind::Directory) continue;
      const auto target = entry.kind == tree::Kind::Link ? view_.stat(entry.path) : entry;
      if (target && target->kind == tree::Kind::File) {
        const std::string name = entry.path.substr(entry.path.rfind('/'));
        const bool is_link = entry.kind == tree::Kind::Link;
        catalog(cataloger, entry.path, is_link ? target->path : here->path + name);
      }
    }
  }

  void walk(const Matcher& matcher) {
    std::vector<std::pair<std::string, const Cataloger*>> wanted;
    std::vector<const Cataloger*> found;
    const auto visit = [&](const tree::Entry& entry) {
      ++inventory_.files;
      if (entry.kind != tree::Kind::File) return true;
      matcher.match_anywhere(entry.path, found);
      for (const Cataloger* cataloger : found) wanted.emplace_back(entry.path, cataloger);
      return true;
    };
    const auto problem = [&](std::string where, std::string why) {
      inventory_.problems.push_back({std::move(where), std::move(why)});
    };
    if (const auto walked = view_.walk(options_.limits, visit, problem); !walked) {
      inventory_.problems.push_back({walked.error().where, walked.error().what});
    }
    std::sort(wanted.begin(), wanted.end(), [](const auto& a, const auto& b) {
      return std::pair(std::string_view(a.first), a.second->name) <
             std::pair(std::string_view(b.first), b.second->name);
    });
    for (const auto& [path, cataloger] : wanted) catalog(*cataloger, path, path);
  }

  /// `resolved` is the file's path without links: what was seen under another name is not read
  /// again.
  void catalog(const Cataloger& cataloger, const std::string& path, const std::string& resolved) {
    if (!seen_.emplace(cataloger.name, resolved).second) return;
    Context context{view_, inventory_.os, inventory_.packages, inventory_.problems};
    cataloger.catalog(path, context);
  }

  const tree::View& view_;
  const ScanOptions& options_;
  std::span<const Cataloger* const> catalogers_;
  Inventory inventory_;
  std::set<std::pair<std::string_view, std::string>> seen_;
};

}  // namespace

Inventory scan_tree(const tree::View& view, const ScanOptions& options) {
  return Scan(view, options).run();
}

}  // namespace vigil::inventory
