// How fast the store takes what is written, beside what the disk allows.
//
//   bench_engine ADDRESS [ROWS]   ADDRESS: a new file, or postgres://... of an empty database
//
// One line each: name, how many a second, how many a CPU second of this process. The floor of commits is appending 4 KiB to a file beside the
// database and syncing it, again and again; PostgreSQL's is to be measured on its own machine. Rows are
// findings: eleven integers and five indices, 10 000 to a transaction, resource after resource as an
// ingest writes them, their ids as random as hashes are.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "store/accounts.h"
#include "store/outbox.h"
#include "store/store.h"

namespace vigil {
namespace {

constexpr std::size_t kBatch = 10'000;
constexpr std::size_t kFindingsOfOne = 100;
constexpr std::uint64_t kSeed = 20261123;

class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  /// Of this process alone: what PostgreSQL's server takes is not in it.
  [[nodiscard]] double cpu_seconds() const {
    return static_cast<double>(std::clock() - cpu_begin_) / CLOCKS_PER_SEC;
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::clock_t cpu_begin_ = std::clock();
};

void show(const char* name, double count, const Stopwatch& watch) {
  std::printf("%s %.0f %.0f\n", name, count / watch.seconds(), count / watch.cpu_seconds());
  std::fflush(stdout);
}

void must(const Result<void>& result) {
  if (result) return;
  std::fprintf(stderr, "%s\n", result.error().text().c_str());
  std::exit(1);
}

void measure_disk(const std::string& path) {
  constexpr int kSyncs = 500;
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  const Stopwatch watch;
  for (int i = 0; i < kSyncs; ++i) {
    if (::write(file, page.data(), page.size()) < 0 || ::fdatasync(file) != 0) return;
  }
  show("floor_syncs", kSyncs, watch);
  ::close(file);
  ::unlink(path.c_str());
}

Result<void> small_change(store::Connection& to, int thread, int round) {
  VIGIL_CHECK(store::set_setting(to, "bench" + std::to_string(thread), std::to_string(round)));
  store::Event event;
  event.account = thread;
  return store::put_events(to, std::span(&event, 1));
}

void measure_commits(store::Store& store, int threads) {
  constexpr int kCommits = 1000;
  const int each = kCommits / threads;
  const Stopwatch watch;
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int i = 0; i < each; ++i) {
        must(store.write([&](store::Connection& to) { return small_change(to, thread, i); }));
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  show(("commits_of_" + std::to_string(threads) + "_threads").c_str(), each * threads, watch);
}

void measure_rows(store::Store& store, std::size_t rows) {
  std::mt19937_64 random(kSeed);
  const auto id = [&] { return static_cast<std::int64_t>(random()); };
  std::vector<std::int64_t> assessments(20'000);
  for (std::int64_t& each : assessments) each = id();
  constexpr std::size_t kColumns = 6;
  const Stopwatch watch;
  for (std::size_t done = 0; done < rows; done += kBatch) {
    std::vector<store::Value> values;
    values.reserve(kBatch * kColumns);
    std::int64_t resource = 0;
    for (std::size_t i = 0; i < kBatch; ++i) {
      if (i % kFindingsOfOne == 0) resource = id();
      const std::int64_t assessment = assessments[random() % assessments.size()];
      const auto time = static_cast<std::int64_t>(1'790'000'000 + done / kBatch);
      values.insert(values.end(), {resource, assessment ^ 1, assessment, time, time, time});
    }
    must(store.write([&](store::Connection& to) {
      return to.execute_many(
          "INSERT INTO finding (account, resource, vulnerability, assessment, status, rule,"
          " first_observed, last_observed, updated, closed, delete_after)"
          " VALUES (1, $1, $2, $3, 1, 0, $4, $5, $6, 0, 0) ON CONFLICT DO NOTHING",
          kColumns, values);
    }));
  }
  show("finding_rows", static_cast<double>(rows), watch);
}

void measure_reads(store::Store& store) {
  constexpr int kReads = 20'000;
  const Stopwatch watch;
  for (int i = 0; i < kReads; ++i) {
    must(store.read([&](store::Connection& from) -> Result<void> {
      VIGIL_CHECK(store::setting(from, "bench0"));
      return ok();
    }));
  }
  show("read_transactions", kReads, watch);
}

void show_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS") || line.starts_with("VmHWM")) std::printf("%s\n", line.c_str());
  }
}

int run(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "bench_engine ADDRESS [ROWS]\n");
    return 2;
  }
  const std::string address = arguments[1];
  const std::size_t rows = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1'000'000;
  if (!address.starts_with("postgres")) measure_disk(address + ".floor");
  const auto store = store::Store::open(address);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().text().c_str());
    return 1;
  }
  show_memory();
  measure_commits(**store, 1);
  measure_commits(**store, 4);
  measure_reads(**store);
  measure_rows(**store, rows);
  show_memory();
  return 0;
}

}  // namespace
}  // namespace vigil

int main(int count, char** arguments) {
  return vigil::run(count, arguments);
}
