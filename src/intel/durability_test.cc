// What an update may meet on its way: a full disk, a kill, a second update, readers of the old
// snapshot. Whatever happens, a reader finds a whole snapshot.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <thread>

#include "base/file.h"
#include "intel/testing/updates_test.h"

namespace vigil::intel {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace testing;  // NOLINT(google-build-using-namespace): the fixture's makers

using Durability = testing::Updates;

/// What a child process made of `body`: its exit status.
template <typename Body>
int in_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Updates with a limit on the size of files, which stands for a full disk: write() fails half way.
/// Writes the error beside the feeds.
int update_on_a_full_disk(const UpdateOptions& options, rlim_t bytes) {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{bytes, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_FSIZE, &small) != 0) return 2;
  const auto report = update(options);
  if (report) return 1;
  const rlimit large{RLIM_INFINITY, RLIM_INFINITY};
  if (::setrlimit(RLIMIT_FSIZE, &large) != 0) return 3;
  std::ofstream(options.snapshot + ".error") << report.error().text();
  return 0;
}

/// Many records: the segment is smaller than the snapshot.
std::string many_records(int count, std::string_view fixed) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string(1000 + i);
    files.emplace_back(number, osv_record("CVE-2024-" + number, "npm", "p" + number, fixed));
  }
  return zip(files);
}

TEST_F(Durability, FullDiskWhileCompilingLeavesTheOldSnapshot) {
  put("tracker.json", tracker_json("openssl", "CVE-2024-0001", "3.0.11-1"));
  updated();
  put("all.zip", many_records(400, "2"));
  // The disk is full at every point of the way: while the segment is written, while the snapshot is.
  for (const rlim_t bytes : {1U, 1000U, 20'000U, 60'000U}) {
    ASSERT_EQ(in_child([&] { return update_on_a_full_disk(options(), bytes); }), 0) << bytes;
    EXPECT_THAT(base::read_file(snapshot_ + ".error", 10'000).value(),
                AllOf(HasSubstr("cannot write: File too large"),
                      HasSubstr("the intelligence built earlier stays in use")))
        << bytes;
    EXPECT_THAT(rows(), ElementsAre("Debian:12 openssl CVE-2024-0001")) << bytes;
    EXPECT_THAT(temporary_files(), IsEmpty()) << bytes;
  }
  EXPECT_EQ(updated().files_read, 0U) << "what was read before the disk was full is not read again";
  EXPECT_THAT(rows(), SizeIs(401));
}

TEST_F(Durability, KilledAtAnyMomentTheSnapshotIsOneOfTheTwo) {
  UpdateOptions one = options();
  UpdateOptions other = options();
  one.directory = feed_path("one");
  other.directory = feed_path("other");
  put("one/all.zip", many_records(60, "1"));
  put("other/all.zip", many_records(61, "2"));
  ASSERT_TRUE(update(one));
  std::mt19937 dice(20261123);  // NOLINT(cert-msc51-cpp): the same moments every time
  std::size_t killed_in_the_middle = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  for (int round = 0; round < 30 && std::chrono::steady_clock::now() < end; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (bool first = false;; first = !first) {
        if (!update(first ? other : one)) ::_exit(1);
      }
    }
    std::this_thread::sleep_for(std::chrono::microseconds(1000 + dice() % 40'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "an update failed before the kill";
    const auto snapshot = Snapshot::open(snapshot_);
    ASSERT_TRUE(snapshot) << snapshot.error().text();
    ASSERT_THAT(rows(*snapshot).size(), AnyOf(60U, 61U));
    if (!temporary_files().empty()) ++killed_in_the_middle;
  }
  // Rounds in which nothing was left to remove prove little.
  EXPECT_GT(killed_in_the_middle, 0U);
  put("one/all.zip", many_records(62, "3"));
  ASSERT_TRUE(update(one));
  EXPECT_THAT(temporary_files(), IsEmpty());
  EXPECT_THAT(rows(), SizeIs(62));
}

TEST_F(Durability, SecondUpdateAtTheSameTimeIsTurnedAway) {
  put("tracker.json", tracker_json("openssl", "CVE-2024-0001", "3.0.11-1"));
  UpdateOptions first = options();
  std::string second_error;
  ErrorCode code{};
  first.progress = [&](const UpdateProgress& at) {
    if (!at.file.empty()) return;
    const auto second = update(options());
    ASSERT_FALSE(second);
    second_error = second.error().text();
    code = second.error().code;
  };
  ASSERT_TRUE(update(first));
  EXPECT_EQ(code, ErrorCode::Busy);
  EXPECT_THAT(second_error, HasSubstr(snapshot_));
  EXPECT_THAT(rows(), SizeIs(1));
}

TEST_F(Durability, ReadersOfTheOldSnapshotKeepIt) {
  put("tracker.json", tracker_json("openssl", "CVE-2024-0001", "3.0.11-1"));
  updated();
  const Snapshot old_snapshot = open();
  put("tracker.json", tracker_json("curl", "CVE-2024-0002", "7.88.1-10"));
  updated();
  EXPECT_THAT(rows(old_snapshot), ElementsAre("Debian:12 openssl CVE-2024-0001"));
  EXPECT_THAT(rows(), ElementsAre("Debian:12 curl CVE-2024-0002"));
}

TEST_F(Durability, WhoeverOpensWhileItIsReplacedFindsAWholeOne) {
  put("all.zip", many_records(50, "1"));
  updated();
  const std::string one = base::read_file(snapshot_, 1 << 24).value();
  put("all.zip", many_records(51, "1"));
  updated();
  const std::string other = base::read_file(snapshot_, 1 << 24).value();
  const pid_t writer = ::fork();
  if (writer == 0) {
    for (bool first = true;; first = !first) {
      if (!base::write_file_atomically(snapshot_, first ? one : other)) ::_exit(1);
    }
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
  while (std::chrono::steady_clock::now() < end) {
    const auto snapshot = Snapshot::open(snapshot_);
    EXPECT_TRUE(snapshot) << snapshot.error().text();
    if (!snapshot) break;
  }
  ::kill(writer, SIGKILL);
  ::waitpid(writer, nullptr, 0);
}

}  // namespace
}  // namespace vigil::intel
