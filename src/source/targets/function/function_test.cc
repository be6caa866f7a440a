#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "source/target.h"

namespace vigil::source {
namespace {

/// Recorded as Lambda sees it: packages of /var/task and /opt, made by zip(1).
class FunctionTarget : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("zip -h >/dev/null 2>&1") != 0) GTEST_SKIP() << "zip is not installed";
    folder_ = testing::TempDir() + "vigil-function-" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(folder_));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// A zip file with one installed package of that version.
  std::string package(const std::string& name, const std::string& folder,
                      const std::string& version) const {
    const std::string root = folder_ + "/" + name;
    const std::string place = root + "/" + folder + "vendor/composer";
    EXPECT_TRUE(base::make_directories(place));
    EXPECT_TRUE(base::write_file_atomically(
        place + "/installed.json",
        R"({"packages":[{"name":"monolog/monolog","version":")" + version + "\"}]}"));
    EXPECT_TRUE(base::write_file_atomically(root + "/index.js", "exports.handler=1;"));
    const std::string command = "cd '" + root + "' && zip -q -r '../" + name + ".zip' .";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return root + ".zip";
  }
  static Result<Scanned> scan(const Request& request) {
    return find_target("function")->scan(request);
  }

  std::string folder_;
};

TEST_F(FunctionTarget, FindsThePackagesOfCodeAndLayersWhereLambdaPutsThem) {
  Request request;
  request.argument = package("thumbnails", "", "4.17.20");
  request.options["--layer"] =
      package("low", "php/", "4.17.19") + "\n" + package("high", "php/", "4.17.21");
  const auto scanned = scan(request);
  ASSERT_TRUE(scanned) << scanned.error().text();
  std::vector<std::string> found;
  for (const model::Package& one : scanned->inventory.packages) {
    found.push_back(one.version + " " + one.locations[0].path);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"4.17.20 /var/task/vendor/composer/installed.json",
                                             "4.17.21 /opt/php/vendor/composer/installed.json"}))
      << "the lower layer's file is hidden";
  EXPECT_EQ(scanned->function->name, "thumbnails");
  EXPECT_EQ(scanned->function->runtime, "NODEJS");
  EXPECT_EQ(scanned->function->code_digest.size(), 44U);
  EXPECT_EQ(scanned->function->layers.size(), 2U);
}

TEST_F(FunctionTarget, TakesNameAndRuntimeFromItsOptions) {
  Request request;
  request.argument = package("code", "", "1.0.0");
  request.options["--name"] = "resize";
  request.options["--runtime"] = "nodejs22.x";
  const auto scanned = scan(request);
  ASSERT_TRUE(scanned) << scanned.error().text();
  EXPECT_EQ(scanned->function->name, "resize");
  EXPECT_EQ(scanned->function->runtime, "NODEJS_22_X");
  request.options["--runtime"] = "nodejs99.x";
  EXPECT_EQ(scan(request).error().where, "--runtime");
}

TEST_F(FunctionTarget, WhatIsNoZipIsNamed) {
  ASSERT_TRUE(base::write_file_atomically(folder_ + "/x.zip", "not a zip"));
  Request request;
  request.argument = folder_ + "/x.zip";
  const auto scanned = scan(request);
  ASSERT_FALSE(scanned);
  EXPECT_TRUE(scanned.error().where.starts_with(request.argument)) << scanned.error().text();
}

}  // namespace
}  // namespace vigil::source
