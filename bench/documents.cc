// What writing and reading inventories costs, in milliseconds of CPU a call: the best of many calls.
//
//   bench_documents              "name milliseconds", one a line
//   bench_documents SNAPSHOT     the same, and 2,000 components of an SBOM matched against it
//
// The inventory has 500 packages as dpkg gives them; the delta changes 5 of them. The SBOM has 20,000
// components; the one that is matched names packages of the snapshot itself, each with version 1.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>

#include "intel/snapshot.h"
#include "inventory/delta.h"
#include "inventory/document.h"
#include "inventory/sbom/sbom.h"
#include "match/match.h"

namespace vigil {
namespace {

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Runs for about half a second of CPU, at least three times. `work` says whether it did what it should.
void measure(const char* name, const std::function<bool()>& work) {
  double best = 1e9;
  double total = 0;
  for (int round = 0; round < 3 || total < 0.5; ++round) {
    const double begin = cpu_seconds();
    const bool done = work();
    const double took = cpu_seconds() - begin;
    if (!done) {
      std::printf("%s failed\n", name);
      return;
    }
    best = std::min(best, took);
    total += took;
  }
  std::printf("%-40s %.3f\n", name, best * 1000);
}

inventory::Inventory host() {
  inventory::Inventory out;
  out.os.id = "debian";
  out.os.version = "12";
  out.os.ecosystem = "Debian:12";
  for (int i = 0; i < 500; ++i) {
    model::Package package;
    package.ecosystem = "Debian:12";
    package.name = "libpackage" + std::to_string(i * 7919 % 500) + "-dev";
    package.version = "1:3.0.15-1~deb12u" + std::to_string(i % 3);
    package.architecture = "amd64";
    package.source_name = "package";
    package.source_version = package.version;
    package.manager = "OS";
    package.vendor = "Debian Maintainers <maintainers@example.org>";
    package.package_url =
        "pkg:deb/debian/" + package.name + "@" + package.version + "?arch=amd64&distro=debian-12";
    package.locations = {{"/var/lib/dpkg/status", static_cast<std::uint32_t>(i * 20)}};
    out.packages.push_back(std::move(package));
  }
  return out;
}

std::string sbom_of(const std::vector<std::string>& purls) {
  std::string components;
  for (const std::string& purl : purls) {
    if (!components.empty()) components += ',';
    components += R"({"type":"library","bom-ref":")" + std::to_string(components.size()) +
                  R"(","name":"a","version":"1","purl":")" + purl + R"("})";
  }
  return R"({"bomFormat":"CycloneDX","specVersion":"1.5","components":[)" + components + "]}";
}

void measure_documents() {
  const inventory::Inventory base = host();
  inventory::Inventory now = base;
  for (std::size_t i = 0; i < 5; ++i) now.packages[i * 100].version = "2:1";
  const std::string document = inventory::inventory_document(base);
  const std::string delta = inventory::delta_document(base, now);
  measure("inventory-of-500-write",
          [&] { return inventory::inventory_document(base) == document; });
  measure("inventory-of-500-read",
          [&] { return inventory::parse_inventory(document).value().packages.size() == 500; });
  measure("inventory-of-500-digest", [&] { return inventory::digest_of(base).size() == 64; });
  measure("delta-of-5-write", [&] { return inventory::delta_document(base, now) == delta; });
  measure("delta-of-5-read-and-apply", [&] {
    const auto read = inventory::parse_delta(delta);
    return read && inventory::apply_delta(base, *read).has_value();
  });
  std::vector<std::string> purls;
  purls.reserve(20'000);
  for (int i = 0; i < 20'000; ++i)
    purls.push_back("pkg:npm/package-" + std::to_string(i) + "@1.2.3");
  const std::string sbom = sbom_of(purls);
  measure("sbom-of-20000-read",
          [&] { return inventory::read_sbom(sbom).value().inventory.packages.size() == 20'000; });
}

/// 2,000 packages from all over the snapshot, of the kinds that need no release.
std::vector<std::string> purls_of(const intel::Snapshot& snapshot) {
  std::vector<std::string> purls;
  const std::size_t step = std::max<std::size_t>(1, snapshot.package_count() / 20'000);
  for (std::size_t i = 0; i < snapshot.package_count() && purls.size() < 2000; i += step) {
    const intel::Snapshot::PackageEntry package = snapshot.package(i);
    const std::string name(package.name);
    if (package.ecosystem == "PyPI") purls.push_back("pkg:pypi/" + name + "@1");
    if (package.ecosystem == "npm" && name.front() != '@')
      purls.push_back("pkg:npm/" + name + "@1");
    if (package.ecosystem == "Debian:12") {
      purls.push_back("pkg:deb/debian/" + name + "@1?distro=debian-12");
    }
  }
  return purls;
}

int measure_match(const char* path) {
  const auto snapshot = intel::Snapshot::open(path);
  if (!snapshot) {
    std::fprintf(stderr, "%s\n", snapshot.error().text().c_str());
    return 1;
  }
  const std::vector<std::string> purls = purls_of(*snapshot);
  const std::string sbom = sbom_of(purls);
  std::size_t pairs = 0;
  measure("sbom-of-2000-read-and-match", [&] {
    const auto read = inventory::read_sbom(sbom);
    if (!read) return false;
    pairs = 0;
    for (const match::Match& match : match::match(read->inventory, *snapshot, {}).matches) {
      pairs += match.packages.size();
    }
    return true;
  });
  std::printf("%-40s %zu\n", "components", purls.size());
  std::printf("%-40s %zu\n", "pairs-found", pairs);
  return 0;
}

}  // namespace
}  // namespace vigil

int main(int argc, char** argv) {
  vigil::measure_documents();
  return argc > 1 ? vigil::measure_match(argv[1]) : 0;
}
