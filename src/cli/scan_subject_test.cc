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
    root_ = testing::TempDir() + "vigil-subject-" + std::to_string(::getpid());
    ASSERT_TRUE(base::make_directories(root_ + "/etc"));
    options_.subject.no_cache = true;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void write(const std::string& path, std::string_view text) const {
    ASSERT_TRUE(base::write_file_atomically(root_ + path, text));
  }
  findings::Resource resource_of(const std::string& target) {
    options_.subject.target = target;
    const auto scanned = take(options_.subject);
    EXPECT_TRUE(scanned) << scanned.error().text();
    return scanned ? describe_resource(options_, *scanned) : findings::Resource{};
  }

  std::string root_;
  ScanOptions options_;
};

TEST_F(ScanSubject, AMountedSystemIsTheHostItWouldBeRunning) {
  const std::string id = "0123456789abcdef0123456789abcdef";
  write("/etc/machine-id", id + "\n");
  options_.subject.options["--root"] = root_;
  EXPECT_EQ(resource_of("host").id, findings::instance_id("host\n" + id));
}

TEST_F(ScanSubject, ADirectoryIsNeverAHost) {
  write("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  options_.subject.argument = root_;
  EXPECT_EQ(resource_of("dir").tags.at("vigil:kind"), "directory");
}

TEST_F(ScanSubject, AnUnknownCataloguerIsNamed) {
  options_.subject.target = "dir";
  options_.subject.argument = root_;
  options_.subject.catalogers = {"dpkg", "nothing"};
  const auto scanned = take(options_.subject);
  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().what, "unknown cataloguer 'nothing'");
}

TEST_F(ScanSubject, AnSbomIsWhatItLists) {
  write("/bom.json", R"({"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"properties":[
    {"name":"vigil:kernel","value":"6.1"}]},"components":[
    {"purl":"pkg:npm/b@1"},{"purl":"pkg:npm/a@1"},{"name":"x"}]})");
  options_.subject.target = "sbom";
  options_.subject.argument = root_ + "/bom.json";
  const auto scanned = take(options_.subject);
  ASSERT_TRUE(scanned) << scanned.error().text();
  ASSERT_EQ(scanned->inventory.packages.size(), 2U);
  EXPECT_EQ(scanned->inventory.packages[0].name, "b");
  EXPECT_EQ(scanned->inventory.problems.size(), 1U);
  const findings::Resource resource = describe_resource(options_, *scanned);
  EXPECT_EQ(resource.name, std::filesystem::canonical(root_ + "/bom.json").string());
  EXPECT_EQ(resource.id, findings::instance_id("sbom\n" + resource.name));
  EXPECT_EQ(resource.tags.at("vigil:kind"), "sbom");
}

TEST_F(ScanSubject, AFileThatIsNoSbomIsNamed) {
  write("/bom.json", R"({"bomFormat":"CycloneDX","specVersion":"9"})");
  options_.subject.target = "sbom";
  options_.subject.argument = root_ + "/bom.json";
  const auto scanned = take(options_.subject);
  ASSERT_FALSE(scanned);
  EXPECT_EQ(scanned.error().where, root_ + "/bom.json: specVersion");
}

}  // namespace
}  // namespace vigil::cli
