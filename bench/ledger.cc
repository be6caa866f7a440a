// What a fleet's store costs when hosts come and advisories change.
//
//   bench_ledger DIR HOSTS [MOST]
//
// DIR/vigil.db is what bench_fleet DIR HOSTS built; it is changed. Prints lines "name value":
//
//   ingest: a host with a set of packages of its own; the same with 5 of 500 packages changed; the
//   same again. Each in a transaction of its own; CPU seconds of one, in the store alone.
//   refresh: 1,000 advisories change. Which profiles and resources hold one of their packages is
//   found; then their findings get another assessment, on at most MOST resources (20,000), 500 in a
//   transaction, with counters and events. Findings a second, of wall and of CPU time.
//   floor: as many rows of a finding, in the same order and as many in a transaction, inserted into a
//   table without any index, without counters or events.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fleet.h"
#include "meter.h"

namespace vigil::bench {
namespace {

constexpr std::size_t kIngests = 200;
constexpr std::size_t kAdvisories = 1000;
constexpr std::size_t kPage = 500;

void print(const char* name, double value) {
  std::printf("%s %.6f\n", name, value);
}

/// The host with `count` packages that nobody else has, and a set and profile of its own.
Fleet::Made changed(Fleet::Made made, std::size_t count, std::uint64_t salt) {
  for (std::size_t i = 0; i < count; ++i) {
    store::PackageVersion& package = made.packages[i * 7 % made.packages.size()];
    package.id = base::xxh3_64("changed", package.id + salt);
    package.version_key += '\x01';
  }
  made.profile.package_set = base::xxh3_64("changed", made.profile.package_set + salt);
  made.profile.id = base::xxh3_64("changed", made.profile.id + salt);
  made.row.profile = made.profile.id;
  return made;
}

Result<void> measure_ingest(store::Store& store, Fleet& fleet) {
  Times first;
  Times few;
  Times none;
  for (std::size_t i = 0; i < kIngests; ++i) {
    const std::size_t host = fleet.size().hosts + 10 * i;  // hosts, no images
    const Fleet::Made one = changed(fleet.make(host, true), 50, 2 * i);
    Fleet::Made two = changed(one, 5, 2 * i + 1);
    // Of the findings two close, two move to another assessment.
    std::vector<findings::Change> moved;
    for (const findings::Change& change : two.changes) {
      if (change.after.status != findings::Status::Active || moved.size() == 4) continue;
      findings::Change next{findings::ChangeKind::Close, change.after, change.after};
      next.after.updated = kNow;
      if (moved.size() < 2) {
        next.after.status = findings::Status::Closed;
        next.after.closed = next.after.last_observed = kNow;
        next.after.delete_after = kNow + 30 * kDay;
      } else {
        next.kind = findings::ChangeKind::Update;
      }
      moved.push_back(next);
    }
    two.changes = std::move(moved);
    const Meter meter_first;
    VIGIL_CHECK(store.write([&](store::Connection& to) { return Fleet::put(to, one); }));
    first += meter_first.taken();
    const Meter meter_few;
    VIGIL_CHECK(store.write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto known, store::findings_of(to, kAccount, two.row.id));
      if (known.size() != one.changes.size()) return fail("findings are missing");
      return Fleet::put(to, two, one.profile.package_set);
    }));
    few += meter_few.taken();
    const Meter meter_none;
    VIGIL_CHECK(store.write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto row, store::find_resource(to, kAccount, two.row.id));
      if (!row) return fail("the resource is missing");
      return store::touch_resource(to, kAccount, row->id, kNow + 60);
    }));
    none += meter_none.taken();
  }
  print("ingest_first_cpu", first.cpu / kIngests);
  print("ingest_changed_cpu", few.cpu / kIngests);
  print("ingest_unchanged_cpu", none.cpu / kIngests);
  print("ingest_first_wall", first.wall / kIngests);
  print("ingest_changed_wall", few.wall / kIngests);
  return ok();
}

/// Advisories of packages that the fleet has, most popular or not.
struct Advisories {
  std::vector<store::ChangedPackage> packages;
  std::set<std::uint64_t> vulnerabilities;
};

Advisories choose(Fleet& fleet) {
  Advisories out;
  for (std::size_t host = 0; host < fleet.size().hosts; ++host) {
    if (out.vulnerabilities.size() == kAdvisories) break;
    const Fleet::Profile& profile = fleet.profile_of(host);
    for (const std::uint32_t package : fleet.sets()[profile.set].packages) {
      for (std::uint64_t i = 0; i < Fleet::vulnerabilities_of(package); ++i) {
        if (out.vulnerabilities.size() == kAdvisories) break;
        const auto assessed = findings::assess(Fleet::finding_of(package, i, true), {});
        if (!out.vulnerabilities.insert(assessed.vulnerability.key).second) continue;
        // Affected up to and with this version.
        out.packages.push_back({.ecosystem = std::string(kEcosystem),
                                .subject = Fleet::name_of(package),
                                .low_key = "",
                                .high_key = Fleet::key_of(package) + '\x01'});
      }
    }
  }
  return out;
}

struct Found {
  std::vector<std::uint64_t> profiles;
  std::vector<std::uint64_t> resources;
};

Result<Found> find(store::Store& store, const Advisories& advisories) {
  Found found;
  const Meter meter;
  VIGIL_CHECK(store.read([&](store::Connection& from) -> Result<void> {
    VIGIL_TRY(found.profiles, store::profiles_holding(from, kAccount, advisories.packages));
    print("refresh_profiles_cpu", meter.taken().cpu);
    for (const std::uint64_t profile : found.profiles) {
      std::uint64_t after = 0;
      for (;;) {
        VIGIL_TRY(const auto page,
                  store::resources_of_profile(from, kAccount, profile, after, kPage));
        found.resources.insert(found.resources.end(), page.begin(), page.end());
        if (page.size() < kPage) break;
        after = page.back();
      }
    }
    return ok();
  }));
  const Times taken = meter.taken();
  print("refresh_advisories", static_cast<double>(advisories.vulnerabilities.size()));
  print("refresh_found_profiles", static_cast<double>(found.profiles.size()));
  print("refresh_found_resources", static_cast<double>(found.resources.size()));
  print("refresh_found_cpu", taken.cpu);
  print("refresh_found_wall", taken.wall);
  return found;
}

/// The assessment that takes the place of another one when its advisory changes.
std::uint64_t successor(std::uint64_t assessment) {
  return base::xxh3_64("successor", assessment);
}

Result<void> put_successors(store::Store& store, Fleet& fleet, const Advisories& advisories) {
  std::set<std::uint64_t> done;
  for (std::size_t host = 0; host < fleet.size().hosts; ++host) {
    const Fleet::Profile& profile = fleet.profile_of(host);
    if (!done.insert(profile.id).second) continue;
    std::vector<findings::Assessed> changed;
    for (findings::Assessed& each : fleet.assessed_of(profile)) {
      if (!advisories.vulnerabilities.contains(each.vulnerability.key)) continue;
      each.assessment.key = successor(each.assessment.key);
      changed.push_back(std::move(each));
    }
    std::vector<const findings::Assessed*> pointers;
    for (const findings::Assessed& each : changed) pointers.push_back(&each);
    VIGIL_CHECK(store.write(
        [&](store::Connection& to) { return store::put_assessments(to, kAccount, pointers); }));
  }
  return ok();
}

std::vector<findings::Change> moved(const std::vector<findings::Known>& known,
                                    const Advisories& advisories) {
  std::vector<findings::Change> changes;
  for (const findings::Known& before : known) {
    if (before.status == findings::Status::Closed) continue;
    if (!advisories.vulnerabilities.contains(before.vulnerability)) continue;
    findings::Known after = before;
    after.assessment = successor(before.assessment);
    after.updated = kNow + 1;
    changes.push_back({findings::ChangeKind::Update, before, after});
  }
  return changes;
}

Result<std::vector<std::size_t>> write(store::Store& store, const Advisories& advisories,
                                       std::span<const std::uint64_t> resources) {
  std::vector<std::size_t> portions;
  std::size_t written = 0;
  const Meter meter;
  while (!resources.empty()) {
    const auto page = resources.first(std::min(kPage, resources.size()));
    resources = resources.subspan(page.size());
    std::size_t count = 0;
    VIGIL_CHECK(store.write([&](store::Connection& to) -> Result<void> {
      VIGIL_TRY(const auto known, store::findings_of(to, kAccount, page));
      std::vector<store::ResourceChanges> changes;
      count = 0;
      for (std::size_t i = 0; i < page.size(); ++i) {
        changes.push_back({page[i], moved(known[i], advisories)});
        count += changes.back().changes.size();
      }
      return store::apply_changes(to, kAccount, changes, kNow + 1);
    }));
    portions.push_back(count);
    written += count;
  }
  const Times taken = meter.taken();
  print("refresh_written", static_cast<double>(written));
  print("refresh_written_per_second", static_cast<double>(written) / taken.wall);
  print("refresh_written_per_cpu_second", static_cast<double>(written) / taken.cpu);
  return portions;
}

Result<void> measure_floor(const std::string& path, const std::vector<std::size_t>& portions) {
  VIGIL_TRY(const auto store, store::Store::open(path));
  VIGIL_CHECK(store->write([](store::Connection& to) {
    return to.run_script(
        "CREATE TABLE floor (account BIGINT NOT NULL, resource BIGINT NOT NULL, vulnerability "
        "BIGINT"
        " NOT NULL, assessment BIGINT NOT NULL, status SMALLINT NOT NULL, rule BIGINT NOT NULL,"
        " first_observed BIGINT NOT NULL, last_observed BIGINT NOT NULL, updated BIGINT NOT NULL,"
        " closed BIGINT NOT NULL, delete_after BIGINT NOT NULL)");
  }));
  std::size_t written = 0;
  const Meter meter;
  for (const std::size_t count : portions) {
    std::vector<store::Value> rows;
    const std::int64_t zero = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::int64_t mixed = static_cast<std::int64_t>((written + i) * 0x9e37'79b9'7f4a'7c15U);
      rows.insert(rows.end(),
                  {kAccount, mixed, mixed, mixed, zero, zero, kNow, zero, kNow, zero, zero});
    }
    VIGIL_CHECK(store->write([&](store::Connection& to) {
      return to.execute_many(
          "INSERT INTO floor VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", 11, rows);
    }));
    written += count;
  }
  const Times taken = meter.taken();
  print("floor_written_per_second", static_cast<double>(written) / taken.wall);
  print("floor_written_per_cpu_second", static_cast<double>(written) / taken.cpu);
  return ok();
}

Result<void> measure(const std::string& directory, std::size_t hosts, std::size_t most) {
  Fleet fleet({.hosts = hosts});
  const Meter meter;
  VIGIL_TRY(const auto store, store::Store::open(directory + "/vigil.db"));
  print("open_wall", meter.taken().wall);
  VIGIL_CHECK(measure_ingest(*store, fleet));
  const Advisories advisories = choose(fleet);
  VIGIL_TRY(const Found found, find(*store, advisories));
  VIGIL_CHECK(put_successors(*store, fleet, advisories));
  const auto resources = std::span(found.resources).first(std::min(most, found.resources.size()));
  VIGIL_TRY(const auto portions, write(*store, advisories, resources));
  VIGIL_CHECK(measure_floor(directory + "/floor.db", portions));
  print("peak_bytes", static_cast<double>(peak_bytes()));
  return ok();
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: bench_ledger DIR HOSTS [MOST]\n", stderr);
    return 3;
  }
  const std::size_t most = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 20'000;
  const auto done = measure(argv[1], std::strtoull(argv[2], nullptr, 10), most);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return 2;
}

}  // namespace
}  // namespace vigil::bench

int main(int argc, char** argv) {
  return vigil::bench::run(argc, argv);
}
