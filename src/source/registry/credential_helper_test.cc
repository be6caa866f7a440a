#include "source/registry/credential_helper.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/file.h"

namespace vigil::source::registry {
namespace {

/// A directory with a credential helper, put in front of PATH while the test lasts.
class RegistryCredentialHelper : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = testing::TempDir() + "registry-helper";
    std::filesystem::create_directories(directory_);
    path_ = ::getenv("PATH");
    ::setenv("PATH", (directory_ + ":" + path_).c_str(), 1);
  }
  void TearDown() override {
    ::setenv("PATH", path_.c_str(), 1);
    std::filesystem::remove_all(directory_);
  }
  void install(const std::string& script) {
    const std::string path = directory_ + "/docker-credential-fake";
    ASSERT_TRUE(base::write_file_atomically(path, "#!/bin/sh\n" + script));
    ASSERT_EQ(::chmod(path.c_str(), 0755), 0);
  }
  std::string directory_;
  std::string path_;
};

TEST_F(RegistryCredentialHelper, IsAskedForTheServer) {
  install(R"(read server; [ "$1" = get ] || exit 2
printf '{"ServerURL":"%s","Username":"u-%s","Secret":"s"}' "$server" "$server")");
  const auto found = ask_helper("fake", "host:5000");
  ASSERT_TRUE(found) << found.error().text();
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->user, "u-host:5000");
  EXPECT_EQ((*found)->password, "s");
  EXPECT_EQ((*found)->from, "docker-credential-fake");
}

TEST_F(RegistryCredentialHelper, GivesAnIdentityToken) {
  install(R"(cat > /dev/null; echo '{"Username":"<token>","Secret":"refresh"}')");
  const auto found = ask_helper("fake", "host");
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->identity_token, "refresh");
  EXPECT_EQ((*found)->user, "");
}

TEST_F(RegistryCredentialHelper, HasNone) {
  install("echo 'credentials not found in native keychain'; exit 1");
  const auto found = ask_helper("fake", "host");
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_FALSE(*found);
}

TEST_F(RegistryCredentialHelper, TroubleIsToldWithoutWhatItPrinted) {
  install("echo hush; exit 3");
  const auto found = ask_helper("fake", "host");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().text().find("hush"), std::string::npos);
  EXPECT_NE(found.error().text().find("ends with 3"), std::string::npos);
  install("echo hush");
  EXPECT_EQ(ask_helper("fake", "host").error().what,
            "the credential helper's answer cannot be read");
}

TEST_F(RegistryCredentialHelper, IsKilledWhenItHangs) {
  install("sleep 60 & sleep 60");
  const auto begun = std::chrono::steady_clock::now();
  const auto found = ask_helper("fake", "host", std::chrono::milliseconds(200));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::Busy);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(RegistryCredentialHelper, ANameIsNoPath) {
  for (const std::string_view name : {"", "../../bin/sh", "a b", "a;b"}) {
    EXPECT_EQ(ask_helper(name, "host").error().code, ErrorCode::Invalid) << name;
  }
  EXPECT_EQ(ask_helper("there-is-none-of-that-name", "host").error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace vigil::source::registry
