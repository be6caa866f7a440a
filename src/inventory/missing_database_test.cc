#include "inventory/missing_database.h"

#include <gtest/gtest.h>

#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

std::vector<std::string> problems(const tree::View& view) {
  std::vector<std::string> out;
  for (const Problem& problem : scan_tree(view).problems) out.push_back(problem.why);
  return out;
}

TEST(MissingDatabase, ASystemWithoutIsNotOneWithoutPackages) {
  tree::Memory debian;
  debian.file("/etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian 12\"\n");
  EXPECT_EQ(problems(debian),
            std::vector<std::string>{
                "this is Debian 12, but there is no database of dpkg: its packages are not known"});
  tree::Memory alpine;
  alpine.file("/etc/os-release", "ID=alpine\nVERSION_ID=3.21.0\n");
  EXPECT_EQ(problems(alpine).size(), 1U);
  tree::Memory alma;
  alma.file("/etc/os-release", "ID=almalinux\nVERSION_ID=9.5\n");
  EXPECT_EQ(problems(alma).size(), 1U);
}

TEST(MissingDatabase, DistrolessAndEmptySystemsAreNone) {
  tree::Memory distroless;
  distroless.file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
      .file("/var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12\n");
  EXPECT_TRUE(problems(distroless).empty());
  tree::Memory empty;
  empty.file("/etc/os-release", "ID=alpine\nVERSION_ID=3.21.0\n").file("/lib/apk/db/installed", "");
  EXPECT_TRUE(problems(empty).empty());
}

TEST(MissingDatabase, NobodyIsAskedForWhatNobodyKnows) {
  EXPECT_TRUE(problems(tree::Memory()).empty());
  tree::Memory strange;
  strange.file("/etc/os-release", "ID=strange\n");
  EXPECT_TRUE(problems(strange).empty());
  tree::Memory arch;
  arch.file("/etc/os-release", "ID=arch\n");
  EXPECT_TRUE(problems(arch).empty()) << "no cataloguer for pacman";
}

}  // namespace
}  // namespace vigil::inventory
