// JavaScript packages that Bun has locked: bun.lock.
//
// What: JSON with commas before closing brackets. `workspaces`: what each project asks for.
// `packages`, by the place in node_modules ("a", "@s/b", "a/@s/b"): an array that begins with
// "name@version", then for a registry's package the registry and an object with its dependencies.
//
// References: bun.sh/docs/install/lockfile; Bun's bun.lock.zig.
//
// Traps:
//   - Under an alias the place has another name than the package: the array has the real one.
//   - Workspaces ("own@workspace:own"), links and folders are the project's own code.
//   - For what comes from git or an archive an address stands in the version's place, and no
//     version anywhere.
//
// Not handled: bun.lockb, the binary notation before Bun 1.2.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/npm_names.h"
#include "inventory/scopes.h"

namespace vigil::inventory::bun_lock {
namespace {

using base::Json;

/// The place without its last name: "a/@s/b" is "a".
std::string_view above(std::string_view place) {
  std::size_t slash = place.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::size_t before = place.rfind('/', slash == 0 ? 0 : slash - 1);
  const std::size_t begin = before == std::string_view::npos || before >= slash ? 0 : before + 1;
  if (place.substr(begin).starts_with('@')) slash = begin == 0 ? 0 : begin - 1;
  return place.substr(0, slash);
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : packages_(file, context, "npm", model::Evidence::Locked) {}

  void read(const Json& root, const base::JsonLines& lines) {
    for (const auto& [place, entry] : root["packages"].members()) take(place, entry, lines);
    for (const auto& [place, entry] : root["packages"].members()) {
      const auto parent = places_.find(std::string(place));
      if (parent == places_.end()) continue;
      for (const Json item : entry.items()) {
        if (item.is_object()) require(place, parent->second, item);
      }
    }
    const struct {
      std::string_view key;
      std::string_view scope;
    } kinds[] = {{"dependencies", ""},
                 {"optionalDependencies", "optional"},
                 {"peerDependencies", "peer"},
                 {"devDependencies", "dev"}};
    for (const auto& [folder, workspace] : root["workspaces"].members()) {
      for (const auto& kind : kinds) {
        for (const auto& [name, range] : workspace[kind.key].members()) {
          scopes_.ask(find(workspace["name"].text(), name), kind.scope);
        }
      }
    }
    scopes_.settle(packages_);
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  void take(std::string_view place, const Json& entry, const base::JsonLines& lines) {
    std::string_view written;
    for (const Json item : entry.items()) {
      written = item.text();
      break;
    }
    const NpmDescriptor found = split_npm_descriptor(written);
    // An address or a folder: "git+https://...", "github:...", "workspace:...", "root:".
    if (found.range.find(':') != std::string_view::npos) return;
    const std::size_t number = packages_.add(found.name, found.range, lines.of(entry));
    if (number != FilePackages::kNone) places_.emplace(place, number);
  }

  void require(std::string_view place, std::size_t parent, const Json& info) {
    for (const std::string_view kind :
         {"dependencies", "peerDependencies", "optionalDependencies"}) {
      for (const auto& [name, range] : info[kind].members()) {
        scopes_.require(parent, find(place, name), kind == "optionalDependencies");
      }
    }
  }

  /// Where a package at that place finds another one: beside its own, or further up.
  std::size_t find(std::string_view place, std::string_view name) {
    for (;;) {
      looked_at_ += place.size() + name.size();
      if (looked_at_ > kMaximumLooks) return FilePackages::kNone;
      const std::string wanted =
          place.empty() ? std::string(name) : std::string(place) + "/" + std::string(name);
      const auto found = places_.find(wanted);
      if (found != places_.end()) return found->second;
      if (place.empty()) return FilePackages::kNone;
      place = above(place);
    }
  }

  static constexpr std::uint64_t kMaximumLooks = std::uint64_t{1} << 30;

  FilePackages packages_;
  Scopes scopes_;
  std::unordered_map<std::string, std::size_t> places_;
  std::uint64_t looked_at_ = 0;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  const std::string text = base::plain_json(file.content);
  base::JsonParser parser;
  const auto root = parser.parse(text);
  if (!root) return reader.problem(root.error().what);
  reader.read(*root, base::JsonLines(text));
}

bool wants(std::string_view path) {
  return path.find("/node_modules/") == std::string_view::npos;
}

constexpr Pattern kPatterns[] = {named("bun.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {
      "bun-lock", "JavaScript packages locked by Bun", kPatterns, catalog, nullptr, Needs::File, {},
      wants};
  return kCataloger;
}

}  // namespace vigil::inventory::bun_lock
