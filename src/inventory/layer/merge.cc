#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "inventory/layer/interest.h"
#include "inventory/layer/layer.h"
#include "inventory/layer/stack.h"
#include "inventory/npm_note.h"
#include "inventory/operating_system.h"
#include "inventory/ownership.h"
#include "inventory/same_product.h"
#include "inventory/scan.h"

namespace vigil::inventory {
namespace {

/// Fixed places of cataloguers that look at the whole tree: package databases, mostly.
class Databases {
 public:
  explicit Databases(std::span<const Cataloger* const> catalogers) {
    for (const Cataloger* cataloger : catalogers) {
      for (const auto& patterns : {cataloger->patterns, cataloger->companions}) {
        for (const Pattern& pattern : patterns) {
          if (!pattern.path.empty()) add(pattern.path, places_);
          if (!pattern.directory.empty()) add(pattern.directory, directories_);
        }
      }
    }
  }

  [[nodiscard]] bool holds(std::string_view path) const {
    return places_.contains(path) || directories_.contains(path.substr(0, path.rfind('/')));
  }
  [[nodiscard]] bool are_changed_by(const Layer& layer) const {
    const auto above = [&](std::string_view path) { return above_.contains(path); };
    const auto link_above = [&](const LayerLink& link) { return above_.contains(link.path); };
    return std::any_of(layer.files.begin(), layer.files.end(),
                       [&](const KeptFile& file) { return holds(file.path); }) ||
           std::any_of(layer.whiteouts.begin(), layer.whiteouts.end(), above) ||
           std::any_of(layer.whiteouts.begin(), layer.whiteouts.end(),
                       [&](const std::string& path) { return holds(path); }) ||
           std::any_of(layer.opaque.begin(), layer.opaque.end(), above) ||
           std::any_of(layer.links.begin(), layer.links.end(), link_above);
  }

 private:
  void add(std::string_view path, std::unordered_set<std::string_view>& to) {
    to.insert(path);
    for (; path.size() > 1; path = path.substr(0, path.rfind('/'))) above_.insert(path);
  }

  std::unordered_set<std::string_view> places_;
  std::unordered_set<std::string_view> directories_;
  std::unordered_set<std::string_view> above_;
};

std::string key_of(const model::Package& package) {
  std::string key = package.name;
  for (const std::string* part : {&package.version, &package.architecture, &package.manager}) {
    key += '\0';
    key += *part;
  }
  return key;
}

class Merge {
 public:
  Merge(std::span<const Layer* const> layers, std::span<const std::string> digests,
        std::span<const Cataloger* const> catalogers)
      : layers_(layers), digests_(digests) {
    for (const Cataloger* cataloger : catalogers) {
      (cataloger->needs == Needs::Tree ? tree_ : alone_).push_back(cataloger);
    }
  }

  Merged run() {
    const Databases databases(tree_);
    std::size_t changed = layers_.size();  // the last layer that changed a database
    for (std::size_t i = layers_.size(); i-- > 0;) {
      if (!databases.are_changed_by(*layers_[i])) continue;
      changed = i;
      break;
    }
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      if (!layers_[i]->names.complete() && stack_.nodes().size() > 1) {
        problem(
            digest(i),
            "the layer has too many names: files of lower layers that it replaces may be reported");
      }
      stack_.add(*layers_[i], i);
      hard_links(i);
      if (i < changed && databases.are_changed_by(*layers_[i])) note_packages(i);
    }
    finish(databases, changed);
    return std::move(merged_);
  }

 private:
  [[nodiscard]] std::string digest(std::size_t layer) const {
    return layer < digests_.size() ? digests_[layer] : std::string();
  }
  void problem(std::string where, std::string why) {
    problems_.push_back({std::move(where), std::move(why)});
  }

  void hard_links(std::size_t index) {
    for (const LayerLink& link : layers_[index]->hard_links) {
      if (stack_.add_hard_link(link, index)) continue;
      const std::uint64_t hash = NameSet::hash(link.target);
      for (std::size_t i = index + 1; i-- > 0;) {
        if (!layers_[i]->names.contains_file(hash)) continue;
        merged_.missing.push_back(
            {i, {link.target, link.path, i == index ? link.path : link.target}});
        break;
      }
    }
  }

  /// Since which layer each package has been there without a break.
  void note_packages(std::size_t index) {
    ScanOptions options;
    options.catalogers = tree_;
    options.walk = false;
    options.leave_owned = false;
    note(scan_tree(stack_, options).packages, index);
  }
  void note(const std::vector<model::Package>& packages, std::size_t index) {
    std::unordered_map<std::string, std::size_t> now;
    now.reserve(packages.size());
    for (const model::Package& package : packages) {
      std::string key = key_of(package);
      const auto before = since_.find(key);
      const std::size_t since = before == since_.end() ? index : before->second;
      now.emplace(std::move(key), since);
    }
    since_ = std::move(now);
  }

  void finish(const Databases& databases, std::size_t changed) {
    if (!tree_.empty()) {
      ScanOptions options;
      options.catalogers = tree_;
      options.leave_owned = false;
      merged_.inventory = scan_tree(stack_, options);
    } else {
      merged_.inventory.os = detect_operating_system(stack_, problems_);
    }
    Inventory& inventory = merged_.inventory;
    if (changed < layers_.size()) note(inventory.packages, changed);
    for (model::Package& package : inventory.packages) attribute(package, databases);
    inventory.files = 0;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
      inventory.files += layers_[i]->entries;
      for (const Problem& each : layers_[i]->problems) {
        problem(each.where.empty() ? digest(i) : each.where, each.why);
      }
    }
    for (const auto& [path, node] : stack_.nodes()) {
      if (node.cataloged != nullptr) add_cataloged(path, node);
    }
    linked_places();
    unite_with_npm_note(inventory.packages);
    unite_same_products(inventory.packages);
    leave_owned_to_system(stack_, tree_, inventory);
    std::move(problems_.begin(), problems_.end(), std::back_inserter(inventory.problems));
  }

  void attribute(model::Package& package, const Databases& databases) const {
    for (model::Location& location : package.locations) {
      const auto* const node = stack_.find(location.path);
      std::size_t layer = node == nullptr ? layers_.size() : node->second.layer;
      if (databases.holds(location.path)) {
        if (const auto since = since_.find(key_of(package)); since != since_.end()) {
          layer = since->second;
        }
      }
      location.layer = digest(layer);
    }
  }

  void add_cataloged(const std::string& path, const Stack::Node& node) {
    const auto place = [&](std::string& where) {
      if (where == node.cataloged->path) where = path;
    };
    for (model::Package package : node.cataloged->packages) {
      for (model::Location& location : package.locations) {
        place(location.path);
        location.layer = digest(node.layer);
      }
      merged_.inventory.packages.push_back(std::move(package));
    }
    for (Problem each : node.cataloged->problems) {
      place(each.where);
      problems_.push_back(std::move(each));
    }
  }

  /// Fixed places that are links, or lie behind one, lead to files that nobody had wanted by name.
  void linked_places() {
    std::set<AlsoLook> asked;
    const auto ask = [&](std::string_view wanted) {
      const std::string path = stack_.resolve(wanted);
      if (path.empty() || path == wanted) return;
      const auto node = stack_.nodes().find(path);
      if (node != stack_.nodes().end() && node->second.kind != tree::Kind::File) return;
      if (node != stack_.nodes().end() && (node->second.kept || node->second.cataloged)) return;
      const std::size_t layer = layer_with(path);
      AlsoLook look{path, std::string(wanted), path};
      if (layer == layers_.size() || !asked.insert(look).second) return;
      merged_.missing.push_back({layer, std::move(look)});
    };
    for (const std::string_view path : operating_system_files()) ask(path);
    for (const auto* catalogers : {&tree_, &alone_}) {
      for (const Cataloger* cataloger : *catalogers) {
        for (const Pattern& pattern : cataloger->patterns) {
          if (!pattern.path.empty()) ask(pattern.path);
        }
        for (const Pattern& pattern : cataloger->companions) {
          if (!pattern.path.empty()) ask(pattern.path);
        }
      }
    }
  }

  /// The highest layer that has the file, unless a higher one hides it.
  [[nodiscard]] std::size_t layer_with(const std::string& path) const {
    const std::uint64_t hash = NameSet::hash(path);
    for (std::size_t i = layers_.size(); i-- > 0;) {
      if (layers_[i]->names.contains_file(hash)) return i;
      const auto& whiteouts = layers_[i]->whiteouts;
      if (std::binary_search(whiteouts.begin(), whiteouts.end(), path)) break;
    }
    return layers_.size();
  }

  std::span<const Layer* const> layers_;
  std::span<const std::string> digests_;
  std::vector<const Cataloger*> tree_;
  std::vector<const Cataloger*> alone_;
  Stack stack_;
  std::unordered_map<std::string, std::size_t> since_;
  std::vector<Problem> problems_;
  Merged merged_;
};

}  // namespace

Merged merge_layers(std::span<const Layer* const> layers, std::span<const std::string> digests,
                    const MergeOptions& options) {
  return Merge(layers, digests, options.catalogers.empty() ? all_catalogers() : options.catalogers)
      .run();
}

}  // namespace vigil::inventory
