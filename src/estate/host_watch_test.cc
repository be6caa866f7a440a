#include "estate/host_watch.h"

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "base/file.h"
#include "estate/database_watch.h"
#include "estate/testing/estate_test.h"

namespace vigil::estate {
namespace {

using std::chrono::milliseconds;
using testing::Lines;

constexpr auto kLongest = std::chrono::seconds(20);

/// Collects the scans of a watch and waits for them.
class Scans {
 public:
  void add(const HostScan& scan) {
    const std::lock_guard lock(mutex_);
    scans_.push_back(std::string(scan_reason_name(scan.reason)) +
                     (scan.ingested ? "" : ": " + scan.ingested.error().text()));
    packages_ = scan.packages;
    condition_.notify_all();
  }
  /// The reasons of all scans, once there are so many.
  Lines wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    condition_.wait_for(lock, kLongest, [&] { return scans_.size() >= count; });
    return scans_;
  }
  std::size_t packages() {
    const std::lock_guard lock(mutex_);
    return packages_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable condition_;
  Lines scans_;
  std::size_t packages_ = 0;
};

class HostWatching : public testing::EstateTest {
 protected:
  void SetUp() override {
    EstateTest::SetUp();
    root_ = directory() + "/root";
    std::filesystem::create_directories(root_ + "/etc");
    std::filesystem::create_directories(root_ + "/var/lib/dpkg");
    put("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n");
  }

  void put(const std::string& path, std::string_view content) const {
    std::filesystem::create_directories(std::filesystem::path(root_ + path).parent_path());
    ASSERT_TRUE(base::write_file_atomically(root_ + path, content));
  }
  void install(const std::string& version) const {
    put("/var/lib/dpkg/status",
        "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version +
            "\n\n");
  }
  HostWatchSettings settings() {
    HostWatchSettings settings;
    settings.root = root_;
    settings.quiet = milliseconds(20);
    settings.deep = milliseconds(0);
    settings.scanned = [this](const HostScan& scan) { scans_.add(scan); };
    return settings;
  }
  /// With a package of a language on the host, which only deep inspection finds.
  HostWatchSettings beside_a_gem() {
    put("/app/Gemfile.lock",
        "GEM\n  remote: https://gems.example/\n  specs:\n    rack (2.0.0)\n\n"
        "DEPENDENCIES\n  rack\n");
    HostWatchSettings deep = settings();
    deep.deep = std::chrono::hours(1);
    return deep;
  }
  std::int64_t open() { return number("SELECT COUNT(*) FROM finding WHERE status = 0"); }

  std::string root_;
  Scans scans_;
};

TEST_P(HostWatching, AnUpgradeIsNoticedAndClosesWhatItFixed) {
  learn({{"openssl", "CVE-2024-0001", "3.0.15-1"}});
  install("3.0.14-1");
  const auto watch = HostWatch::start(estate(), settings());
  ASSERT_TRUE(watch);
  EXPECT_EQ(scans_.wait(1), Lines{"start"});
  EXPECT_EQ(open(), 1);
  install("3.0.15-1");
  EXPECT_EQ(scans_.wait(2), (Lines{"start", "package database"}));
  EXPECT_EQ(open(), 0);
  (*watch)->stop();
  EXPECT_EQ(scans_.wait(2).size(), 2U);
}

TEST_P(HostWatching, LooksAndFullScansComeByTheClock) {
  learn({});
  install("3.0.14-1");
  HostWatchSettings often = settings();
  often.processes = milliseconds(30);
  often.full = milliseconds(100);
  const auto watch = HostWatch::start(estate(), often);
  ASSERT_TRUE(watch);
  const Lines scans = scans_.wait(12);
  EXPECT_NE(std::find(scans.begin(), scans.end(), "processes"), scans.end());
  EXPECT_NE(std::find(scans.begin(), scans.end(), "schedule"), scans.end());
  EXPECT_EQ(scans_.packages(), 1U) << "a look at processes keeps the packages";
}

TEST_P(HostWatching, PackagesOfLanguagesAreFoundBesideAndStay) {
  learn({});
  install("3.0.14-1");
  const HostWatchSettings deep = beside_a_gem();
  const auto watch = HostWatch::start(estate(), deep);
  ASSERT_TRUE(watch);
  EXPECT_EQ(scans_.wait(2), (Lines{"start", "deep inspection"}));
  EXPECT_EQ(scans_.packages(), 2U);
  install("3.0.15-1");
  EXPECT_EQ(scans_.wait(3), (Lines{"start", "deep inspection", "package database"}));
  EXPECT_EQ(scans_.packages(), 2U) << "what was found beside the system is still there";
}

TEST_P(HostWatching, ARestartClosesNoFindingOfALanguage) {
  learn({});
  install("3.0.14-1");
  HostWatchSettings deep = beside_a_gem();
  {
    const auto watch = HostWatch::start(estate(), deep);
    ASSERT_TRUE(watch);
    scans_.wait(2);
  }
  std::vector<std::size_t> packages;
  deep.scanned = [&](const HostScan& scan) {
    packages.push_back(scan.packages);
    scans_.add(scan);
  };
  const auto watch = HostWatch::start(estate(), deep);
  ASSERT_TRUE(watch);
  EXPECT_EQ(scans_.wait(4), (Lines{"start", "deep inspection", "start", "deep inspection"}));
  (*watch)->stop();
  EXPECT_EQ(packages, (std::vector<std::size_t>{2, 2}));
}

TEST_P(HostWatching, ARootThatIsNotThereIsAnError) {
  HostWatchSettings wrong = settings();
  wrong.root = root_ + "/absent";
  EXPECT_FALSE(HostWatch::start(estate(), wrong));
}

TEST_P(HostWatching, AnAccountThatDoesNotExistIsSaidToBeAbsent) {
  learn({});
  install("1");
  HostWatchSettings wrong = settings();
  wrong.account = "999999999999";
  const auto watch = HostWatch::start(estate(), wrong);
  ASSERT_TRUE(watch);
  EXPECT_EQ(scans_.wait(1), Lines{"start: 999999999999: there is no such account"});
}

VIGIL_ON_BOTH_ENGINES(HostWatching);

TEST(DatabaseWatch, OnlyPackageDatabasesCount) {
  std::string pattern = ::testing::TempDir() + "vigil-watch-XXXXXX";
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  const std::string root = pattern;
  std::filesystem::create_directories(root + "/var/lib/dpkg");
  DatabaseWatch watch(root);
  if (!watch.works()) GTEST_SKIP() << "no inotify";
  ASSERT_TRUE(base::write_file_atomically(root + "/var/lib/dpkg/lock", "x"));
  EXPECT_FALSE(watch.take_changes());
  ASSERT_TRUE(base::write_file_atomically(root + "/var/lib/dpkg/status", "x"));
  EXPECT_TRUE(watch.take_changes());
  EXPECT_FALSE(watch.take_changes());
  std::filesystem::create_directories(root + "/lib/apk/db");
  watch.look_again();
  ASSERT_TRUE(base::write_file_atomically(root + "/lib/apk/db/installed", "x"));
  EXPECT_TRUE(watch.take_changes());
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace vigil::estate
