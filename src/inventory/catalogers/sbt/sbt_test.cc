#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;

constexpr const char* kBuild = R"(// "no" % "comment" % "1"
ThisBuild / scalaVersion := "2.13.8"
val akka = "2.6.20"
lazy val cats: String = "2.9.0"

libraryDependencies ++= Seq(
  "com.typesafe.akka" %% "akka-actor" % akka, /* two
  lines */
  "org.typelevel" %% "cats-core" % Versions.cats,
  "ch.qos.logback" % "logback-classic" % "1.2.10" % Runtime,
  "org.scalatest" %% "scalatest" % "3.2.14" % Test,
  "org.example" % "dynamic" % "1.+",
  "org.example" % "elsewhere" % Other.version
)
)";

TEST(Sbt, LinesThatAreExact) {
  tree::Memory view;
  view.file("/app/build.sbt", kBuild)
      .file("/app/project/plugins.sbt",
            "addSbtPlugin(\"com.eed3si9n\" % \"sbt-assembly\" % \"2.1.0\")\n")
      .file("/other/build.sbt", "libraryDependencies += \"a\" %% \"b\" % \"1.0\"\n");
  const Inventory found = scan_with("sbt", view);
  EXPECT_EQ(lines(found),
            "com.typesafe.akka:akka-actor_2.13 2.6.20 direct :7\n"
            "org.typelevel:cats-core_2.13 2.9.0 direct :9\n"
            "ch.qos.logback:logback-classic 1.2.10 direct :10\n"
            "org.scalatest:scalatest_2.13 3.2.14 direct [test] :11\n"
            "com.eed3si9n:sbt-assembly_2.12_1.0 2.1.0 direct [build] :1\n");
  EXPECT_EQ(problems(found),
            "/app/build.sbt: line 12: of org.example:dynamic no exact version is in the file\n"
            "/app/build.sbt: line 13: of org.example:elsewhere no exact version is in the file\n"
            "/other/build.sbt: line 1: of a:b the Scala version is not known\n");
}

TEST(Sbt, TheLockFileTellsMore) {
  tree::Memory view;
  view.file("/app/build.sbt", kBuild).file("/app/build.sbt.lock", R"({
  "lockVersion": 1,
  "timestamp": "2022-01-01T00:00:00Z",
  "configurations": ["compile", "test"],
  "dependencies": [
    {"org": "org.scala-lang", "name": "scala-library", "version": "2.13.8",
     "artifacts": [{"name": "scala-library.jar", "hash": "sha1:x"}],
     "configurations": ["compile", "test"]},
    {"org": "org.scalatest", "name": "scalatest_2.13", "version": "3.2.14", "configurations": ["test"]}
  ]
})");
  const Inventory found = scan_with("sbt", view);
  EXPECT_EQ(
      lines(found),
      "org.scala-lang:scala-library 2.13.8 :6\norg.scalatest:scalatest_2.13 3.2.14 [test] :9\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Locked);
}

}  // namespace
}  // namespace vigil::inventory
