#include "base/file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace vigil::base {
namespace {

class File : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = testing::TempDir() + "vigil_file_" + std::to_string(::getpid());
    ASSERT_TRUE(make_directories(directory_ + "/deep/down"));
    path_ = directory_ + "/file";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  [[nodiscard]] std::size_t count() const {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      files += entry.is_regular_file() ? 1 : 0;
    }
    return files;
  }

  std::string directory_;
  std::string path_;
};

/// What a child process made of `body`: its exit status.
template <typename Body>
int in_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(File, ReadsUpToTheLimit) {
  ASSERT_TRUE(write_file_atomically(path_, "12345"));
  EXPECT_EQ(read_file(path_, 5).value(), "12345");
  const auto larger = read_file(path_, 4);
  ASSERT_FALSE(larger);
  EXPECT_EQ(larger.error().code, ErrorCode::TooLarge);
  EXPECT_EQ(larger.error().text(), path_ + ": larger than the limit of 4 bytes");
}

TEST_F(File, TheLimitHoldsWhereTheSizeIsNotKnown) {
  const auto endless = read_file("/dev/zero", 100'000);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::TooLarge);
  EXPECT_FALSE(read_file("/proc/self/status", 1 << 20).value().empty()) << "its size is 0";
}

TEST_F(File, SaysWhatCannotBeRead) {
  const auto missing = read_file(path_, 5);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  EXPECT_EQ(missing.error().text(), path_ + ": cannot open: No such file or directory");
  const auto directory = read_file(directory_, 5000);
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().code, ErrorCode::Io) << directory.error().text();
}

TEST_F(File, WritesAndReplaces) {
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  ASSERT_TRUE(write_file_atomically(path_, std::string(100'000, 'n')));
  EXPECT_EQ(read_file(path_, 1 << 20).value(), std::string(100'000, 'n'));
  ASSERT_TRUE(write_file_atomically(path_, ""));
  EXPECT_EQ(read_file(path_, 0).value(), "");
  EXPECT_EQ(count(), 1U) << "no temporary file is left";
}

TEST_F(File, AFullDiskLeavesTheOldContent) {
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  // A limit on the size of files stands for the full disk: write() fails half way.
  EXPECT_EQ(in_child([&] {
              ::signal(SIGXFSZ, SIG_IGN);
              const rlimit small{4096, 4096};
              if (::setrlimit(RLIMIT_FSIZE, &small) != 0) return 2;
              const auto written = write_file_atomically(path_, std::string(100'000, 'n'));
              return !written && written.error().code == ErrorCode::Io ? 0 : 1;
            }),
            0);
  EXPECT_EQ(read_file(path_, 100).value(), "old");
  EXPECT_EQ(count(), 1U) << "the temporary file is removed";
}

TEST_F(File, ThreadsThatWriteOnePathDoNotMeet) {
  std::vector<std::thread> threads;
  std::atomic<int> failures{0};
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    threads.emplace_back([&, letter] {
      for (int i = 0; i < 25; ++i) {
        const auto written = write_file_atomically(path_, std::string(100'000, letter));
        failures += written ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  const std::string content = read_file(path_, 1 << 20).value();
  EXPECT_EQ(content, std::string(100'000, content.front())) << "one of them, whole";
  EXPECT_EQ(count(), 1U);
}

TEST_F(File, ALinkStaysALink) {
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  const std::string link = directory_ + "/link";
  ASSERT_EQ(::symlink("file", link.c_str()), 0);
  ASSERT_TRUE(write_file_atomically(link, "new"));
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(read_file(path_, 100).value(), "new");
  const std::string dangling = directory_ + "/dangling";
  ASSERT_EQ(::symlink("later", dangling.c_str()), 0);
  ASSERT_TRUE(write_file_atomically(dangling, "x"));
  EXPECT_EQ(read_file(directory_ + "/later", 100).value(), "x");
}

TEST_F(File, NobodysLinkIsFollowedFromTheTemporaryName) {
  // The name that the next temporary file would have, were it to be guessed.
  const std::string guess = path_ + ".tmp." + std::to_string(::getpid());
  const std::string victim = directory_ + "/victim";
  ASSERT_TRUE(write_file_atomically(victim, "precious"));
  for (const std::string& name : {guess, guess + ".0", guess + ".1"}) {
    ASSERT_EQ(::symlink("victim", name.c_str()), 0);
  }
  ASSERT_TRUE(write_file_atomically(path_, "mine"));
  EXPECT_EQ(read_file(victim, 100).value(), "precious");
  EXPECT_EQ(read_file(path_, 100).value(), "mine");
}

TEST_F(File, APipeIsWrittenToNotReplaced) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  std::string got;
  std::thread reader([&] { got = read_file(path_, 100).value_or("nothing"); });
  const auto written = write_file_atomically(path_, "through");
  reader.join();
  EXPECT_TRUE(written);
  EXPECT_EQ(got, "through");
  EXPECT_TRUE(std::filesystem::is_fifo(path_));
}

TEST_F(File, SaysWhereItCannotWrite) {
  const auto written = write_file_atomically(directory_ + "/no/such/file", "x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::NotFound);
  EXPECT_FALSE(write_file_atomically(directory_ + "/deep", "x")) << "a directory is in the way";
  EXPECT_TRUE(is_directory(directory_ + "/deep/down"));
}

TEST_F(File, KnowsWhatIsThere) {
  ASSERT_TRUE(write_file_atomically(path_, "x"));
  EXPECT_TRUE(exists(path_));
  EXPECT_FALSE(is_directory(path_));
  EXPECT_TRUE(is_directory(directory_));
  EXPECT_FALSE(exists(path_ + "x"));
  EXPECT_TRUE(make_directories(directory_)) << "what is there already is no error";
  EXPECT_FALSE(make_directories(path_ + "/below"));
}

TEST_F(File, ReplacementInPiecesCountsOnlyWhenItIsWhole) {
  ASSERT_TRUE(write_file_atomically(path_, "old"));
  {
    auto file = FileReplacement::begin(path_);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("never finished"));
  }
  EXPECT_EQ(read_file(path_, 100).value(), "old");
  EXPECT_EQ(count(), 1U) << "the temporary file is removed";
  auto file = FileReplacement::begin(path_);
  ASSERT_TRUE(file);
  const std::string large(300'000, 'l');
  for (const std::string& piece : {std::string("head"), std::string("small"), large}) {
    ASSERT_TRUE(file->append(piece));
  }
  EXPECT_EQ(read_file(path_, 100).value(), "old");
  ASSERT_TRUE(file->overwrite_front("HEAD"));
  ASSERT_TRUE(file->append("tail"));
  ASSERT_TRUE(file->commit());
  EXPECT_EQ(read_file(path_, 1 << 20).value(), "HEADsmall" + large + "tail");
  EXPECT_EQ(count(), 1U);
}

TEST_F(File, TwoReplacementsOfOneFileDoNotMix) {
  auto first = FileReplacement::begin(path_);
  auto second = FileReplacement::begin(path_);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(first->append("first"));
  ASSERT_TRUE(second->append("second"));
  ASSERT_TRUE(first->commit());
  EXPECT_EQ(read_file(path_, 100).value(), "first");
  ASSERT_TRUE(second->commit());
  EXPECT_EQ(read_file(path_, 100).value(), "second");
}

TEST_F(File, ForgottenPartsOfAMapAreStillThere) {
  const std::string content = std::string(200'000, 'a') + std::string(200'000, 'b');
  ASSERT_TRUE(write_file_atomically(path_, content));
  auto mapped = MappedFile::open(path_);
  ASSERT_TRUE(mapped);
  EXPECT_EQ(mapped->bytes(), content);
  mapped->forget(1000, 250'000);
  mapped->forget(399'999, 1'000'000);
  EXPECT_EQ(mapped->bytes(), content);
  mapped->forget();
  EXPECT_EQ(mapped->bytes(), content);
}

TEST_F(File, MapsTheWholeFile) {
  ASSERT_TRUE(write_file_atomically(path_, "mapped"));
  auto mapped = MappedFile::open(path_);
  ASSERT_TRUE(mapped);
  MappedFile moved = std::move(*mapped);
  EXPECT_EQ(moved.bytes(), "mapped");
  ASSERT_TRUE(write_file_atomically(path_, ""));
  EXPECT_EQ(moved.bytes(), "mapped") << "a replaced file stays mapped";
  EXPECT_EQ(MappedFile::open(path_).value().bytes(), "");
  EXPECT_FALSE(MappedFile::open(directory_));
}

TEST_F(File, ALockKeepsOtherProcessesOut) {
  const auto try_in_child = [&] {
    return in_child([&] {
      const auto lock = FileLock::acquire(path_);
      return lock ? 0 : lock.error().code == ErrorCode::Busy ? 1 : 2;
    });
  };
  {
    auto lock = FileLock::acquire(path_);
    ASSERT_TRUE(lock);
    const FileLock moved = std::move(*lock);
    EXPECT_EQ(try_in_child(), 1);
  }
  EXPECT_EQ(try_in_child(), 0) << "released at the end of its life";
  EXPECT_EQ(try_in_child(), 0) << "and at the end of the process";
}

}  // namespace
}  // namespace vigil::base
