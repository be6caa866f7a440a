#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"
#include "inventory/testing/workshop_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;
using testing::Workshop;

TEST(JavaRuntime, VersionsAndWhoMadeIt) {
  struct Case {
    const char* text;
    const char* expected;
    const char* cpe;
  };
  for (const Case& one : {
           Case{"IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"17.0.15\"\n", "java 17.0.15 :2\n",
                "cpe:2.3:a:oracle:openjdk:17.0.15:*:*:*:*:*:*:*"},
           Case{"JAVA_VERSION=\"1.8.0_392\"\nOS_NAME=\"Linux\"\n", "java 8.0.392 :1\n",
                "cpe:2.3:a:oracle:openjdk:1.8.0:update392:*:*:*:*:*:*"},
           Case{"IMPLEMENTOR=\"Oracle Corporation\"\nJAVA_VERSION=\"21\"\n", "java 21 :2\n",
                "cpe:2.3:a:oracle:jdk:21:*:*:*:*:*:*:*"},
       }) {
    const Inventory found = scan_file("java-runtime", "/opt/jdk/release", one.text);
    EXPECT_EQ(lines(found), one.expected);
    ASSERT_EQ(found.packages.size(), 1U);
    EXPECT_EQ(found.packages[0].cpe, one.cpe);
    EXPECT_EQ(found.packages[0].ecosystem, "Bitnami");
  }
}

TEST(JavaRuntime, OtherFilesOfThatNameAreNotJava) {
  EXPECT_EQ(lines(scan_file("java-runtime", "/release", "VERSION=1\n")), "");
  EXPECT_EQ(problems(scan_file("java-runtime", "/release", "VERSION=1\n")), "");
  EXPECT_EQ(problems(scan_file("java-runtime", "/release", "JAVA_VERSION=\"@V@\"\n")),
            "/release: line 1: this is no version of Java\n");
}

TEST(JavaRuntime, OfTheJavaThatIsHere) {
  VIGIL_NEEDS("java");
  const Workshop folder;
  ASSERT_TRUE(folder.run(
      "cp \"$(dirname \"$(readlink -f \"$(command -v java)\")\")/../release\" release && "
      "java -XshowSettings:properties -version 2>&1 | "
      "sed -n 's/^ *java.version = //p' >version"))
      << folder.read("log");
  std::string version = folder.read("version");
  version = version.substr(0, version.find('\n'));
  const Inventory found = scan_file("java-runtime", "/jdk/release", folder.read("release"));
  ASSERT_EQ(found.packages.size(), 1U);
  EXPECT_EQ(found.packages[0].version, version);
}

}  // namespace
}  // namespace vigil::inventory
