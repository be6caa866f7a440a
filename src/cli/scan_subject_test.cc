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

TEST_F(ScanSubject, AnSbomIsWhatItLists) {
  write("/bom.json", R"({"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"properties":[
    {"name":"vigil:kernel","value":"6.1"}]},"components":[
    {"purl":"pkg:npm/b@1"},{"purl":"pkg:npm/a@1"},{"name":"x"}]})");
  options_.is_sbom = true;
  options_.root += "/bom.json";
  const auto inventory = take_inventory(options_);
  ASSERT_TRUE(inventory) << inventory.error().text();
  ASSERT_EQ(inventory->packages.size(), 2U);
  EXPECT_EQ(inventory->packages[0].name, "a");
  EXPECT_EQ(inventory->problems.size(), 1U);
  const findings::Resource resource = describe_resource(options_, *inventory);
  EXPECT_EQ(resource.name, std::filesystem::canonical(options_.root).string());
  EXPECT_EQ(resource.id, findings::instance_id("sbom\n" + resource.name));
  EXPECT_EQ(resource.tags.at("vigil:kind"), "sbom");
}

TEST_F(ScanSubject, AFileThatIsNoSbomIsNamed) {
  write("/bom.json", R"({"bomFormat":"CycloneDX","specVersion":"9"})");
  options_.is_sbom = true;
  options_.root += "/bom.json";
  const auto inventory = take_inventory(options_);
  ASSERT_FALSE(inventory);
  EXPECT_EQ(inventory.error().where, options_.root + ": specVersion");
}

}  // namespace
}  // namespace vigil::cli
