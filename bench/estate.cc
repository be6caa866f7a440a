// What ingesting a host costs, and what it takes for findings to follow new intelligence.
//
//   bench_estate DIR HOSTS [SETS]    DIR must be there and empty
//
// A made-up fleet (fleet.h): SETS (1,000) sets of 500 packages, HOSTS hosts that share them, and
// intelligence about its 6,000 packages of which a refresh changes 1,000 advisories. Prints lines "name value"; times
// are in milliseconds of CPU of this process unless they say wall.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/file.h"
#include "estate/accounts.h"
#include "estate/ingest.h"
#include "estate/refresh.h"
#include "fleet.h"
#include "intel/compile.h"

namespace vigil::bench {
namespace {

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void print(const char* name, double value) {
  std::printf("%s %.3f\n", name, value);
  std::fflush(stdout);
}

const intel::Feed kTracker{"debian-tracker", "", "", {}, 1, nullptr, nullptr, 30};

intel::Facts facts_of(const std::string& id) {
  intel::Facts facts;
  facts.details.id = id;
  facts.details.description = id + " allows somebody who can reach the service to make it do what ";
  for (int i = 0; i < 4; ++i)
    facts.details.description += "its authors did not mean it to, under circumstances, and so on. ";
  for (int i = 0; i < 5; ++i)
    facts.details.references.push_back("https://example.org/advisory/" + id + "/" +
                                       std::to_string(i));
  model::CvssRating rating;
  rating.version = "3.1";
  rating.vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N";
  rating.score = 9.1;
  rating.source = "NVD";
  rating.origin = model::CvssOrigin::Nvd;
  facts.details.cvss.push_back(rating);
  return facts;
}

/// Up to three vulnerabilities of each package, each fixed in one of its versions; of the first
/// `changed` packages that have one, one says another version.
Result<std::shared_ptr<const intel::Snapshot>> intelligence(const std::string& path,
                                                            std::size_t changed) {
  intel::SegmentWriter writer(path);
  writer.begin_document(kTracker);
  for (std::uint32_t package = 0; package < Fleet::kPackages; ++package) {
    const std::uint64_t count = pick(4, 101, package);
    for (std::uint64_t i = 0; i < count; ++i) {
      std::uint64_t fixed = 1 + pick(Fleet::kVersions - 1, 102, package, i);
      if (changed > 0 && i == 0) {
        fixed = fixed % (Fleet::kVersions - 1) + 1;
        --changed;
      }
      const std::string id = "CVE-2025-" + std::to_string(10000 + package * 4 + i);
      const auto number = static_cast<std::uint32_t>(package * Fleet::kVersions + fixed);
      intel::Statement statement;
      statement.ecosystem = kEcosystem;
      statement.package = Fleet::name_of(number);
      statement.vulnerability = id;
      statement.state = model::FixState::Fixed;
      statement.ranges = {{"", Fleet::version_of(number), ""}};
      writer.statement(std::move(statement));
      writer.facts(facts_of(id));
    }
  }
  VIGIL_CHECK(base::write_file_atomically(path + ".segment", writer.take()));
  VIGIL_TRY(const intel::Segment segment, intel::Segment::open(path + ".segment"));
  VIGIL_CHECK(intel::compile_to_file({{&segment, {"a", path, "directory", 0, false, "", {}}}}, kNow,
                                     path + ".intel"));
  VIGIL_TRY(intel::Snapshot snapshot, intel::Snapshot::open(path + ".intel"));
  return std::make_shared<const intel::Snapshot>(std::move(snapshot));
}

inventory::Inventory inventory_of(const Fleet::Set& set) {
  inventory::Inventory inventory;
  inventory.os.id = "debian";
  inventory.os.version = "12";
  inventory.os.ecosystem = kEcosystem;
  for (const std::uint32_t number : set.packages)
    inventory.packages.push_back(Fleet::package_of(number));
  return inventory;
}

findings::Resource resource_of(std::size_t host) {
  findings::Resource resource;
  resource.id = findings::instance_id("host " + std::to_string(host));
  resource.account = kAccountDigits;
  resource.region = "us-east-1";
  resource.platform = "DEBIAN_12";
  resource.name = "host-" + std::to_string(host);
  resource.tags["vigil:name"] = resource.name;
  return resource;
}

class Measure {
 public:
  Measure(estate::Estate& estate, const Fleet& fleet) : estate_(estate), fleet_(fleet) {}

  /// Milliseconds of CPU per host.
  Result<double> ingest(std::size_t first, std::size_t count, std::uint32_t upgrades) {
    double cpu = 0;
    for (std::size_t host = first; host < first + count; ++host) {
      Fleet::Set set = fleet_.sets()[host % fleet_.sets().size()];
      for (std::uint32_t i = 0; i < upgrades; ++i) {
        std::uint32_t& number = set.packages[i * 97 % set.packages.size()];
        number = number / Fleet::kVersions * Fleet::kVersions + (number + 1) % Fleet::kVersions;
      }
      const inventory::Inventory inventory = inventory_of(set);
      const findings::Resource resource = resource_of(host);
      const double start = cpu_seconds();
      VIGIL_CHECK(estate::ingest(estate_, resource, inventory, {}));
      cpu += cpu_seconds() - start;
    }
    return cpu * 1000 / static_cast<double>(count);
  }

 private:
  estate::Estate& estate_;
  const Fleet& fleet_;
};

Result<void> run(const std::string& directory, std::size_t hosts, std::size_t sets) {
  const Fleet fleet({.hosts = hosts, .sets = sets});
  VIGIL_TRY(auto store, store::Store::open(directory + "/vigil.db"));
  estate::Estate estate(std::move(store), {});
  VIGIL_TRY(const auto before, intelligence(directory + "/before", 0));
  VIGIL_TRY(const auto after, intelligence(directory + "/after", 1000));
  estate.set_intelligence(before);
  VIGIL_CHECK(estate::create_account(estate, kAccountDigits, "bench"));
  VIGIL_CHECK(estate::refresh(estate, nullptr));

  Measure measure(estate, fleet);
  const double wall = wall_seconds();
  VIGIL_TRY(const double first, measure.ingest(0, sets, 0));
  print("ingest_first", first);
  if (hosts > sets) {
    VIGIL_TRY(const double alike, measure.ingest(sets, hosts - sets, 0));
    print("ingest_alike", alike);
  }
  print("ingest_wall_seconds", wall_seconds() - wall);
  VIGIL_TRY(const double unchanged, measure.ingest(0, 200, 0));
  print("ingest_unchanged", unchanged);
  VIGIL_TRY(const double upgraded, measure.ingest(0, 200, 5));
  print("ingest_5_changed", upgraded);

  estate.set_intelligence(after);
  const double cpu = cpu_seconds();
  VIGIL_TRY(const estate::Refreshed done, estate::refresh(estate, before));
  print("refresh_cpu_seconds", cpu_seconds() - cpu);
  print("refresh_found_wall_seconds", done.found_seconds);
  print("refresh_wall_seconds", done.seconds);
  print("refresh_profiles", static_cast<double>(done.profiles));
  print("refresh_resources", static_cast<double>(done.resources));
  print("refresh_changes", static_cast<double>(done.changes));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  print("peak_mib", static_cast<double>(usage.ru_maxrss) / 1024);
  return ok();
}

}  // namespace
}  // namespace vigil::bench

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fputs("bench_estate DIR HOSTS [SETS]\n", stderr);
    return 2;
  }
  const auto done =
      vigil::bench::run(argv[1], static_cast<std::size_t>(std::atoll(argv[2])),
                        argc == 4 ? static_cast<std::size_t>(std::atoll(argv[3])) : 1000);
  if (done) return 0;
  std::fprintf(stderr, "bench_estate: %s\n", done.error().text().c_str());
  return 1;
}
