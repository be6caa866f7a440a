#include "server/secrets.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <thread>
#include <vector>

#include "base/file.h"

namespace vigil::server {
namespace {

class MasterKeyFile : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = ::testing::TempDir() + "vigil_secrets_" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(directory_));
    path_ = directory_ + "/master.key";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string directory_;
  std::string path_;
};

TEST_F(MasterKeyFile, IsMadeOnceAndOnlyItsOwnerReadsIt) {
  const auto first = MasterKey::open(directory_);
  ASSERT_TRUE(first) << first.error().text();
  struct stat status{};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const auto second = MasterKey::open(directory_);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->unseal(first->seal("secret", "id"), "id"), "secret");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_), {}), 1);
}

TEST_F(MasterKeyFile, ProcessesThatStartTogetherGetOneKey) {
  std::vector<std::string> sealed(8);
  std::vector<std::thread> threads;
  for (std::string& one : sealed) {
    threads.emplace_back([&] { one = MasterKey::open(directory_)->seal("secret", "id"); });
  }
  for (std::thread& thread : threads) thread.join();
  const auto key = MasterKey::open(directory_);
  for (const std::string& one : sealed) EXPECT_EQ(key->unseal(one, "id"), "secret");
}

TEST_F(MasterKeyFile, OneThatOthersReadOrThatIsNoKeyIsRefused) {
  ASSERT_TRUE(MasterKey::open(directory_));
  ::chmod(path_.c_str(), 0640);
  EXPECT_EQ(MasterKey::open(directory_).error().text(),
            path_ + ": the key can be read by others (chmod 600 " + path_ + ")");
  ::chmod(path_.c_str(), 0600);
  for (const std::string& text :
       {std::string(), std::string("abc"), std::string(64, 'x'), std::string(66, 'a')}) {
    ASSERT_TRUE(base::write_file_atomically(path_, text));
    ::chmod(path_.c_str(), 0600);
    EXPECT_FALSE(MasterKey::open(directory_)) << text;
  }
  EXPECT_FALSE(MasterKey::open(directory_ + "/absent"));
}

TEST(Sealing, IsBoundToItsKeyAndItsContext) {
  const MasterKey key(std::array<unsigned char, MasterKey::kBytes>{1});
  const MasterKey other(std::array<unsigned char, MasterKey::kBytes>{2});
  const std::string sealed = key.seal("secret", "AKIA1");
  EXPECT_EQ(sealed.find("secret"), std::string::npos);
  EXPECT_EQ(key.unseal(sealed, "AKIA1"), "secret");
  EXPECT_NE(key.seal("secret", "AKIA1"), sealed);
  EXPECT_FALSE(key.unseal(sealed, "AKIA2"));
  EXPECT_FALSE(other.unseal(sealed, "AKIA1"));
  EXPECT_EQ(key.unseal(key.seal("", "x"), "x"), "");
}

TEST(Sealing, NoByteOfItCanBeChanged) {
  const MasterKey key(std::array<unsigned char, MasterKey::kBytes>{1});
  const std::string sealed = key.seal("secret", "AKIA1");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string damaged = sealed;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(key.unseal(damaged, "AKIA1")) << i;
    EXPECT_FALSE(key.unseal(sealed.substr(0, i), "AKIA1")) << i;
  }
}

TEST(Random, TextsUseTheirWholeAlphabet) {
  const std::string text = random_text(2000, "abcd");
  EXPECT_EQ(std::set<char>(text.begin(), text.end()), (std::set<char>{'a', 'b', 'c', 'd'}));
  EXPECT_NE(random_bytes(16), random_bytes(16));
}

}  // namespace
}  // namespace vigil::server
