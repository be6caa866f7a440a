#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "inventory/scan.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

namespace fs = std::filesystem;

/// A root with programs whose notes the compiler and linker made, as distributions do
/// (systemd's generate-package-notes writes such an assembly or linker script).
class ElfNote : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "vigil-note-test-XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(root_); }

  void compile(const std::string& path, const std::string& json) const {
    fs::create_directories((root_ + path).substr(0, (root_ + path).rfind('/')));
    std::ofstream source(root_ + "/note.S");
    source << ".section .note.package,\"a\",%note\n.balign 4\n.long 4, 2f-1f, 0xcafe1a7e\n"
           << ".asciz \"FDO\"\n1: .asciz \"";
    for (const char c : json) source << (c == '"' ? "\\\"" : std::string(1, c));
    source << "\"\n2: .balign 4\n.section .note.GNU-stack,\"\",%progbits\n";
    source.close();
    std::ofstream(root_ + "/main.c") << "int main(void) { return 0; }\n";
    ASSERT_EQ(std::system(
                  ("cc -o " + root_ + path + " " + root_ + "/main.c " + root_ + "/note.S").c_str()),
              0);
  }
  void file(const std::string& path, const std::string& content) const {
    fs::create_directories((root_ + path).substr(0, (root_ + path).rfind('/')));
    std::ofstream(root_ + path) << content;
  }
  [[nodiscard]] Inventory scan() const {
    const auto view = tree::Directory::open(root_);
    return scan_tree(**view);
  }

  std::string root_;
};

TEST_F(ElfNote, IsAPackageOfTheSystemItNames) {
  compile(
      "/app/tool",
      R"({"type":"rpm","name":"coreutils","version":"0:4711.0815.fc13-1","architecture":"arm32",)"
      R"("osCpe":"cpe:/o:fedoraproject:fedora:40","debugInfoUrl":"https://example.invalid"})");
  compile("/app/other", R"({"type":"deb","os":"Debian","name":"systemd","version":"252.38-1"})");
  const Inventory inventory = scan();
  EXPECT_TRUE(inventory.problems.empty());
  ASSERT_EQ(inventory.packages.size(), 2U);
  EXPECT_EQ(inventory.packages[0].ecosystem, "") << "Debian's note does not say the release";
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:deb/debian/systemd@252.38-1?distro=debian");
  const model::Package& package = inventory.packages[1];
  EXPECT_EQ(package.name, "coreutils");
  EXPECT_EQ(package.version, "0:4711.0815.fc13-1");
  EXPECT_EQ(package.architecture, "arm32");
  EXPECT_EQ(package.manager, "OS");
  EXPECT_EQ(package.evidence, model::Evidence::Binary);
  EXPECT_EQ(package.package_url,
            "pkg:rpm/fedora/coreutils@4711.0815.fc13-1?arch=arm32&distro=fedora-40&epoch=0");
  ASSERT_EQ(package.locations.size(), 1U);
  EXPECT_EQ(package.locations[0].path, "/app/tool");
  EXPECT_GT(package.locations[0].offset, 0U);
}

TEST_F(ElfNote, WolfiAndItsKin) {
  compile(
      "/usr/bin/tool",
      R"({"type":"apk","os":"wolfi","name":"curl","version":"8.9.0-r1","architecture":"x86_64"})");
  const Inventory inventory = scan();
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].ecosystem, "Wolfi");
}

TEST_F(ElfNote, WhereItsPackageIsInstalledItSaysNothingNew) {
  compile("/usr/bin/tool", R"({"type":"deb","os":"Strange","name":"tool","version":"1-1"})");
  file("/etc/os-release", "ID=strange\n");
  file("/var/lib/dpkg/status",
       "Package: tool\nStatus: install ok installed\nVersion: 1-1\nArchitecture: amd64\n");
  file("/var/lib/dpkg/info/tool.list", "/usr/bin/tool\n");
  const Inventory inventory = scan();
  ASSERT_EQ(inventory.packages.size(), 1U);
  EXPECT_EQ(inventory.packages[0].evidence, model::Evidence::Installed);
}

TEST_F(ElfNote, ADamagedNoteIsAProblem) {
  compile("/app/tool", R"({"type":"rpm")");
  compile("/app/without", R"({"type":"rpm","name":"x"})");
  const Inventory inventory = scan();
  EXPECT_TRUE(inventory.packages.empty());
  ASSERT_EQ(inventory.problems.size(), 2U);
  EXPECT_EQ(inventory.problems[0].why, "its package metadata (.note.package) is damaged");
}

}  // namespace
}  // namespace vigil::inventory
