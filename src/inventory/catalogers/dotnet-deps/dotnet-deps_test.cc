#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

constexpr const char* kApplication = R"({
  "runtimeTarget": {
    "name": ".NETCoreApp,Version=v8.0/linux-x64",
    "signature": ""
  },
  "compilationOptions": {},
  "targets": {
    ".NETCoreApp,Version=v8.0": {},
    ".NETCoreApp,Version=v8.0/linux-x64": {
      "App/1.0.0": {
        "dependencies": {
          "Serilog.Sinks.File": "5.0.0",
          "Shared": "1.0.0",
          "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64": "8.0.1"
        },
        "runtime": { "App.dll": {} }
      },
      "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {
        "runtime": { "System.Private.CoreLib.dll": { "assemblyVersion": "8.0.0.0" } }
      },
      "Newtonsoft.Json/13.0.1": {
        "runtime": { "lib/netstandard2.0/Newtonsoft.Json.dll": {} }
      },
      "Serilog/2.10.0": {},
      "Serilog.Sinks.File/5.0.0": {
        "dependencies": { "Serilog": "2.10.0" }
      },
      "Shared/1.0.0": {
        "dependencies": { "Newtonsoft.Json": "13.0.1" }
      }
    }
  },
  "libraries": {
    "App/1.0.0": { "type": "project", "serviceable": false, "sha512": "" },
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": { "type": "runtimepack" },
    "Newtonsoft.Json/13.0.1": { "type": "package", "serviceable": true, "sha512": "sha512-x" },
    "Serilog/2.10.0": { "type": "package" },
    "Serilog.Sinks.File/5.0.0": { "type": "package" },
    "Shared/1.0.0": { "type": "project" }
  }
})";

TEST(DotnetDeps, ReadsWhatWasPublished) {
  const Inventory found = scan_file("dotnet-deps", "/app/App.deps.json", kApplication);
  EXPECT_EQ(problems(found), "");
  EXPECT_EQ(lines(found),
            "Microsoft.NETCore.App.Runtime.linux-x64 8.0.1 direct :18\n"
            "Newtonsoft.Json 13.0.1 direct :21\n"
            "Serilog 2.10.0 transitive :24 <- Serilog.Sinks.File@5.0.0\n"
            "Serilog.Sinks.File 5.0.0 direct :25\n");
  EXPECT_EQ(found.packages[1].manager, "DOTNET_CORE");
  EXPECT_EQ(found.packages[1].package_url, "pkg:nuget/Newtonsoft.Json@13.0.1");
  EXPECT_EQ(found.packages[1].evidence, model::Evidence::Installed);
}

TEST(DotnetDeps, DamageIsAProblem) {
  EXPECT_EQ(scan_file("dotnet-deps", "/a.deps.json", "{\"targets\": ").problems.size(), 1U);
  EXPECT_EQ(lines(scan_file("dotnet-deps", "/a.deps.json", "[]")), "");
}

}  // namespace
}  // namespace vigil::inventory
