// What lies in a Nix store.
//
// What: Nix keeps each thing at /nix/store/HASH-NAME-VERSION (32 letters of hash) and a database of
// them, /nix/var/nix/db/db.sqlite: table ValidPaths has their paths, Refs which refers to which.
//
// References: nix.dev/manual/nix (store/store-path, "derivation names"), Nix's schema.sql and
// builtins.parseDrvName, whose rule for versions is: they begin behind the first dash that no letter
// follows.
//
// Traps:
//   - The parts of one package (outputs: bin, dev, lib, man ...) are store paths of their own, whose
//     names end in the output; they are reported as one package.
//   - Sources, patches and scripts lie in the same store; what is named like a file, and what has no
//     version, is no package.
//   - Different builds of one version have different hashes; they too are one package here.
//   - The database is in WAL mode: what changed last may stand in db.sqlite-wal alone.
//
// Not handled: stores without a database, as images made by dockerTools have (programs in them are
// recognised by the cataloguers of programs and languages); profiles and generations, so that what
// waits for the garbage collector is reported too; advisories, of which there is no feed.

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/sqlite_rows.h"

namespace vigil::inventory::nix {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{512} << 20;

struct StorePath {
  std::string_view name;
  std::string_view version;
};

bool is_file_name(std::string_view name) {
  constexpr std::string_view kEndings[] = {
      ".drv", ".patch", ".diff", ".sh",   ".tar.gz", ".tgz",   ".tar.xz", ".tar.bz2", ".tar.zst",
      ".zip", ".gem",   ".lock", ".json", ".nix",    ".crate", ".conf",   ".service", ".txt"};
  return std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Of "/nix/store/HASH-openssl-3.0.8-dev" openssl and 3.0.8; no version if it is no package.
StorePath parse(std::string_view path) {
  constexpr std::size_t kHash = 32;
  std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.size() <= kHash + 1 || name[kHash] != '-') return {};
  name.remove_prefix(kHash + 1);
  if (is_file_name(name)) return {};
  for (const std::string_view output :
       {"-bin", "-dev", "-devdoc", "-doc", "-lib", "-man", "-info", "-debug", "-static", "-out",
        "-data", "-dist", "-terminfo"}) {
    if (!name.ends_with(output)) continue;
    name.remove_suffix(output.size());
    break;
  }
  for (std::size_t dash = name.find('-'); dash != std::string_view::npos;
       dash = name.find('-', dash + 1)) {
    if (dash + 1 >= name.size() || base::is_alpha(name[dash + 1])) continue;
    if (!base::is_digit(name[dash + 1])) return {};
    return {name.substr(0, dash), name.substr(dash + 1)};
  }
  return {};
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "nix", model::Evidence::Installed);
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  std::unordered_map<std::string, std::size_t> by_number;
  const auto take_path = [&](std::span<const std::string_view> row) {
    const StorePath found = parse(row[1]);
    if (found.version.empty()) return true;
    const auto [place, is_new] = known.try_emplace(
        {std::string(found.name), std::string(found.version)}, FilePackages::kNone);
    if (is_new) {
      place->second = packages.add(found.name, found.version);
      if (place->second != FilePackages::kNone) {
        packages[place->second].locations[0].path = base::printable(row[1]);
      }
    }
    if (place->second != FilePackages::kNone) by_number.emplace(row[0], place->second);
    return true;
  };
  const auto take_reference = [&](std::span<const std::string_view> row) {
    const auto parent = by_number.find(std::string(row[0]));
    const auto child = by_number.find(std::string(row[1]));
    if (parent != by_number.end() && child != by_number.end()) {
      packages.require(parent->second, child->second);
    }
    return true;
  };
  const SqliteQuery queries[] = {{"SELECT id, path FROM ValidPaths ORDER BY path", take_path},
                                 {"SELECT referrer, reference FROM Refs", take_reference}};
  const auto journal = context.view.read(file.path + "-wal", kLimit);
  const auto read =
      query_sqlite(std::string(file.content),
                   journal ? std::string_view(*journal) : std::string_view{}, queries);
  if (!read) packages.problem(read.error().what);
  packages.finish();
}

constexpr Pattern kPatterns[] = {at("/nix/var/nix/db/db.sqlite")};
constexpr Pattern kCompanions[] = {at("/nix/var/nix/db/db.sqlite-wal")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"nix",       "Nix store", kPatterns, catalog, nullptr,
                                       Needs::Tree, kCompanions, nullptr,   kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::nix
