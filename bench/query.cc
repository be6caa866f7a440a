// How fast findings are listed and counted in a large store: see docs/performance.md.
//
//   bench_query DATABASE              queries at once, aggregations, coverage; lines "name p50 p99 ..."
//   bench_query DATABASE --walk       one query paged to its end
//
// The database is one that bench_fleet made. Each combination of filter and sort is asked by 50 threads
// at once, as a server with 50 requests in flight does, with values that vary from query to query; the
// time is from asking to having the page, waiting included. The combinations are asked by themselves,
// and then all mixed.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/hash.h"
#include "findings/filter.h"
#include "store/aggregate.h"
#include "store/coverage.h"
#include "store/find.h"
#include "store/store.h"

namespace vigil::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int64_t kAccount = 123456789012;
constexpr std::int64_t kNow = 1'795'000'000;
constexpr std::size_t kInFlight = 50;

/// CPU time of this thread.
double cpu_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

/// What is asked, by a number that varies from query to query.
struct Combination {
  const char* name;
  store::SortField sort;
  bool descending;
  std::function<std::string(std::uint64_t)> filter;
};

/// Names that are in the store, so that filters find something.
struct Names {
  std::vector<std::string> vulnerabilities, titles, packages, resources, repositories, images;
};

std::uint64_t varied(std::uint64_t number, std::uint64_t limit) {
  number = (number + 1) * 0x9E3779B97F4A7C15ULL;
  number ^= number >> 29U;
  return (number * 0xBF58476D1CE4E5B9ULL >> 32U) % limit;
}

Result<Names> read_names(store::Store& from) {
  Names out;
  const auto read = [&](std::string_view sql, std::vector<std::string>& to) {
    return from.read([&](store::Connection& connection) {
      return connection.query(sql, {kAccount}, [&](const store::Row& row) {
        to.emplace_back(row.text(0));
        return to.size() < 500;
      });
    });
  };
  VIGIL_CHECK(read("SELECT name FROM vulnerability WHERE account = $1 ORDER BY id LIMIT 500",
                   out.vulnerabilities));
  VIGIL_CHECK(
      read("SELECT title FROM assessment WHERE account = $1 ORDER BY id LIMIT 500", out.titles));
  VIGIL_CHECK(
      read("SELECT name FROM assessment_package WHERE account = $1 LIMIT 500", out.packages));
  VIGIL_CHECK(read("SELECT resource_id FROM resource WHERE account = $1 ORDER BY id LIMIT 500",
                   out.resources));
  const auto values = [](std::string_view field) {
    return "SELECT DISTINCT text FROM resource_attribute WHERE account = $1 AND field = " +
           std::to_string(*findings::filter_field(field)) + " LIMIT 500";
  };
  VIGIL_CHECK(read(values("ecrImageRepositoryName"), out.repositories));
  VIGIL_CHECK(read(values("ec2InstanceImageId"), out.images));
  return out;
}

std::string equals(std::string_view field, std::string_view value) {
  return "\"" + std::string(field) + R"(":[{"comparison":"EQUALS","value":")" + std::string(value) +
         "\"}]";
}

std::vector<Combination> combinations(const Names& names) {
  using enum store::SortField;
  const auto fixed = [](std::string filter) {
    return [filter = "{" + filter + "}"](std::uint64_t) { return filter; };
  };
  const auto one_of = [](std::string field, const std::vector<std::string>& values,
                         std::string more = "") {
    return [field, &values, more](std::uint64_t number) {
      return "{" + equals(field, values.empty() ? "x" : values[varied(number, values.size())]) +
             more + "}";
    };
  };
  const std::string active = equals("findingStatus", "ACTIVE");
  const auto team = [](std::uint64_t number) {
    return R"({"resourceTags":[{"comparison":"EQUALS","key":"team","value":"team-)" +
           std::to_string(varied(number, 200)) + "\"}]}";
  };
  const auto production = fixed(
      active +
      R"(,"resourceTags":[{"comparison":"EQUALS","key":"environment","value":"production"}])");
  const auto since = [](std::string field, std::int64_t seconds) {
    return "\"" + field + "\":[{\"startInclusive\":" + std::to_string(kNow - seconds) + "}]";
  };
  return {
      {"everything, unsorted", None, false, fixed("")},
      {"active, by severity", Severity, true, fixed(active)},
      {"active, by score", InspectorScore, true, fixed(active)},
      {"active, by EPSS", EpssScore, true, fixed(active)},
      {"active, by vulnerability", VulnerabilityId, false, fixed(active)},
      {"active critical, by first observed", FirstObservedAt, true,
       fixed(active + "," + equals("severity", "CRITICAL"))},
      {"active, by last observed", LastObservedAt, true, fixed(active)},
      {"closed, by severity", Severity, true, fixed(equals("findingStatus", "CLOSED"))},
      {"suppressed, by score", InspectorScore, true, fixed(equals("findingStatus", "SUPPRESSED"))},
      {"one vulnerability, by severity", Severity, true,
       one_of("vulnerabilityId", names.vulnerabilities)},
      {"one vulnerability, by first observed", FirstObservedAt, true,
       one_of("vulnerabilityId", names.vulnerabilities)},
      {"one title, by score", InspectorScore, true, one_of("title", names.titles)},
      {"one resource, by severity", Severity, true, one_of("resourceId", names.resources)},
      {"one repository, by score", InspectorScore, true,
       one_of("ecrImageRepositoryName", names.repositories)},
      {"one image, by severity", Severity, true,
       one_of("ec2InstanceImageId", names.images, "," + active)},
      {"one team's tag, by severity", Severity, true, team},
      {"production's tag, by score", InspectorScore, true, production},
      {"one package, by EPSS", EpssScore, true,
       [&names](std::uint64_t number) {
         return R"({"vulnerablePackages":[{"name":{"comparison":"EQUALS","value":")" +
                (names.packages.empty() ? "x"
                                        : names.packages[varied(number, names.packages.size())]) +
                "\"}}]}";
       }},
      {"score 9 and more with exploit and fix, by EPSS", EpssScore, true,
       fixed(active + "," + equals("exploitAvailable", "YES") + "," +
             equals("fixAvailable", "YES") + R"(,"inspectorScore":[{"lowerInclusive":9}])")},
      {"updated in the last day, unsorted", None, false, fixed(since("updatedAt", 86400))},
      {"first observed in the last week, by severity", Severity, true,
       fixed(active + "," + since("firstObservedAt", 7 * 86400))},
      {"images, by repository", EcrImageRepositoryName, false,
       fixed(active + "," + equals("resourceType", "AWS_ECR_CONTAINER_IMAGE"))},
      {"by status", FindingStatus, true, fixed("")},
      {"CVE-2024 not high, by vendor severity", VendorSeverity, true,
       fixed(R"("vulnerabilityId":[{"comparison":"PREFIX","value":"CVE-2024-"}],)"
             R"("severity":[{"comparison":"NOT_EQUALS","value":"HIGH"}])")},
  };
}

Result<store::FindQuery> query_of(const Combination& combination, std::uint64_t number) {
  store::FindQuery out;
  out.accounts = {kAccount};
  VIGIL_TRY(out.filter, findings::parse_filter(combination.filter(number)));
  out.sort = combination.sort;
  out.descending = combination.descending;
  return out;
}

struct Times {
  std::vector<double> all;
  double cpu = 0;
  void add(const Times& other) {
    all.insert(all.end(), other.all.begin(), other.all.end());
    cpu += other.cpu;
  }
  [[nodiscard]] double mean_cpu() const {
    return all.empty() ? 0 : cpu / static_cast<double>(all.size());
  }
  double at(double part) {
    if (all.empty()) return 0;
    std::ranges::sort(all);
    return all[std::min(all.size() - 1,
                        static_cast<std::size_t>(part * static_cast<double>(all.size())))];
  }
};

/// Asks for pages with `threads` at once until the time is over: the first page, and every other time the
/// one that follows.
Result<Times> ask(store::Store& from, const std::vector<const Combination*>& combinations,
                  std::size_t threads, std::chrono::milliseconds length) {
  Times times;
  std::mutex mutex;
  std::optional<Error> error;
  std::atomic<std::uint64_t> next = 0;
  const auto end = Clock::now() + length;
  const auto work = [&] {
    Times own;
    std::string after;
    while (Clock::now() < end) {
      const std::uint64_t number = next++;
      const Combination& combination = *combinations[number % combinations.size()];
      auto query = query_of(combination, number);
      if (!query) {
        const std::lock_guard lock(mutex);
        error = query.error();
        return;
      }
      for (int page = 0; page < 2; ++page) {
        query->after = after;
        const auto start = Clock::now();
        const double cpu = cpu_milliseconds();
        const auto done = from.read([&](store::Connection& connection) -> Result<void> {
          VIGIL_TRY(const auto found, store::find(connection, *query));
          after = found.next;
          return ok();
        });
        own.cpu += cpu_milliseconds() - cpu;
        own.all.push_back(milliseconds(Clock::now() - start));
        if (!done) {
          const std::lock_guard lock(mutex);
          error = done.error();
          return;
        }
        if (after.empty()) break;
      }
      after.clear();
    }
    const std::lock_guard lock(mutex);
    times.add(own);
  };
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::thread& worker : workers) worker.join();
  if (error) return fail(*error);
  return times;
}

Result<void> measure_queries(store::Store& from, std::chrono::milliseconds length, bool at_once) {
  VIGIL_TRY(const Names names, read_names(from));
  const auto all = combinations(names);
  std::vector<const Combination*> mixed;
  for (const Combination& combination : all) mixed.push_back(&combination);
  VIGIL_CHECK(ask(from, mixed, 1, length));  // the cache of the operating system
  std::printf("find: wall and CPU milliseconds of one query alone; then with %zu in flight\n",
              kInFlight);
  const auto print = [](const char* name, Times& alone, Times& times) {
    std::printf("find/%-50s alone %7.2f cpu %7.2f  p50 %7.2f  p99 %7.2f ms\n", name, alone.at(0.5),
                alone.mean_cpu(), times.at(0.5), times.at(0.99));
    std::fflush(stdout);
  };
  for (const Combination& combination : all) {
    VIGIL_TRY(Times alone, ask(from, {&combination}, 1, length / 4));
    Times times;
    if (at_once) {
      VIGIL_TRY(times, ask(from, {&combination}, kInFlight, length));
    }
    print(combination.name, alone, times);
  }
  if (!at_once) return ok();
  VIGIL_TRY(Times times, ask(from, mixed, kInFlight, length * 5));
  print("all mixed", times, times);
  return ok();
}

Result<void> measure_aggregations(store::Store& from) {
  using enum store::AggregationSort;
  static constexpr const char* kTypes[] = {"FINDING_TYPE",
                                           "PACKAGE",
                                           "TITLE",
                                           "REPOSITORY",
                                           "AMI",
                                           "AWS_EC2_INSTANCE",
                                           "AWS_ECR_CONTAINER",
                                           "IMAGE_LAYER",
                                           "ACCOUNT",
                                           "AWS_LAMBDA_FUNCTION",
                                           "LAMBDA_LAYER",
                                           "CODE_REPOSITORY",
                                           "VM_INSTANCE",
                                           "CONTAINER_IMAGE",
                                           "SERVERLESS_FUNCTION"};
  for (int type = 0; type < 15; ++type) {
    for (const auto& [sort, name] : {std::pair{Critical, "critical"}, std::pair{All, "all"}}) {
      store::AggregationQuery query;
      query.accounts = {kAccount};
      query.type = static_cast<store::AggregationType>(type);
      query.sort = sort;
      Times times;
      std::size_t rows = 0;
      for (int round = 0; round < 7; ++round) {
        const auto start = Clock::now();
        VIGIL_CHECK(from.read([&](store::Connection& connection) -> Result<void> {
          VIGIL_TRY(const auto page, store::aggregate(connection, query));
          rows = page.rows.size();
          return ok();
        }));
        times.all.push_back(milliseconds(Clock::now() - start));
      }
      std::printf("aggregate/%-20s by %-8s %4zu rows  p50 %7.2f  max %7.2f ms\n", kTypes[type],
                  name, rows, times.at(0.5), times.at(1));
    }
  }
  for (const char* group : {"SCAN_STATUS_CODE", "SCAN_STATUS_REASON", "RESOURCE_TYPE", "ACCOUNT_ID",
                            "ECR_REPOSITORY_NAME", "PROVIDER", "PROVIDER_REGION"}) {
    Times times;
    for (int round = 0; round < 5; ++round) {
      const auto start = Clock::now();
      VIGIL_CHECK(from.read([&](store::Connection& connection) -> Result<void> {
        store::CoverageQuery query;
        query.accounts = {kAccount};
        VIGIL_CHECK(store::coverage_statistics(connection, query, group));
        return ok();
      }));
      times.all.push_back(milliseconds(Clock::now() - start));
    }
    std::printf("coverage/%-20s p50 %7.2f  max %7.2f ms\n", group, times.at(0.5), times.at(1));
  }
  return ok();
}

/// Pages to the end of the CRITICAL findings by score, and says whether each came once.
Result<void> walk(store::Store& from) {
  VIGIL_TRY(const auto filter, findings::parse_filter("{" + equals("severity", "CRITICAL") + "}"));
  store::FindQuery query;
  query.accounts = {kAccount};
  query.filter = filter;
  query.sort = store::SortField::InspectorScore;
  query.descending = true;
  query.limit = 100;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  std::size_t repeated = 0;
  Times first, last;
  const auto begin = Clock::now();
  std::vector<double> times;
  do {
    const auto start = Clock::now();
    VIGIL_CHECK(from.read([&](store::Connection& connection) -> Result<void> {
      VIGIL_TRY(const auto page, store::find(connection, query));
      for (const auto& finding : page.findings) {
        if (!seen.emplace(finding.id.resource, finding.id.vulnerability).second) ++repeated;
      }
      query.after = page.next;
      return ok();
    }));
    times.push_back(milliseconds(Clock::now() - start));
  } while (!query.after.empty());
  const double seconds = milliseconds(Clock::now() - begin) / 1000;
  const std::size_t part = std::max<std::size_t>(1, times.size() / 10);
  first.all.assign(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(part));
  last.all.assign(times.end() - static_cast<std::ptrdiff_t>(part), times.end());
  store::FindCount count;
  query.after.clear();
  VIGIL_CHECK(from.read([&](store::Connection& connection) -> Result<void> {
    VIGIL_TRY(count, store::count(connection, query));
    return ok();
  }));
  std::printf(
      "walk: %zu findings in %zu pages, %.1f s; counted %lld; repeated %zu; "
      "first tenth p50 %.2f ms, last tenth p50 %.2f ms\n",
      seen.size(), times.size(), seconds,
      static_cast<long long>(count.active + count.suppressed + count.closed), repeated,
      first.at(0.5), last.at(0.5));
  return ok();
}

int run(int argc, char** argv) {
  if (argc < 2) {
    std::fputs(
        "usage: bench_query DATABASE [--alone | --find | --aggregate | --walk] [MILLISECONDS]\n",
        stderr);
    return 3;
  }
  const std::string what = argc > 2 ? argv[2] : "";
  const std::chrono::milliseconds length(argc > 3 ? std::atoi(argv[3]) : 2000);
  const auto store = store::Store::open(argv[1]);
  auto done = store ? ok() : Result<void>(fail(store.error()));
  if (done && (what.empty() || what == "--find" || what == "--alone")) {
    done = measure_queries(**store, length, what != "--alone");
  }
  if (done && (what.empty() || what == "--aggregate")) done = measure_aggregations(**store);
  if (done && (what.empty() || what == "--walk")) done = walk(**store);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return 2;
}

}  // namespace
}  // namespace vigil::bench

int main(int argc, char** argv) {
  return vigil::bench::run(argc, argv);
}
