#include "source/debian_archive/fetch_lists.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

#include "base/file.h"
#include "base/hash.h"
#include "source/debian_archive/program.h"

namespace vigil::source::debian_archive {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Serves texts by their paths on a loopback port; 404 for others.
class Mirror {
 public:
  explicit Mirror(std::map<std::string, std::string> files) : files_(std::move(files)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), length), 0);
    EXPECT_EQ(::listen(listener_, 8), 0);
    EXPECT_EQ(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Mirror() {
    ending_ = true;
    thread_.join();
    ::close(listener_);
  }
  [[nodiscard]] std::string uri() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/debian";
  }
  [[nodiscard]] int requests() const { return requests_; }

 private:
  void serve() {
    while (!ending_) {
      pollfd wanted{listener_, POLLIN, 0};
      if (::poll(&wanted, 1, 10) <= 0) continue;
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) continue;
      std::array<char, 4096> buffer{};
      const ssize_t got = ::recv(client, buffer.data(), buffer.size(), 0);
      const std::string_view request(buffer.data(),
                                     static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      const auto file = files_.find(std::string(request.substr(4, request.find(' ', 4) - 4)));
      std::string answer =
          "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      if (file != files_.end()) {
        answer = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
                 std::to_string(file->second.size()) + "\r\n\r\n" + file->second;
      }
      ++requests_;
      ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
      ::close(client);
    }
  }

  std::map<std::string, std::string> files_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

class FetchLists : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = std::filesystem::temp_directory_path() / "vigil-lists-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::vector<std::string> fetch(const Mirror& mirror, const std::string& keyring = "/none") {
    FetchListsOptions how;
    how.directory = directory_;
    how.ecosystem = "Debian:12";
    how.codename = "bookworm";
    how.architectures = {"amd64"};
    how.keyring = keyring;
    std::vector<std::string> notes;
    fetch_lists({{mirror.uri(), "bookworm-security", {"main"}}}, how, notes);
    return notes;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(directory_)) {
      const std::string name = entry.path().filename();
      all.push_back(name.substr(name.find("_dists_")));
    }
    std::ranges::sort(all);
    return all;
  }

  static std::string release(std::string_view origin, std::string_view hash, std::size_t size) {
    return "Origin: " + std::string(origin) + "\nSuite: oldstable-security\nVersion: 12\n" +
           "Codename: bookworm-security\nSHA256:\n " + std::string(hash) + " " +
           std::to_string(size) + " main/binary-amd64/Packages\n";
  }

  const std::string dist_ = "/debian/dists/bookworm-security/";
  const std::string list_ = "Package: foo\nVersion: 1\n";
  std::string directory_;
};

TEST_F(FetchLists, TakesTheListThatTheReleaseNames) {
  const Mirror mirror(
      {{dist_ + "InRelease", release("Debian", base::sha256_hex(list_), list_.size())},
       {dist_ + "main/binary-amd64/Packages", list_}});
  EXPECT_THAT(fetch(mirror), ElementsAre(HasSubstr("signature was not checked")));
  EXPECT_THAT(names(), ElementsAre("_dists_bookworm-security_InRelease",
                                   "_dists_bookworm-security_main_binary-amd64_Packages"));
  EXPECT_EQ(mirror.requests(), 2);
  fetch(mirror);  // the list is there and right
  EXPECT_EQ(mirror.requests(), 3);
}

TEST_F(FetchLists, RefusesAListWithAnotherHash) {
  const Mirror mirror({{dist_ + "InRelease", release("Debian", std::string(64, '0'), list_.size())},
                       {dist_ + "main/binary-amd64/Packages", list_}});
  EXPECT_THAT(fetch(mirror), testing::Contains(HasSubstr("SHA-256 differs")));
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(FetchLists, RefusesAReleaseThatIsNotSignedByTheArchive) {
  if (!run_program({"gpgv", "--version"}, std::chrono::seconds(10))) {
    GTEST_SKIP() << "gpgv is not installed";
  }
  const Mirror mirror(
      {{dist_ + "InRelease", release("Debian", base::sha256_hex(list_), list_.size())},
       {dist_ + "main/binary-amd64/Packages", list_}});
  const std::string keyring = directory_ + "/_dists_keyring";
  ASSERT_TRUE(base::write_file_atomically(keyring, ""));
  EXPECT_THAT(fetch(mirror, keyring), ElementsAre(HasSubstr("signature of InRelease")));
  EXPECT_THAT(names(), ElementsAre("_dists_keyring"));
}

TEST_F(FetchLists, PassesOverOtherVendorsAndNamesWhatIsMissing) {
  const std::map<std::string, std::string> strange = {
      {dist_ + "InRelease", release("Strange", std::string(64, '0'), 1)}};
  const Mirror stranger(strange);
  EXPECT_THAT(fetch(stranger), IsEmpty());
  const Mirror nothing(std::map<std::string, std::string>{});
  EXPECT_THAT(fetch(nothing), ElementsAre(HasSubstr("/debian bookworm-security: ")));
  EXPECT_THAT(names(), IsEmpty());
}

TEST(PackageLists, AreOfTheWantedPartsInTheSmallestForm) {
  const std::string hash(64, 'A');
  const std::string text =
      "MD5Sum:\n 00 1 main/binary-amd64/Packages.xz\nSHA256:\n " + hash +
      " 9 main/binary-amd64/Packages\n " + hash + " 3 main/binary-amd64/Packages.xz\n " + hash +
      " 5 main/binary-amd64/Packages.gz\n " + hash + " 5 main/binary-arm64/Packages.gz\n " + hash +
      " 5 contrib/binary-amd64/Packages.gz\n short 1 main/binary-i386/Packages\n";
  const auto files = package_lists_of(text, {"main"}, {"amd64", "i386"});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, "main/binary-amd64/Packages.xz");
  EXPECT_EQ(files[0].sha256, std::string(64, 'a'));
  EXPECT_EQ(files[0].size, 3U);
}

TEST(Program, GivesExitCodeAndOutput) {
  const auto result =
      run_program({"sh", "-c", "echo out; echo err >&2; exit 3"}, std::chrono::seconds(30));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->exit_code, 3);
  EXPECT_EQ(result->output, "out\nerr\n");
}

TEST(Program, ThatIsNotThereOrDoesNotEndIsAnError) {
  const auto missing = run_program({"vigil-no-such-program"}, std::chrono::seconds(30));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
  const auto endless = run_program({"sleep", "600"}, std::chrono::seconds(1));
  ASSERT_FALSE(endless);
  EXPECT_THAT(endless.error().text(), HasSubstr("did not end within 1 seconds"));
}

}  // namespace
}  // namespace vigil::source::debian_archive
