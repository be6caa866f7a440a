// Jobs in child processes, by a program that can start itself again: what comes back when all is
// well, and when the child hangs, dies or is refused something.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "base/file.h"
#include "source/job.h"
#include "source/job_child.h"
#include "source/landlock.h"
#include "source/scanned_document.h"

extern "C" int vigil_runs_jobs();
int vigil_runs_jobs() {
  return 1;
}

namespace vigil::source {
namespace {

using std::chrono::milliseconds;

class Isolation : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "vigil-isolation-" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(folder_));
    bill_ = folder_ + "/bom.json";
    ASSERT_TRUE(base::write_file_atomically(
        bill_, R"({"bomFormat":"CycloneDX","specVersion":"1.5","components":[)"
               R"({"purl":"pkg:npm/lodash@4.17.20"}]})"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::string request(const std::string& target, const std::string& argument) {
    Request request;
    request.argument = argument;
    return request_document(target, request);
  }
  Result<std::string> scan_bill(const JobOptions& options) const {
    return run_job("scan", request("sbom", bill_), {}, options);
  }

  std::string folder_;
  std::string bill_;
};

TEST_F(Isolation, AnswersAsInThisProcess) {
  ASSERT_TRUE(is_isolated());
  JobOptions options;
  options.readable = {bill_};
  const auto answer = scan_bill(options);
  ASSERT_TRUE(answer) << answer.error().text();
  const auto scanned = parse_scanned(*answer);
  ASSERT_TRUE(scanned) << scanned.error().text();
  ASSERT_EQ(scanned->inventory.packages.size(), 1U);
  EXPECT_EQ(scanned->inventory.packages[0].name, "lodash");
}

TEST_F(Isolation, ATargetsScanGoesThroughIt) {
  Request request;
  request.argument = bill_;
  const auto scanned = scan_target(*find_target("sbom"), request);
  ASSERT_TRUE(scanned) << scanned.error().text();
  EXPECT_EQ(scanned->name, bill_);
  ASSERT_TRUE(base::write_file_atomically(bill_, "{}"));
  const auto failed = scan_target(*find_target("sbom"), request);
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().where.starts_with(bill_)) << failed.error().text();
}

TEST_F(Isolation, OpensOnlyWhatItMay) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  const auto answer = scan_bill({});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::Io) << answer.error().text();
}

TEST_F(Isolation, AJobThatHangsIsEnded) {
  JobOptions options;
  options.readable = {"/"};
  options.time = milliseconds(0);
  const auto start = std::chrono::steady_clock::now();
  const auto answer = run_job("scan", request("dir", "/usr"), {}, options);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::Crashed);
  EXPECT_NE(answer.error().what.find("took longer"), std::string::npos) << answer.error().what;
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

/// The first child of this process, by /proc.
pid_t child_of_this_process() {
  const std::string self = std::to_string(::getpid());
  for (const auto& task : std::filesystem::directory_iterator("/proc/" + self + "/task")) {
    std::ifstream children(task.path() / "children");
    if (pid_t id = 0; children >> id) return id;
  }
  return 0;
}

TEST_F(Isolation, AJobThatCrashesIsNamedWithWhatItRead) {
  for (int i = 0; i < 20'000; ++i) {
    std::ofstream(folder_ + "/" + std::to_string(i) + ".so") << "x";
  }
  JobOptions options;
  options.readable = {folder_};
  std::atomic<bool> done = false;
  std::thread killer([&] {
    while (!done) {
      std::error_code ignored;
      const pid_t id = child_of_this_process();
      // Not before it is what it will be: until then its command line is this program's.
      if (id > 0) {
        std::ifstream line("/proc/" + std::to_string(id) + "/cmdline");
        std::string words;
        std::getline(line, words);
        if (words.find("scan") != std::string::npos) ::kill(id, SIGSEGV);
      }
      std::this_thread::sleep_for(milliseconds(1));
    }
  });
  const auto answer = run_job("scan", request("dir", folder_), {}, options);
  done = true;
  killer.join();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::Crashed);
  EXPECT_NE(answer.error().what.find("SIGSEGV"), std::string::npos) << answer.error().what;
}

TEST_F(Isolation, AnAnswerThatIsTooLongIsRefused) {
  JobOptions options;
  options.readable = {bill_};
  options.answer = 10;
  const auto answer = scan_bill(options);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace vigil::source

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == vigil::source::kJobWord) {
    return vigil::source::job_main(argc, argv);
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
