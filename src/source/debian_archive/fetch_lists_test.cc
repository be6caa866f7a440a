#include "source/debian_archive/fetch_lists.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "base/testing/web_server_test.h"
#include "source/debian_archive/program.h"

namespace vigil::source::debian_archive {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Serves texts by their paths; 404 for others.
class Mirror {
 public:
  explicit Mirror(std::map<std::string, std::string> files)
      : files_(std::move(files)), server_([this](const base::WebRequest& request) {
          const auto file = files_.find(request.target);
          if (file == files_.end()) return base::WebReply{.status = "404 Not Found"};
          return base::WebReply{.body = file->second};
        }) {}

  [[nodiscard]] std::string uri() const { return server_.url("/debian"); }
  [[nodiscard]] std::size_t requests() { return server_.requests().size(); }

 private:
  std::map<std::string, std::string> files_;
  base::WebServer server_;
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
  Mirror mirror({{dist_ + "InRelease", release("Debian", base::sha256_hex(list_), list_.size())},
                 {dist_ + "main/binary-amd64/Packages", list_}});
  EXPECT_THAT(fetch(mirror), ElementsAre(HasSubstr("signature was not checked")));
  EXPECT_THAT(names(), ElementsAre("_dists_bookworm-security_InRelease",
                                   "_dists_bookworm-security_main_binary-amd64_Packages"));
  EXPECT_EQ(mirror.requests(), 2U);
  fetch(mirror);  // the list is there and right
  EXPECT_EQ(mirror.requests(), 3U);
}

TEST_F(FetchLists, RefusesAListWithAnotherHash) {
  Mirror mirror({{dist_ + "InRelease", release("Debian", std::string(64, '0'), list_.size())},
                 {dist_ + "main/binary-amd64/Packages", list_}});
  EXPECT_THAT(fetch(mirror), testing::Contains(HasSubstr("SHA-256 differs")));
  EXPECT_THAT(names(), IsEmpty());
}

TEST_F(FetchLists, RefusesAReleaseThatIsNotSignedByTheArchive) {
  if (!run_program({"gpgv", "--version"}, std::chrono::seconds(10))) {
    GTEST_SKIP() << "gpgv is not installed";
  }
  Mirror mirror({{dist_ + "InRelease", release("Debian", base::sha256_hex(list_), list_.size())},
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
