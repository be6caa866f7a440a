#include "inventory/scan.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/json_tree.h"
#include "inventory/matcher.h"
#include "inventory/missing_database.h"
#include "inventory/npm_note.h"
#include "inventory/operating_system.h"
#include "inventory/ownership.h"
#include "inventory/piece_readers.h"
#include "inventory/program.h"
#include "inventory/same_product.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

/// Enough for is_program.
constexpr std::size_t kHeadOfProgram = 16;

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
    unite_with_npm_note(inventory_.packages);
    unite_same_products(inventory_.packages);
    if (options_.leave_owned) leave_owned_to_system(view_, catalogers_, inventory_);
    if (auto missing = missing_package_database(view_, catalogers_, inventory_)) {
      inventory_.problems.push_back(std::move(*missing));
    }
    return std::move(inventory_);
  }

 private:
  void fixed_places(const Cataloger& cataloger) {
    for (const Pattern& pattern : cataloger.patterns) {
      if (!pattern.path.empty()) {
        const auto entry = view_.stat(pattern.path);
        if (entry && entry->kind == tree::Kind::File) {
          ++inventory_.files;
          catalog_alone(cataloger, std::string(pattern.path), entry->path);
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
        catalog_alone(cataloger, entry.path, is_link ? target->path : here->path + name);
      }
    }
  }

  /// A file of the walk and who wants it.
  struct Wanted {
    std::string path;
    std::vector<const Cataloger*> catalogers;
  };

  void walk(const Matcher& matcher) {
    tree::WalkLimits limits = options_.limits;
    for (const std::string& root : options_.roots) {
      const auto entry = view_.stat(root);
      if (entry && entry->kind == tree::Kind::Directory) limits.roots.push_back(entry->path);
    }
    if (limits.roots.empty() && !options_.roots.empty()) return;
    const std::size_t before = inventory_.packages.size();
    std::vector<Wanted> wanted;
    std::vector<const Cataloger*> found;
    const auto visit = [&](const tree::Entry& entry) {
      ++inventory_.files;
      if (stops()) return false;
      if (entry.kind != tree::Kind::File) return true;
      matcher.match_anywhere(entry.path, found);
      // Asked at once: of a million files that might be programs few are, and only those are kept.
      add_programs(matcher, entry, found);
      if (!found.empty()) wanted.push_back({entry.path, found});
      return true;
    };
    const auto problem = [&](std::string where, std::string why) {
      inventory_.problems.push_back({std::move(where), std::move(why)});
    };
    std::vector<const Cataloger*> for_programs;
    const auto may_be_wanted = [&](std::string_view path) {
      if (matcher.programs().empty() || !may_be_program(path)) return false;
      matcher.match_program(path, 0777, for_programs);
      return !for_programs.empty();
    };
    if (const auto walked = walk_view(limits, may_be_wanted, visit, problem); !walked) {
      inventory_.problems.push_back({walked.error().where, walked.error().what});
    }
    std::sort(wanted.begin(), wanted.end(),
              [](const Wanted& a, const Wanted& b) { return a.path < b.path; });
    for (Wanted& file : wanted) {
      if (stops() || has_enough(before)) return;
      std::erase_if(file.catalogers, [&](const Cataloger* cataloger) {
        return !seen_.emplace(cataloger->name, file.path).second;
      });
      if (!file.catalogers.empty()) catalog(file.catalogers, file.path);
    }
    if (options_.package_limit != 0 &&
        inventory_.packages.size() - before > options_.package_limit) {
      has_enough(before);
    }
  }

  /// A walk that knows size and mode of what might be a program. Only a directory can tell them more
  /// cheaply than one by one.
  Result<void> walk_view(const tree::WalkLimits& limits,
                         const std::function<bool(std::string_view)>& may_be_wanted,
                         const std::function<bool(const tree::Entry&)>& visit,
                         const std::function<void(std::string, std::string)>& problem) const {
    if (const auto* const directory = dynamic_cast<const tree::Directory*>(&view_)) {
      return directory->walk_with_status(limits, may_be_wanted, visit, problem);
    }
    const auto ask = [&](const tree::Entry& entry) {
      if (entry.kind != tree::Kind::File || !may_be_wanted(entry.path)) return visit(entry);
      tree::Entry asked = entry;
      if (const auto status = view_.stat(entry.path)) {
        asked.size = status->size;
        asked.mode = status->mode;
      }
      return visit(asked);
    };
    return view_.walk(limits, ask, problem);
  }

  /// Somebody wants the scan to end, or its time is up.
  bool stops() {
    if (options_.stopping && options_.stopping()) return true;
    if (options_.time_limit.count() == 0) return false;
    if (std::chrono::steady_clock::now() - started_ < options_.time_limit) return false;
    if (!out_of_time_) {
      inventory_.problems.push_back({"/", "stopped after " +
                                              std::to_string(options_.time_limit.count()) +
                                              " seconds: what was not reached is not known"});
    }
    out_of_time_ = true;
    return true;
  }

  /// The walk has found as many packages as it may; what the last file had too many is dropped.
  bool has_enough(std::size_t before) {
    const std::size_t limit = options_.package_limit;
    if (limit == 0 || inventory_.packages.size() - before < limit) return false;
    inventory_.packages.resize(before + limit);
    inventory_.problems.push_back(
        {"/", "stopped at " + std::to_string(limit) + " packages: further ones are not known"});
    return true;
  }

  void add_programs(const Matcher& matcher, const tree::Entry& entry,
                    std::vector<const Cataloger*>& known) const {
    if (entry.size == 0) return;
    std::vector<const Cataloger*> more;
    matcher.match_program(entry.path, entry.mode, more);
    if (more.empty() || !may_be_program(entry.path)) return;
    const auto head = view_.head(entry.path, kHeadOfProgram);
    if (!head || !is_program(*head)) return;
    for (const Cataloger* cataloger : more) {
      if (std::find(known.begin(), known.end(), cataloger) == known.end()) {
        known.push_back(cataloger);
      }
    }
  }

  /// `resolved` is the file's path without links: what was seen under another name is not read
  /// again.
  void catalog_alone(const Cataloger& cataloger, const std::string& path,
                     const std::string& resolved) {
    if (cataloger.wants != nullptr && !cataloger.wants(path)) return;
    if (!seen_.emplace(cataloger.name, resolved).second) return;
    const Cataloger* const one = &cataloger;
    catalog({&one, 1}, path);
  }

  void catalog(std::span<const Cataloger* const> catalogers, const std::string& path) {
    if (options_.passed_over.contains(path)) {
      inventory_.problems.push_back({path, "not read: the reader failed on it before"});
      return;
    }
    if (options_.reading) options_.reading(path);
    std::uint64_t limit = 0;
    for (const Cataloger* cataloger : catalogers) limit = std::max(limit, cataloger->limit);
    if (PieceReaders::serve(catalogers)) return catalog_pieces(catalogers, path, limit);
    auto content = view_.read(path, limit);
    if (!content) {
      inventory_.problems.push_back({path, content.error().what});
      return;
    }
    const std::size_t size = content->size();
    content->append(base::JsonParser::kPadding, '\0');
    const File file{path, std::string_view(*content).substr(0, size)};
    Context context{view_, inventory_.os, inventory_.packages, inventory_.problems};
    for (const Cataloger* cataloger : catalogers) {
      if (size <= cataloger->limit) {
        cataloger->catalog(file, context);
      } else {
        inventory_.problems.push_back(
            {path, "the file is larger than " + std::to_string(cataloger->limit) + " bytes"});
      }
    }
  }

  void catalog_pieces(std::span<const Cataloger* const> catalogers, const std::string& path,
                      std::uint64_t limit) {
    PieceReaders readers(catalogers, path);
    const auto read =
        view_.pieces(path, limit, [&](std::string_view piece) { readers.take(piece); });
    if (!read) {
      inventory_.problems.push_back({path, read.error().what});
      return;
    }
    Context context{view_, inventory_.os, inventory_.packages, inventory_.problems};
    readers.finish(context);
  }

  const tree::View& view_;
  const ScanOptions& options_;
  std::span<const Cataloger* const> catalogers_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  bool out_of_time_ = false;
  Inventory inventory_;
  std::set<std::pair<std::string_view, std::string>> seen_;
};

}  // namespace

std::span<const std::string_view> deep_inspection_paths() {
  static constexpr std::string_view kPaths[] = {"/usr/lib", "/usr/lib64", "/usr/local/lib",
                                                "/usr/local/lib64"};
  return kPaths;
}

ScanOptions deep_inspection(std::span<const std::string> more) {
  ScanOptions options;
  for (const std::string_view path : deep_inspection_paths()) options.roots.emplace_back(path);
  options.roots.insert(options.roots.end(), more.begin(), more.end());
  options.package_limit = kDeepInspectionPackages;
  options.time_limit = kDeepInspectionTime;
  return options;
}

Inventory scan_tree(const tree::View& view, const ScanOptions& options) {
  return Scan(view, options).run();
}

}  // namespace vigil::inventory
