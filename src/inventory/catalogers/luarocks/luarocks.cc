// Lua rocks that are installed: what LuaRocks keeps below lib/luarocks/rocks-5.x.
//
// What: rocks-5.1/NAME/VERSION/NAME-VERSION.rockspec, a Lua program that only assigns:
//   package = "luasocket"
//   version = "3.1.0-1"
//   description = { license = "MIT" }
//
// References: github.com/luarocks/luarocks/wiki/Rockspec-format, .../File-locations.
//
// Traps:
//   - The version ends in the revision of the rockspec, "3.1.0-1".
//   - The folders say name and version already, and they are what LuaRocks itself goes by. The file
//     is looked at for the licence alone.
//   - A project has its own rockspec beside its code: only those in a tree of rocks are installed.
//   - "scm-1" and "dev-1" are the head of a repository.
//
// Not handled: `dependencies`, which hold ranges; the tree's own `manifest`, which repeats this.

#include <array>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::luarocks {
namespace {

struct Rock {
  std::string_view name;
  std::string_view version;
};

/// Of ".../rocks-5.1/NAME/VERSION/NAME-VERSION.rockspec"; older trees are called "rocks".
std::optional<Rock> rock_of(std::string_view path) {
  std::array<std::string_view, 4> parts;  // the file, its folder, ...
  for (std::string_view& part : parts) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return std::nullopt;
    part = path.substr(slash + 1);
    path = path.substr(0, slash);
  }
  const auto& [file, version, name, tree] = parts;
  if (tree != "rocks" && !tree.starts_with("rocks-")) return std::nullopt;
  if (file.size() != name.size() + version.size() + 10 || !file.starts_with(name)) {
    return std::nullopt;
  }
  return Rock{name, version};
}

/// license = "MIT" or 'MIT'
std::string_view license_in(std::string_view text) {
  while (const auto line = base::next_line(text)) {
    std::string_view rest = base::trim(*line);
    const std::size_t key = rest.find("license");
    if (key == std::string_view::npos) continue;
    if (key != 0 && base::is_alnum(rest[key - 1])) continue;
    rest = base::trim(rest.substr(key + 7));
    if (!rest.starts_with('=')) continue;
    rest = base::trim(rest.substr(1));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) continue;
    const std::size_t end = rest.find(rest[0], 1);
    if (end != std::string_view::npos) return rest.substr(1, end - 1);
  }
  return {};
}

void catalog(const File& file, Context& context) {
  const auto rock = rock_of(file.path);
  if (!rock) return;
  FilePackages packages(file, context, "luarocks", model::Evidence::Installed);
  const std::size_t added = packages.add(rock->name, rock->version);
  if (added != FilePackages::kNone) {
    packages[added].license = base::printable(license_in(file.content));
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return rock_of(path).has_value();
}

constexpr Pattern kPatterns[] = {ending(".rockspec")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"luarocks", "Lua rocks", kPatterns, catalog,
                                       nullptr,    Needs::File, {},        wants};
  return kCataloger;
}

}  // namespace vigil::inventory::luarocks
