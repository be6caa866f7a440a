#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_with;

TEST(NugetProject, VersionsOfAttributesElementsAndProperties) {
  tree::Memory view;
  view.file("/src/Directory.Build.props",
            "<Project><PropertyGroup><Major>4</Major></PropertyGroup></Project>")
      .file(
          "/src/App/App.csproj",
          "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <DapperVersion>$(Major).2.1"
          "</DapperVersion>\n  </PropertyGroup>\n  <ItemGroup>\n"
          "    <PackageReference Include=\"Newtonsoft.Json\" Version=\"13.0.1\" />\n"
          "    <PackageReference "
          "Include=\"Dapper\"><Version>$(dapperversion)</Version></PackageReference>\n"
          "    <PackageReference Include=\"Exact\" Version=\"[2.0.0]\" PrivateAssets=\"All\" />\n"
          "    <PackageReference Include=\"Floating\" Version=\"1.*\" />\n"
          "    <PackageReference Include=\"Range\" Version=\"[1.0,2.0)\" />\n"
          "    <PackageReference Include=\"Unknown\" Version=\"$(Nowhere)\" />\n"
          "    <PackageReference Include=\"Missing\" />\n"
          "    <PackageReference Update=\"Other\" Version=\"1.0\" />\n"
          "  </ItemGroup>\n</Project>\n");
  const Inventory found = scan_with("nuget-project", view);
  EXPECT_EQ(
      lines(found),
      "Newtonsoft.Json 13.0.1 direct :6\nDapper 4.2.1 direct :7\nExact 2.0.0 direct [dev] :8\n");
  EXPECT_EQ(problems(found),
            "/src/App/App.csproj: line 9: of Floating no exact version is asked for: '1.*'\n"
            "/src/App/App.csproj: line 10: of Range no exact version is asked for: '[1.0,2.0)'\n"
            "/src/App/App.csproj: line 11: of Unknown no exact version is asked for: '$(Nowhere)'\n"
            "/src/App/App.csproj: line 12: of Missing no version is in the tree\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Declared);
}

TEST(NugetProject, CentralVersionsOfTheNearestFolderAbove) {
  tree::Memory view;
  view.file("/Directory.Packages.props",
            "<Project><ItemGroup><PackageVersion Include=\"A\" Version=\"9.9.9\" "
            "/></ItemGroup></Project>")
      .file("/src/Directory.Packages.props",
            "<Project><PropertyGroup><V>1.5.0</V></PropertyGroup><ItemGroup>"
            "<PackageVersion Include=\"a\" Version=\"$(V)\" />"
            "<PackageVersion Include=\"B\" Version=\"2.0.0\" />"
            "<GlobalPackageReference Include=\"Versioning\" Version=\"3.5.0\" "
            "/></ItemGroup></Project>")
      .file("/src/deep/App.fsproj",
            "<Project><ItemGroup><PackageReference Include=\"A\" />\n"
            "<PackageReference Include=\"B\" VersionOverride=\"2.1.0\" /></ItemGroup></Project>");
  const Inventory found = scan_with("nuget-project", view);
  EXPECT_EQ(lines(found), "Versioning 3.5.0 direct [dev]\nA 1.5.0 direct :1\nB 2.1.0 direct :2\n");
  EXPECT_EQ(problems(found), "");
}

TEST(NugetProject, WhatWasResolvedTellsMore) {
  tree::Memory view;
  view.file("/App.csproj",
            "<Project><ItemGroup><PackageReference Include=\"A\" "
            "Version=\"1.0.0\"/></ItemGroup></Project>")
      .file("/obj/project.assets.json", "{}");
  EXPECT_EQ(lines(scan_with("nuget-project", view)), "");
}

TEST(NugetProject, DamageIsAProblem) {
  tree::Memory view;
  view.file("/A.vbproj", "<Project>");
  EXPECT_EQ(scan_with("nuget-project", view).problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
