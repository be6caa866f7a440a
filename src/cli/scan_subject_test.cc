#include "cli/scan_subject.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/file.h"
#include "findings/identity.h"

namespace vigil::cli {
namespace {

class ScanSubject : public testing::Test {
 protected:
  void SetUp() override {
    options_.root = testing::TempDir() + "vigil-subject-" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(options_.root + "/etc"));
  }
  void TearDown() override { std::filesystem::remove_all(options_.root); }

  void write(const std::string& path, std::string_view text) const {
    ASSERT_TRUE(base::write_file_atomically(options_.root + path, text));
  }

  ScanOptions options_;
};

TEST_F(ScanSubject, AMountedSystemIsTheHostItWouldBeRunning) {
  const std::string id = "0123456789abcdef0123456789abcdef";
  write("/etc/machine-id", id + "\n");
  write("/etc/hostname", "web-1\n");
  const findings::Resource resource = describe_resource(options_, {});
  EXPECT_EQ(resource.id, findings::instance_id("host\n" + id));
  EXPECT_EQ(resource.name, "web-1");
  EXPECT_EQ(resource.tags.at("vigil:kind"), "host");
  EXPECT_EQ(resource.tags.at("vigil:name"), "web-1");
}

TEST_F(ScanSubject, WithoutAMachineIdItIsItsDirectory) {
  const std::string directory =
      findings::instance_id("directory\n" + std::filesystem::canonical(options_.root).string());
  for (const char* text : {"", "uninitialized\n", "0123", "0123456789ABCDEF0123456789ABCDEF"}) {
    write("/etc/machine-id", text);
    EXPECT_EQ(describe_resource(options_, {}).id, directory) << text;
  }
}

TEST_F(ScanSubject, ADirectoryIsNeverAHost) {
  write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  options_.is_directory = true;
  EXPECT_EQ(describe_resource(options_, {}).tags.at("vigil:kind"), "directory");
}

}  // namespace
}  // namespace vigil::cli
