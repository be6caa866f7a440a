#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

TEST(NugetLock, LockFileOfSeveralFrameworks) {
  const Inventory found = scan_file("nuget-lock", "/app/packages.lock.json", R"x({
  "version": 1,
  "dependencies": {
    ".NETFramework,Version=v4.7.2": {
      "Serilog": { "type": "Direct", "requested": "[2.10.0, )", "resolved": "2.10.0" }
    },
    "net6.0": {
      "Serilog.Sinks.File": {
        "type": "Direct",
        "requested": "[5.0.0, )",
        "resolved": "5.0.0",
        "contentHash": "x",
        "dependencies": { "serilog": "2.10.0" }
      },
      "Serilog": { "type": "Transitive", "resolved": "2.10.0" },
      "System.Text.Json": { "type": "CentralTransitive", "resolved": "6.0.1" },
      "shared": { "type": "Project", "dependencies": { "Newtonsoft.Json": "[13.0.1, )" } },
      "Newtonsoft.Json": { "type": "Transitive", "resolved": "13.0.1" }
    }
  }
})x");
  EXPECT_EQ(problems(found), "");
  EXPECT_EQ(lines(found),
            "Serilog 2.10.0 direct :5 <- Serilog.Sinks.File@5.0.0\n"
            "Serilog.Sinks.File 5.0.0 direct :8\n"
            "System.Text.Json 6.0.1 transitive :16\n"
            "Newtonsoft.Json 13.0.1 direct :18\n");
  EXPECT_EQ(found.packages[0].manager, "NUGET");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Locked);
}

TEST(NugetLock, AssetsOfARestore) {
  const Inventory found = scan_file("nuget-lock", "/app/obj/project.assets.json", R"x({
  "version": 3,
  "targets": {
    "net8.0": {
      "Serilog/2.10.0": { "type": "package" },
      "Serilog.Sinks.File/5.0.0": { "type": "package", "dependencies": { "Serilog": "2.10.0" } },
      "Shared/1.0.0": { "type": "project" }
    },
    "net8.0/linux-x64": {
      "Serilog/2.10.0": { "type": "package" }
    }
  },
  "libraries": {},
  "project": { "frameworks": { "net8.0": { "dependencies": {
    "Serilog.Sinks.File": { "target": "Package", "version": "[5.0.0, )" } } } } }
})x");
  EXPECT_EQ(lines(found),
            "Serilog 2.10.0 transitive :5 <- Serilog.Sinks.File@5.0.0\n"
            "Serilog.Sinks.File 5.0.0 direct :6\n");
}

TEST(NugetLock, PackagesConfig) {
  const Inventory found =
      scan_file("nuget-lock", "/app/packages.config",
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<packages>\n"
                "  <package id=\"jQuery\" version=\"1.9.1\" targetFramework=\"net45\" />\n"
                "  <package id=\"StyleCop\" version=\"6.2.0\" developmentDependency=\"true\" />\n"
                "  <package id=\"NoVersion\" />\n</packages>\n");
  EXPECT_EQ(lines(found), "jQuery 1.9.1 :3\nStyleCop 6.2.0 [dev] :4\n");
  EXPECT_EQ(problems(found), "/app/packages.config: line 5: '' is no version of NoVersion\n");
}

TEST(NugetLock, DamageIsAProblem) {
  EXPECT_EQ(problems(scan_file("nuget-lock", "/packages.config", "<packages>"))
                .find("/packages.config: "),
            0U);
  EXPECT_EQ(scan_file("nuget-lock", "/packages.lock.json", "{").problems.size(), 1U);
}

}  // namespace
}  // namespace vigil::inventory
