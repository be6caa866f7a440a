// How many (package, version) pairs a second are looked up in a real snapshot on one core.
//
//   bench_match SNAPSHOT            "lookups seconds compared affected", one line; CPU seconds
//   bench_match SNAPSHOT --every    the same by asking each advisory: slower, and the same answer
//   bench_match SNAPSHOT --sources  the files that went into the snapshot, one a line
//
// The inventory is made from the snapshot itself: every package name it knows, again and again in
// random order, each time with a random version out of the bounds its ecosystem's advisories name.
// A lookup finds the name and decides for every advisory of that name whether it affects the version, as
// a scan does: the advisories are sorted by their end, so those behind the first that ends below the
// version are decided by that one comparison. Making a key is not part of it; an inventory carries its keys.
#include <cstdio>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "intel/snapshot.h"

namespace vigil {
namespace {

constexpr std::size_t kLookups = 2'000'000;
constexpr std::uint64_t kSeed = 20261123;

struct Item {
  std::string_view ecosystem;
  std::string_view name;
  std::string_view key;
};

std::vector<Item> make_inventory(const intel::Snapshot& snapshot) {
  std::map<std::string_view, std::vector<std::string_view>> keys;
  for (std::size_t i = 0; i < snapshot.package_count(); ++i) {
    const intel::Snapshot::PackageEntry package = snapshot.package(i);
    for (const intel::Advisory advisory : package.advisories) {
      if (!advisory.high_key().empty()) keys[package.ecosystem].push_back(advisory.high_key());
    }
  }
  std::mt19937_64 random(kSeed);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  std::vector<Item> inventory;
  inventory.reserve(kLookups);
  while (inventory.size() < kLookups) {
    const intel::Snapshot::PackageEntry package = snapshot.package(below(snapshot.package_count()));
    const auto& candidates = keys[package.ecosystem];
    if (candidates.empty()) {
      if (keys.size() == 1) break;
      continue;
    }
    inventory.push_back({package.ecosystem, package.name, candidates[below(candidates.size())]});
  }
  return inventory;
}

int measure(const intel::Snapshot& snapshot, bool every) {
  const std::vector<Item> inventory = make_inventory(snapshot);
  std::size_t compared = 0;
  std::size_t affected = 0;
  const std::clock_t start = std::clock();
  for (const Item& item : inventory) {
    const intel::Advisories advisories = snapshot.advisories(item.ecosystem, item.name);
    compared += advisories.size();
    if (!every) {
      advisories.for_each_affecting(item.key, [&](const intel::Advisory&) { ++affected; });
      continue;
    }
    for (const intel::Advisory advisory : advisories) {
      if (advisory.affects(item.key)) ++affected;
    }
  }
  const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%zu %.6f %zu %zu\n", inventory.size(), taken, compared, affected);
  return 0;
}

int run(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: bench_match SNAPSHOT [--every | --sources]\n", stderr);
    return 3;
  }
  const auto snapshot = intel::Snapshot::open(argv[1]);
  if (!snapshot) {
    std::fprintf(stderr, "%s\n", snapshot.error().text().c_str());
    return 2;
  }
  const std::string_view mode = argc > 2 ? argv[2] : "";
  if (mode != "--sources") return measure(*snapshot, mode == "--every");
  for (const intel::Source& source : snapshot->sources()) std::puts(source.label.c_str());
  return 0;
}

}  // namespace
}  // namespace vigil

int main(int argc, char** argv) {
  return vigil::run(argc, argv);
}
