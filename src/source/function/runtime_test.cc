#include "source/function/runtime.h"

#include <gtest/gtest.h>

#include "tree/memory.h"

namespace vigil::source {
namespace {

std::string runtime_of(const tree::View& view) {
  return find_runtime(view, {}).runtime;
}

TEST(FunctionRuntime, LambdasNamesBecomeInspectors) {
  EXPECT_EQ(runtime_of_name("python3.11"), "PYTHON_3_11");
  EXPECT_EQ(runtime_of_name("nodejs18.x"), "NODEJS_18_X");
  EXPECT_EQ(runtime_of_name("java8.al2"), "JAVA_8_AL2");
  EXPECT_EQ(runtime_of_name("dotnetcore3.1"), "DOTNETCORE_3_1");
  EXPECT_EQ(runtime_of_name("dotnet6"), "DOTNET_6");
  EXPECT_EQ(runtime_of_name("go1.x"), "GO_1_X");
  EXPECT_EQ(runtime_of_name("provided.al2023"), "UNSUPPORTED");
  EXPECT_EQ(runtime_of_name("cobol"), "");
}

TEST(FunctionRuntime, FoldersAndModulesCarryAVersion) {
  tree::Memory modules;
  modules.file("/numpy/core/_x.cpython-310-x86_64-linux-gnu.so", "");
  EXPECT_EQ(runtime_of(modules), "PYTHON_3_10");
  tree::Memory layer;
  layer.file("/python/lib/python3.9/site-packages/a.py", "");
  EXPECT_EQ(runtime_of(layer), "PYTHON_3_9");
  tree::Memory gems;
  gems.file("/vendor/bundle/ruby/gems/3.2.0/x.rb", "");
  EXPECT_EQ(runtime_of(gems), "RUBY_3_2");
  tree::Memory node;
  node.file("/nodejs/node18/node_modules/a/index.js", "");
  EXPECT_EQ(runtime_of(node), "NODEJS_18_X");
}

TEST(FunctionRuntime, OfNodeTheLanguageIsEnough) {
  tree::Memory node;
  node.file("/index.mjs", "");
  EXPECT_EQ(runtime_of(node), "NODEJS");
  tree::Memory python;
  python.file("/lambda_function.py", "").file("/node_modules/a/b.js", "");
  EXPECT_EQ(runtime_of(python), "UNSUPPORTED") << "which Python cannot be told";
}

TEST(FunctionRuntime, DotNetSaysItsFramework) {
  tree::Memory view;
  view.file("/f.runtimeconfig.json", R"({"runtimeOptions":{"tfm":"net6.0"}})");
  EXPECT_EQ(runtime_of(view), "DOTNET_6");
}

TEST(FunctionRuntime, JavasNewestClassDecides) {
  tree::Memory view;
  view.file("/a/A.class", std::string("\xca\xfe\xba\xbe\0\0\0\x34", 8));
  EXPECT_EQ(runtime_of(view), "JAVA_8");
  view.file("/a/B.class", std::string("\xca\xfe\xba\xbe\0\0\0\x38", 8));
  EXPECT_EQ(runtime_of(view), "JAVA_17") << "Java 12's classes run on 17";
}

TEST(FunctionRuntime, ABootstrapTellsItsMachineAndGo) {
  std::string elf(
      "\x7f"
      "ELF\2\1\1",
      7);
  elf.resize(18, '\0');
  elf += std::string("\xb7\0", 2);
  tree::Memory rust;
  rust.file("/bootstrap", elf, 0755);
  const RuntimeEvidence evidence = find_runtime(rust, {});
  EXPECT_EQ(evidence.runtime, "UNSUPPORTED");
  EXPECT_EQ(evidence.architectures, std::vector<std::string>{"ARM64"});
  tree::Memory go;
  go.file("/bootstrap", elf + std::string("\4\0\0\0Go\0\0", 8), 0755);
  EXPECT_EQ(runtime_of(go), "GO_1_X");
}

}  // namespace
}  // namespace vigil::source
