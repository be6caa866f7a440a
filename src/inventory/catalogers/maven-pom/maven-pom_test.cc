#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;

constexpr const char* kParent = R"(<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.example</groupId>
  <artifactId>parent</artifactId>
  <version>2.0</version>
  <properties>
    <log4j.version>2.17.0</log4j.version>
    <spring>5.3.${patch}</spring>
    <patch>20</patch>
  </properties>
  <dependencyManagement>
    <dependencies>
      <dependency><groupId>org.springframework</groupId><artifactId>spring-core</artifactId><version>${spring}</version></dependency>
      <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13.2</version><scope>test</scope></dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>1.7.30</version></dependency>
  </dependencies>
</project>
)";

constexpr const char* kChild = R"(<?xml version="1.0"?>
<project>
  <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>2.0</version></parent>
  <artifactId>app</artifactId>
  <properties><log4j.version>2.17.1</log4j.version></properties>
  <dependencies>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${log4j.version}</version></dependency>
    <dependency><groupId>org.springframework</groupId><artifactId>spring-core</artifactId></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>lib</artifactId><version>${project.version}</version><optional>true</optional></dependency>
    <dependency><groupId>g</groupId><artifactId>exact</artifactId><version>[1.5]</version><classifier>linux</classifier></dependency>
    <dependency><groupId>g</groupId><artifactId>range</artifactId><version>[1.0,2.0)</version></dependency>
    <dependency><groupId>g</groupId><artifactId>unknown</artifactId><version>${nowhere}</version></dependency>
    <dependency><groupId>g</groupId><artifactId>missing</artifactId></dependency>
    <dependency><groupId>javax</groupId><artifactId>servlet</artifactId><version>4</version><scope>provided</scope></dependency>
  </dependencies>
</project>
)";

TEST(MavenPom, ParentsPropertiesAndManagedVersions) {
  tree::Memory view;
  view.file("/src/pom.xml", kParent).file("/src/app/pom.xml", kChild);
  const Inventory found = scan_with("maven-pom", view);
  EXPECT_EQ(lines(found),
            "org.apache.logging.log4j:log4j-core 2.17.1 direct :7\n"
            "org.springframework:spring-core 5.3.20 direct :8\n"
            "junit:junit 4.13.2 direct [test] :9\n"
            "org.example:lib 2.0 direct [optional] :10\n"
            "g:exact 1.5 direct :11\n"
            "javax:servlet 4 direct [provided] :15\n"
            "org.slf4j:slf4j-api 1.7.30 direct\n"
            "org.slf4j:slf4j-api 1.7.30 direct :17\n");
  EXPECT_EQ(problems(found),
            "/src/app/pom.xml: line 12: of g:range no exact version is asked for: '[1.0,2.0)'\n"
            "/src/app/pom.xml: line 13: of g:unknown no exact version is asked for: '${nowhere}'\n"
            "/src/app/pom.xml: line 14: of g:missing no version is in the tree\n");
  EXPECT_EQ(found.packages[4].package_url, "pkg:maven/g/exact@1.5?classifier=linux");
  EXPECT_EQ(found.packages[0].manager, "POM");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Declared);
}

TEST(MavenPom, AnotherPomInTheParentsPlaceIsNotTheParent) {
  tree::Memory view;
  view.file("/pom.xml",
            "<project><artifactId>other</artifactId><properties><v>1</v></properties></project>")
      .file("/a/pom.xml",
            "<project><parent><artifactId>parent</artifactId></parent><dependencies><dependency>"
            "<groupId>g</groupId><artifactId>x</artifactId><version>${v}</version></dependency>"
            "</dependencies></project>");
  EXPECT_EQ(lines(scan_with("maven-pom", view)), "");
}

TEST(MavenPom, ParentsAndPropertiesThatGoInACircleEnd) {
  tree::Memory view;
  view.file(
      "/pom.xml",
      "<project><parent><artifactId>a</artifactId><relativePath>./pom.xml</relativePath></parent>"
      "<artifactId>a</artifactId><properties><v>${w}</v><w>${v}${v}</w></properties><dependencies>"
      "<dependency><groupId>g</groupId><artifactId>x</artifactId><version>${v}</version>"
      "</dependency></dependencies></project>");
  const Inventory found = scan_with("maven-pom", view);
  EXPECT_EQ(lines(found), "");
  EXPECT_EQ(found.problems.size(), 1U);
}

TEST(MavenPom, OfUnpackedArchivesNothingIsAskedFor) {
  tree::Memory view;
  view.file("/x/META-INF/maven/org.example/parent/pom.xml", kParent);
  EXPECT_EQ(lines(scan_with("maven-pom", view)), "");
}

TEST(MavenPom, DamageIsAProblem) {
  tree::Memory view;
  view.file("/pom.xml", "<project><dependencies>").file("/a/pom.xml", "<html/>");
  EXPECT_EQ(scan_with("maven-pom", view).problems.size(), 2U);
}

}  // namespace
}  // namespace vigil::inventory
