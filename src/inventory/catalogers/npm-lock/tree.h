// The folders that a package-lock.json describes: which package lies in which, and which one
// `require` finds from there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/file_packages.h"

namespace vigil::inventory::npm_lock {

class Tree {
 public:
  static constexpr std::size_t kRoot = 0;
  static constexpr std::size_t kNone = FilePackages::kNone;

  /// What lies in a folder: a package, or the project's own code (of which there are workspaces).
  struct Place {
    std::size_t parent = kNone;
    std::size_t package = kNone;
    bool own = false;
  };

  Tree() { places_.push_back({kNone, kNone, true}); }

  /// The folder of `name` in the `node_modules` of another one. Names must outlive the tree.
  std::size_t in(std::size_t parent, std::string_view name) { return enter(parent, name, '/'); }
  /// Of a key as "packages" has it: "node_modules/a/node_modules/@b/c", "workspaces/d". "" is the
  /// project itself.
  std::size_t at(std::string_view key);
  Place& operator[](std::size_t place) { return places_[place]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }

  /// Where Node.js looks for `name` from a folder: in its own node_modules, then in its parents'.
  /// kNone if nowhere, and when a hostile tree has used up the time there is.
  std::size_t find(std::size_t from, std::string_view name);

 private:
  struct Key {
    std::size_t parent;
    std::string_view name;
    char kind;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      return std::hash<std::string_view>()(key.name) ^ (key.parent * 0x9E3779B97F4A7C15U) ^
             static_cast<unsigned char>(key.kind);
    }
  };

  std::size_t enter(std::size_t parent, std::string_view name, char kind);

  std::vector<Place> places_;
  std::unordered_map<Key, std::size_t, Hash> index_;
  std::uint64_t looked_at_ = 0;  ///< bytes of names
};

}  // namespace vigil::inventory::npm_lock
