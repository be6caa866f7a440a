// Packages that Deno has locked: deno.lock of the versions 2 to 5.
//
// What: JSON. `npm` and `jsr` hold packages by "name@version", with their dependencies; `specifiers`
// says to what "npm:chalk@5" and "jsr:@std/path@1" were resolved. In version 3 these three stand
// below `packages`, in version 2 below `npm` alone. `workspace` says what the project asks for.
//
// References: docs.deno.com/runtime/fundamentals/modules (integrity checking and lock files); the
// crate deno_lockfile.
//
// Traps:
//   - A key may end in the peers it was resolved with: "foo@1.0.0_react@18.2.0".
//   - Dependencies are an object of names and keys (2, 3) or an array of names that leaves out the
//     version where there is only one (4, 5). Those of jsr packages are specifiers.
//   - `remote` are addresses of single files: they belong to no package.
//   - JSR is a registry of its own, of which no advisories speak.

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "inventory/npm_names.h"
#include "inventory/scopes.h"

namespace vigil::inventory::deno_lock {
namespace {

using base::Json;

std::string_view without_peers(std::string_view version) {
  return version.substr(0, version.find('_'));
}

class Reader {
 public:
  Reader(const File& file, Context& context)
      : path_(file.path),
        lines_(file.content),
        packages_(file, context, "npm", model::Evidence::Locked) {}

  void read(const Json& root) {
    const std::string_view version = root["version"].text();
    const Json inner = version == "2" ? root["npm"] : version == "3" ? root["packages"] : root;
    const Json npm = version == "2" ? inner["packages"] : inner["npm"];
    for (const auto& [key, entry] : npm.members()) take("npm:", key, entry);
    for (const auto& [key, entry] : inner["jsr"].members()) take("jsr:", key, entry);
    for (const auto& [specifier, resolved] : inner["specifiers"].members()) {
      specifiers_.emplace(specifier, resolve(specifier, resolved.text()));
    }
    for (const auto& [key, entry] : npm.members()) require("npm:", key, entry);
    for (const auto& [key, entry] : inner["jsr"].members()) require("jsr:", key, entry);
    ask(root, inner["specifiers"]);
    scopes_.settle(packages_);
    packages_.finish();
  }

  void problem(std::string why) {
    packages_.problem(std::move(why));
    packages_.finish();
  }

 private:
  void take(std::string_view registry, std::string_view key, const Json& entry) {
    const NpmDescriptor found = split_npm_descriptor(key);
    const std::string_view version = without_peers(found.range);
    const std::string id =
        std::string(registry) + std::string(found.name) + "@" + std::string(version);
    std::size_t number = FilePackages::kNone;
    if (const auto known = by_version_.find(id); known != by_version_.end()) {
      number = known->second;
    } else {
      number = packages_.add(found.name, version, lines_.of(entry));
      if (number == FilePackages::kNone) return;
      by_version_.emplace(id, number);
      if (registry == "jsr:") {
        packages_[number] = language_package("jsr", found.name, version, path_, lines_.of(entry));
        packages_[number].evidence = model::Evidence::Locked;
      }
    }
    keys_.emplace(std::string(registry) + std::string(key), number);
    // The only version of its name, or none.
    const std::string name = std::string(registry) + std::string(found.name);
    const auto [known, is_new] = by_name_.try_emplace(name, number);
    if (!is_new && known->second != number) known->second = FilePackages::kNone;
  }

  /// "npm:chalk@5" and "5.3.0", "chalk@5.3.0" or "npm:chalk@5.3.0", whatever the version has.
  [[nodiscard]] std::size_t resolve(std::string_view specifier, std::string_view resolved) const {
    const std::string registry(specifier.starts_with("jsr:") ? "jsr:" : "npm:");
    if (specifier.starts_with("jsr:") || specifier.starts_with("npm:")) specifier.remove_prefix(4);
    const std::string name(split_npm_descriptor(specifier).name);
    for (const std::string& key : {registry + name + "@" + std::string(resolved),
                                   registry + std::string(resolved), std::string(resolved)}) {
      if (const auto found = keys_.find(key); found != keys_.end()) return found->second;
    }
    return FilePackages::kNone;
  }

  [[nodiscard]] std::size_t find(std::string_view registry, std::string_view text) const {
    const std::string written(text);
    if (const auto found = specifiers_.find(written); found != specifiers_.end()) {
      return found->second;
    }
    if (const auto found = keys_.find(std::string(registry) + written); found != keys_.end()) {
      return found->second;
    }
    // A specifier without a range, where there is only one of that name.
    const bool has_registry = text.starts_with("npm:") || text.starts_with("jsr:");
    const auto only = by_name_.find(has_registry ? written : std::string(registry) + written);
    return only == by_name_.end() ? FilePackages::kNone : only->second;
  }

  void require(std::string_view registry, std::string_view key, const Json& entry) {
    const auto parent = keys_.find(std::string(registry) + std::string(key));
    if (parent == keys_.end()) return;
    for (const bool optional : {false, true}) {
      const Json list = entry[optional ? "optionalDependencies" : "dependencies"];
      for (const Json item : list.items()) {
        if (registry == "jsr:") from_packages_.emplace(item.text());
        scopes_.require(parent->second, find(registry, item.text()), optional);
      }
      for (const auto& [name, resolved] : list.members()) {
        scopes_.require(parent->second, find(registry, resolved.text()), optional);
      }
    }
  }

  void ask(const Json& root, const Json& specifiers) {
    const Json workspace = root["workspace"];
    if (!workspace.is_object()) {
      for (const auto& [specifier, resolved] : specifiers.members()) {
        if (!from_packages_.contains(std::string(specifier))) {
          scopes_.ask(find("npm:", specifier), "");
        }
      }
      return;
    }
    ask_all(workspace);
    for (const auto& [folder, member] : workspace["members"].members()) ask_all(member);
  }

  void ask_all(const Json& project) {
    for (const Json one : project["dependencies"].items())
      scopes_.ask(find("npm:", one.text()), "");
    for (const Json one : project["packageJson"]["dependencies"].items()) {
      scopes_.ask(find("npm:", one.text()), "");
    }
  }

  const std::string& path_;
  base::JsonLines lines_;
  FilePackages packages_;
  Scopes scopes_;
  std::unordered_map<std::string, std::size_t> by_version_;
  std::unordered_map<std::string, std::size_t> keys_;
  std::unordered_map<std::string, std::size_t> by_name_;
  std::unordered_map<std::string, std::size_t> specifiers_;
  std::unordered_set<std::string> from_packages_;
};

void catalog(const File& file, Context& context) {
  Reader reader(file, context);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) return reader.problem(root.error().what);
  reader.read(*root);
}

constexpr Pattern kPatterns[] = {named("deno.lock")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"deno-lock", "Packages locked by Deno (npm and JSR)",
                                       kPatterns, catalog};
  return kCataloger;
}

}  // namespace vigil::inventory::deno_lock
