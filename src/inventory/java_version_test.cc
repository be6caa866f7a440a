#include "inventory/java_version.h"

#include <gtest/gtest.h>

namespace vigil::inventory {
namespace {

TEST(JavaVersion, AsAdvisoriesCount) {
  struct Case {
    const char* java;
    const char* plain;
    const char* cpe;
  };
  for (const Case& one : {
           Case{"1.8.0_392", "8.0.392", "cpe:2.3:a:oracle:openjdk:1.8.0:update392:*:*:*:*:*:*"},
           Case{"1.8.0", "8.0.0", "cpe:2.3:a:oracle:openjdk:1.8.0:*:*:*:*:*:*:*"},
           Case{"1.7.0_80", "7.0.80", "cpe:2.3:a:oracle:openjdk:1.7.0:update80:*:*:*:*:*:*"},
           Case{"11.0.2", "11.0.2", "cpe:2.3:a:oracle:openjdk:11.0.2:*:*:*:*:*:*:*"},
           Case{"17.0.21.1", "17.0.21.1", "cpe:2.3:a:oracle:openjdk:17.0.21.1:*:*:*:*:*:*:*"},
       }) {
    EXPECT_EQ(plain_java_version(one.java), one.plain);
    EXPECT_EQ(java_cpe("oracle:openjdk", one.java), one.cpe);
  }
}

}  // namespace
}  // namespace vigil::inventory
