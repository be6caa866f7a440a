#include <gtest/gtest.h>
#include <zstd.h>

#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

// As chisel 1.2 writes it, shortened.
constexpr const char* kManifest =
    R"({"jsonwall":"1.0","schema":"1.0","count":8}
{"kind":"content","slice":"libssl3t64_libs","path":"/usr/lib/x86_64-linux-gnu/libssl.so.3"}
{"kind":"content","slice":"python3-minimal_core","path":"/usr/lib/python3/lib.dist-info/METADATA"}
{"kind":"package","name":"libssl3t64","version":"3.0.13-0ubuntu3.4","sha256":"5a7e","arch":"amd64"}
{"kind":"package","name":"python3-minimal","version":"3.12.3-0ubuntu2","sha256":"9b1c","arch":"amd64"}
{"kind":"path","path":"/usr/lib/python3/lib.dist-info/METADATA","mode":"0644","slices":["python3-minimal_core"],"sha256":"00","size":3}
{"kind":"path","path":"/usr/lib/x86_64-linux-gnu/libssl.so.3","mode":"0644","slices":["libssl3t64_libs"],"sha256":"00","size":3}
{"kind":"slice","name":"libssl3t64_libs"}
)";

std::string compressed(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

constexpr const char* kUbuntu = "ID=ubuntu\nVERSION_ID=\"24.04\"\n";
constexpr const char* kPlace = "/var/lib/chisel/manifest.wall";

TEST(Chisel, PackagesOfTheManifestAndWhatItDoesNotSay) {
  tree::Memory view;
  view.file("/etc/os-release", kUbuntu).file(kPlace, compressed(kManifest));
  const Inventory inventory = scan_tree(view);
  ASSERT_EQ(inventory.packages.size(), 2U);
  const model::Package& package = inventory.packages[0];
  EXPECT_EQ(package.ecosystem, "Ubuntu:24.04");
  EXPECT_EQ(package.name, "libssl3t64");
  EXPECT_EQ(package.version, "3.0.13-0ubuntu3.4");
  EXPECT_EQ(package.architecture, "amd64");
  EXPECT_EQ(package.package_url,
            "pkg:deb/ubuntu/libssl3t64@3.0.13-0ubuntu3.4?arch=amd64&distro=ubuntu-24.04");
  EXPECT_EQ(package.locations[0].line, 4U);
  ASSERT_EQ(inventory.problems.size(), 1U);
  EXPECT_NE(inventory.problems[0].why.find("source packages"), std::string::npos);
}

TEST(Chisel, ItsFilesAreItsPackages) {
  tree::Memory view;
  view.file("/etc/os-release", kUbuntu)
      .file(kPlace, compressed(kManifest))
      .file("/usr/lib/x86_64-linux-gnu/libssl.so.3",
            "\x7f"
            "ELF OpenSSL 3.0.13 30 Jan 2024\n");
  const Inventory inventory = scan_tree(view);
  ASSERT_EQ(inventory.packages.size(), 2U);
  ASSERT_EQ(inventory.packages[0].locations.size(), 2U);
  EXPECT_EQ(inventory.packages[0].locations[1].path, "/usr/lib/x86_64-linux-gnu/libssl.so.3");
}

TEST(Chisel, DamagedManifests) {
  const std::string whole = compressed(kManifest);
  for (const std::string& bad : {std::string("plain"), whole.substr(0, whole.size() / 2),
                                 compressed("{\n{\"kind\":\"package\"}\n")}) {
    tree::Memory view;
    view.file("/etc/os-release", kUbuntu).file(kPlace, bad);
    const Inventory inventory = scan_tree(view);
    EXPECT_TRUE(inventory.packages.empty());
    EXPECT_FALSE(inventory.problems.empty());
  }
}

}  // namespace
}  // namespace vigil::inventory
