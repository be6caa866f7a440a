// How long the numbers of a whole account take in a large store: see docs/performance.md.
//
//   bench_overview DATABASE
//
// The database is one that bench_fleet made. Each question is asked as its route asks it
// (server/routes/summary, trend, deadlines, upgrades). Prints milliseconds of wall time, and of
// CPU time in the mean.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "estate/upgrade_list.h"
#include "store/activity.h"
#include "store/exploited.h"
#include "store/posture_days.h"
#include "store/store.h"
#include "store/watched.h"

namespace vigil::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::int64_t kAccount = 123456789012;
constexpr std::int64_t kNow = 1'795'000'000;

/// CPU time of this thread.
double cpu_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

using Question = std::function<Result<std::size_t>(store::Connection&)>;

Result<void> measure(store::Store& store, const char* name, const Question& ask) {
  std::vector<double> times;
  std::size_t answers = 0;
  double cpu = 0;
  for (int round = 0; round < 15; ++round) {
    const double cpu_before = cpu_milliseconds();
    const auto start = Clock::now();
    VIGIL_CHECK(store.read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(answers, ask(from));
      return ok();
    }));
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    cpu += cpu_milliseconds() - cpu_before;
  }
  std::ranges::sort(times);
  std::printf("%-12s %8zu answers  p50 %7.2f  max %7.2f  cpu %7.2f ms\n", name, answers,
              times[times.size() / 2], times.back(), cpu / static_cast<double>(times.size()));
  return ok();
}

Result<std::size_t> summary(store::Connection& from) {
  VIGIL_TRY(const auto posture, store::posture(from, kAccount, kNow));
  VIGIL_CHECK(store::activity_since(from, kAccount, kNow - store::kDaySeconds));
  VIGIL_CHECK(store::watched(from, kAccount));
  return static_cast<std::size_t>(posture.active.all());
}

Result<std::size_t> trend(store::Connection& from) {
  VIGIL_CHECK(store::posture(from, kAccount, kNow));
  VIGIL_CHECK(store::activity_since(from, kAccount, kNow - 400 * store::kDaySeconds));
  VIGIL_TRY(const auto days, store::posture_days(from, kAccount, kNow - 400 * store::kDaySeconds));
  return days.size() + 1;
}

Result<std::size_t> deadlines(store::Connection& from) {
  VIGIL_TRY(const auto all, store::deadlines(from, kAccount));
  return all.size();
}

Question upgrades(std::size_t limit) {
  return [limit](store::Connection& from) -> Result<std::size_t> {
    VIGIL_CHECK(store::posture(from, kAccount, kNow));
    VIGIL_TRY(const auto all, estate::list_upgrades(from, kAccount, limit, {}));
    return all.size();
  };
}

Result<void> run(const std::string& path) {
  VIGIL_TRY(const auto store, store::Store::open(path));
  VIGIL_CHECK(measure(*store, "summary", summary));
  VIGIL_CHECK(measure(*store, "trend", trend));
  VIGIL_CHECK(measure(*store, "deadlines", deadlines));
  VIGIL_CHECK(measure(*store, "upgrades", upgrades(10)));
  return measure(*store, "upgrades/100", upgrades(100));
}

}  // namespace
}  // namespace vigil::bench

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_overview DATABASE\n", stderr);
    return 3;
  }
  const auto done = vigil::bench::run(argv[1]);
  if (done) return 0;
  std::fprintf(stderr, "%s\n", done.error().text().c_str());
  return 2;
}
