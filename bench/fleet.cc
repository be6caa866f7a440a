// Builds the database of a made-up fleet (fleet.h), and says what that costs.
//
//   bench_fleet DIR HOSTS [AT_ONCE]
//
// Makes DIR/vigil.db, which must not be there, with so many resources, AT_ONCE in a transaction
// (100 unless said otherwise; a server ingests one). Prints lines "name value": seconds of wall and CPU
// time without the making of the fleet itself, findings, bytes by kind of table, peak memory.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "fleet.h"
#include "meter.h"

namespace vigil::bench {
namespace {

Result<void> print_sizes(store::Store& store) {
  return store.read([](store::Connection& from) {
    return from.query(
        "SELECT CASE WHEN tbl_name LIKE 'package%' OR tbl_name LIKE 'profile%'"
        " OR tbl_name LIKE 'resource%' THEN 'inventory' WHEN tbl_name = 'finding' THEN 'findings'"
        " WHEN tbl_name = 'outbox' THEN 'events' ELSE 'assessments' END AS kind, sum(d.pgsize)"
        " FROM dbstat d JOIN sqlite_schema s ON s.name = d.name"
        " WHERE d.aggregate = TRUE GROUP BY kind",
        {}, [](const store::Row& row) {
          std::printf("bytes_%s %lld\n", std::string(row.text(0)).c_str(),
                      static_cast<long long>(row.integer(1)));
          return true;
        });
  });
}

Result<void> build(const std::string& path, std::size_t hosts, std::size_t at_once) {
  Fleet fleet({.hosts = hosts});
  VIGIL_TRY(const auto store, store::Store::open(path));
  VIGIL_CHECK(store->write(Fleet::put_rules));
  Times times;
  std::size_t findings = 0;
  std::vector<Fleet::Made> made;
  for (std::size_t host = 0; host < hosts;) {
    made.clear();
    const std::size_t end = std::min(hosts, host + at_once);
    for (std::size_t each = host; each < end; ++each) made.push_back(fleet.make(each));
    const Meter meter;
    VIGIL_CHECK(store->write([&](store::Connection& to) -> Result<void> {
      for (const Fleet::Made& each : made) VIGIL_CHECK(Fleet::put(to, each));
      return ok();
    }));
    times += meter.taken();
    for (const Fleet::Made& each : made) findings += each.changes.size();
    if (host / 10'000 != end / 10'000) {
      std::fprintf(stderr, "%zu of %zu hosts, %zu findings, %.0f s, CPU %.0f s\n", end, hosts,
                   findings, times.wall, times.cpu);
    }
    host = end;
  }
  std::printf("hosts %zu\nfindings %zu\nwall %.3f\ncpu %.3f\npeak_bytes %lld\n", hosts, findings,
              times.wall, times.cpu, peak_bytes());
  return print_sizes(*store);
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: bench_fleet DIR HOSTS [AT_ONCE]\n", stderr);
    return 3;
  }
  const std::size_t at_once = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 100;
  const auto done = build(std::string(argv[1]) + "/vigil.db", std::strtoull(argv[2], nullptr, 10),
                          std::max<std::size_t>(at_once, 1));
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return 2;
}

}  // namespace
}  // namespace vigil::bench

int main(int argc, char** argv) {
  return vigil::bench::run(argc, argv);
}
