#include "source/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <thread>

#include "base/file.h"
#include "source/landlock.h"

namespace vigil::source {
namespace {

class InSandbox : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "vigil-sandbox-" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(folder_ + "/inside"));
    ASSERT_TRUE(base::write_file_atomically(folder_ + "/inside/a", "a"));
    ASSERT_TRUE(base::write_file_atomically(folder_ + "/outside", "b"));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// What `act` returns there; -1 if the process died.
  int run(const std::function<int()>& act) const {
    const pid_t child = ::fork();
    if (child == 0) {
      SandboxLimits limits;
      limits.readable = {folder_ + "/inside"};
      if (!enter_sandbox(limits)) ::_exit(99);
      ::_exit(act());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  static int error_of(long result) { return result >= 0 ? 0 : errno; }

  std::string folder_;
};

TEST_F(InSandbox, ReadsWhatItMayAndNothingElse) {
  EXPECT_EQ(run([&] { return error_of(::open((folder_ + "/inside/a").c_str(), O_RDONLY)); }), 0);
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_EQ(run([&] { return error_of(::open((folder_ + "/outside").c_str(), O_RDONLY)); }),
            EACCES);
  EXPECT_EQ(run([] { return error_of(::open("/etc/passwd", O_RDONLY)); }), EACCES);
}

TEST_F(InSandbox, WritesNothing) {
  EXPECT_NE(run([&] { return error_of(::open((folder_ + "/inside/a").c_str(), O_RDWR)); }), 0);
  EXPECT_NE(run([&] {
              return error_of(::open((folder_ + "/inside/new").c_str(), O_WRONLY | O_CREAT, 0600));
            }),
            0);
  EXPECT_NE(run([&] { return error_of(::unlink((folder_ + "/inside/a").c_str())); }), 0);
  EXPECT_NE(run([&] { return error_of(::mkdir((folder_ + "/inside/d").c_str(), 0700)); }), 0);
}

TEST_F(InSandbox, HasNoNetworkAndNoOtherPrograms) {
  EXPECT_EQ(run([] { return error_of(::socket(AF_INET, SOCK_STREAM, 0)); }), EPERM);
  EXPECT_EQ(run([] { return error_of(::socket(AF_UNIX, SOCK_STREAM, 0)); }), EPERM);
  EXPECT_EQ(run([] { return error_of(::execl("/bin/true", "true", nullptr)); }), EPERM);
  EXPECT_EQ(run([] { return error_of(::fork()); }), EPERM);
}

TEST_F(InSandbox, MayComputeWithThreads) {
  EXPECT_EQ(run([] {
              int sum = 0;
              std::thread([&] { sum = 42; }).join();
              return sum;
            }),
            42);
}

TEST(Sandbox, AReadablePathThatIsNotThereIsAnError) {
  if (landlock_version() == 0) GTEST_SKIP() << "this kernel has no Landlock";
  const pid_t child = ::fork();
  if (child == 0) {
    SandboxLimits limits;
    limits.readable = {"/nowhere/at/all"};
    ::_exit(enter_sandbox(limits) ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace vigil::source
