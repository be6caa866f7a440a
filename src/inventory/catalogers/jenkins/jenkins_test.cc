#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "tree/directory.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::scan_with;
using testing::Workshop;

/// A zip of one stored file, byte by byte (APPNOTE.TXT 4.3).
std::string zip_of(const std::string& name, const std::string& content) {
  const auto number = [](std::uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
  };
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : content) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  const std::string about = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                            number(~crc, 4) + number(content.size(), 4) +
                            number(content.size(), 4) + number(name.size(), 2) + number(0, 2);
  const std::string local = "PK\x03\x04" + about + name + content;
  const std::string central = "PK\x01\x02" + number(20, 2) + about + number(0, 2) + number(0, 2) +
                              number(0, 2) + number(0, 4) + number(0, 4) + name;
  return local + central + "PK\x05\x06" + number(0, 4) + number(1, 2) + number(1, 2) +
         number(central.size(), 4) + number(local.size(), 4) + number(0, 2);
}

constexpr const char* kManifest =
    "Manifest-Version: 1.0\r\nGroup-Id: org.jenkins-ci.plugins\r\nShort-Name: git\r\n"
    "Long-Name: Jenkins Git plugin\r\nPlugin-Version: 5.0.\r\n 0\r\n"
    "Plugin-License-Name: The MIT License (MIT)\r\n\r\nName: x\r\nShort-Name: not this\r\n";

TEST(Jenkins, TheManifestSaysWhatThePluginIs) {
  const Inventory inventory = scan_file("jenkins", "/var/jenkins_home/plugins/git.jpi",
                                        zip_of("META-INF/MANIFEST.MF", kManifest));
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(lines(inventory), "org.jenkins-ci.plugins:git 5.0.0 {The MIT License (MIT)}\n");
  EXPECT_EQ(inventory.packages.at(0).ecosystem, "Maven");
  EXPECT_EQ(inventory.packages.at(0).package_url, "pkg:maven/org.jenkins-ci.plugins/git@5.0.0");
}

TEST(Jenkins, OldPluginsHaveNoGroupAndPrivateOnesAMark) {
  EXPECT_EQ(
      lines(scan_file("jenkins", "/p/old.hpi",
                      zip_of("META-INF/MANIFEST.MF",
                             "Short-Name: old\nPlugin-Version: 1.0-SNAPSHOT (private-1-me)\n"))),
      "org.jenkins-ci.plugins:old 1.0-SNAPSHOT\n");
}

TEST(Jenkins, APluginIsFoundOnceThoughItIsAnArchiveOfJavaToo) {
  tree::Memory view;
  view.file("/p/git.jpi", zip_of("META-INF/MANIFEST.MF", kManifest));
  EXPECT_EQ(lines(scan_tree(view)), "org.jenkins-ci.plugins:git 5.0.0 {The MIT License (MIT)}\n");
}

TEST(Jenkins, WhatIsWrongIsNamed) {
  EXPECT_EQ(problems(scan_file("jenkins", "/p/a.jpi", zip_of("x", ""))),
            "/p/a.jpi: there is no META-INF/MANIFEST.MF in it\n");
  EXPECT_EQ(problems(scan_file("jenkins", "/p/a.jpi", zip_of("META-INF/MANIFEST.MF", "A: b\n"))),
            "/p/a.jpi: the manifest has no Short-Name\n");
  EXPECT_NE(problems(scan_file("jenkins", "/p/a.jpi", "not a zip")), "");
}

TEST(Jenkins, ReadsWhatJarItselfWrites) {
  if (!Workshop::has("jar")) GTEST_SKIP() << "the JDK is not installed";
  const Workshop shop;
  ASSERT_TRUE(shop.run(R"(set -e; export HOME=$PWD
printf 'Group-Id: io.jenkins.plugins\nShort-Name: made\nPlugin-Version: 1.2.%080d\n' 3 >manifest
echo x >x
jar cfm made.jpi manifest x
)")) << "jar failed";
  const auto view = tree::Directory::open(shop.path());
  ASSERT_TRUE(view);
  EXPECT_EQ(lines(scan_with("jenkins", **view)),
            "io.jenkins.plugins:made 1.2." + std::string(79, '0') + "3\n");
}

}  // namespace
}  // namespace vigil::inventory
