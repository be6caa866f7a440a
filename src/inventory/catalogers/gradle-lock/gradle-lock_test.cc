#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

TEST(GradleLock, ConfigurationsTellTheScope) {
  const Inventory found = scan_file(
      "gradle-lock", "/app/gradle.lockfile",
      "# This is a Gradle generated file for dependency locking.\n# Manual edits can break the "
      "build.\n"
      "com.google.guava:guava:31.1-jre=compileClasspath,runtimeClasspath,testRuntimeClasspath\n"
      "junit:junit:4.13.2=testCompileClasspath,integrationTestRuntimeClasspath\n"
      "broken\nempty=annotationProcessor\n");
  EXPECT_EQ(lines(found), "com.google.guava:guava 31.1-jre :3\njunit:junit 4.13.2 [test] :4\n");
  EXPECT_EQ(problems(found), "/app/gradle.lockfile: line 5: not GROUP:ARTIFACT:VERSION\n");
  EXPECT_EQ(found.packages[0].package_url, "pkg:maven/com.google.guava/guava@31.1-jre");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Locked);
}

TEST(GradleLock, OfTheBuildItself) {
  EXPECT_EQ(lines(scan_file("gradle-lock", "/buildscript-gradle.lockfile",
                            "org.example:plugin:1.0=classpath\nempty=\n")),
            "org.example:plugin 1.0 [build] :1\n");
}

TEST(GradleLock, OneFileForEachConfiguration) {
  EXPECT_EQ(lines(scan_file("gradle-lock", "/gradle/dependency-locks/testCompileClasspath.lockfile",
                            "junit:junit:4.12\n")),
            "junit:junit 4.12 [test] :1\n");
  EXPECT_EQ(lines(scan_file("gradle-lock", "/gradle/dependency-locks/compileClasspath.lockfile",
                            "org.slf4j:slf4j-api:1.7.25\n")),
            "org.slf4j:slf4j-api 1.7.25 :1\n");
  EXPECT_EQ(lines(scan_file("gradle-lock", "/other/own.lockfile", "a:b:1\n")), "");
}

}  // namespace
}  // namespace vigil::inventory
