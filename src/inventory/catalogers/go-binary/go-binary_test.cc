#include <gtest/gtest.h>

#include "inventory/catalogers/go-binary/build_info.h"
#include "inventory/catalogers/go-binary/function_names.h"
#include "inventory/testing/one_cataloger_test.h"
#include "inventory/testing/workshop_test.h"
#include "model/symbol_set.h"

namespace vigil::inventory::go_binary {
namespace {

using inventory::testing::lines;
using inventory::testing::problems;
using inventory::testing::scan_with;
using inventory::testing::Workshop;

TEST(GoBinary, LinesOfModules) {
  const Modules modules = parse_modules(
      "path\texample.org/app/cmd/tool\nmod\texample.org/app\t(devel)\t\n"
      "dep\tgithub.com/a/b\tv1.2.3\th1:x=\ndep\tgithub.com/c/d\tv0.1.0\n"
      "=>\tgithub.com/fork/d\tv0.1.1\th1:y=\ndep\texample.org/local\tv0.0.0\n=>\t./"
      "local\t(devel)\t\n"
      "build\t-compiler=gc\n");
  EXPECT_EQ(modules.main_package, "example.org/app/cmd/tool");
  ASSERT_TRUE(modules.main);
  EXPECT_EQ(modules.main->version, "(devel)");
  ASSERT_EQ(modules.dependencies.size(), 3U);
  EXPECT_EQ(modules.dependencies[0].path, "github.com/a/b");
  EXPECT_EQ(modules.dependencies[1].replacement_path, "github.com/fork/d");
  EXPECT_EQ(modules.dependencies[1].replacement_version, "v0.1.1");
  EXPECT_EQ(modules.dependencies[2].replacement_path, "./local");
}

TEST(GoBinary, NamesOfFunctions) {
  struct Case {
    const char* name;
    const char* package;
    const char* symbol;
  };
  for (const Case& one : {
           Case{"net/http.(*Server).Serve", "net/http", "(*Server).Serve"},
           Case{"main.main", "main", "main"},
           Case{"gopkg.in/yaml%2ev3.Unmarshal", "gopkg.in/yaml.v3", "Unmarshal"},
           Case{"slices.SortFunc[go.shape.[]example.org/x.T]", "slices",
                "SortFunc[go.shape.[]example.org/x.T]"},
           Case{"pkg.(*List[...]).Push", "pkg", "(*List[...]).Push"},
           Case{"type:.eq.net/http.x", "", ""},
           Case{"go:buildid", "", ""},
           Case{"nodot", "", ""},
           Case{"", "", ""},
       }) {
    const Function function = parse_function(one.name);
    EXPECT_EQ(function.package, one.package) << one.name;
    EXPECT_EQ(function.symbol, one.symbol) << one.name;
  }
}

/// A module with a dependency, a fork in place of another and a folder in place of a third, all on
/// this disk.
void write_sources(const Workshop& folder) {
  folder
      .write("app/go.mod",
             "module example.org/app\n\ngo 1.19\n\nrequire (\n\texample.org/dep.v2 v1.2.3\n"
             "\texample.org/old v0.1.0\n\texample.org/local v0.0.0\n)\n\n"
             "replace example.org/old => example.org/fork v0.2.0\n\n"
             "replace example.org/local => ../local\n")
      .write(
          "app/main.go",
          "package main\n\nimport (\n\t\"fmt\"\n\t\"example.org/dep.v2\"\n\t\"example.org/local\"\n"
          "\t\"example.org/old\"\n)\n\nfunc main() { fmt.Println(dep.Used(), old.Old(), "
          "local.Local(), "
          "(&dep.Kind{}).Method(1)) }\n")
      .write("local/go.mod", "module example.org/local\n")
      .write("local/l.go", "package local\n\nfunc Local() int { return 1 }\n")
      .write("dep/go.mod", "module example.org/dep.v2\n")
      .write("dep/d.go",
             "package dep\n\nimport \"os\"\n\ntype Kind struct{ n int }\n\n"
             "//go:noinline\nfunc (k *Kind) Method(n int) int { k.n = n; return len(os.Args) + k.n "
             "}\n\n"
             "func Used() int { return len(os.Args) }\n\nfunc Unused() int { return 42 + "
             "len(os.Args) }\n")
      .write("fork/go.mod", "module example.org/old\n")
      .write("fork/f.go", "package old\n\nfunc Old() int { return 2 }\n");
}

/// A module proxy of files, as GOPROXY=file:// wants it.
constexpr const char* kProxy =
    "proxy() { d=proxy/$1/@v; mkdir -p $d z/$1@$2; cp $3/* z/$1@$2/; cp $3/go.mod $d/$2.mod; "
    "sed -i \"s,^module .*,module $4,\" $d/$2.mod z/$1@$2/go.mod; "
    "printf '{\"Version\":\"%s\"}' $2 >$d/$2.info; (cd z; zip -q -r ../$d/$2.zip $1@$2); rm -r z; "
    "}\n"
    "proxy example.org/dep.v2 v1.2.3 dep example.org/dep.v2\n"
    "proxy example.org/fork v0.2.0 fork example.org/old\n"
    "export GOPROXY=file://$PWD/proxy GONOSUMDB='*' GONOSUMCHECK=1 GOSUMDB=off GOTOOLCHAIN=local "
    "GOFLAGS='-mod=mod -modcacherw' GOPATH=$PWD/gopath\n"
    "export CGO_ENABLED=0\n";

void expect_modules(const std::string& program, const std::string& release) {
  tree::Memory view;
  view.file("/usr/bin/app", program, 0755);
  const Inventory found = scan_with("go-binary", view);
  EXPECT_EQ(problems(found), "");
  ASSERT_EQ(lines(found),
            "stdlib " + release + "\nexample.org/dep.v2 v1.2.3\nexample.org/fork v0.2.0\n");
  EXPECT_EQ(found.packages[0].package_url, "pkg:golang/stdlib@" + release);
  EXPECT_EQ(found.packages[1].manager, "GOBINARY");
  EXPECT_EQ(found.packages[1].evidence, model::Evidence::Binary);
  const auto dependency = model::SymbolSet::parse(found.packages[1].symbols);
  ASSERT_TRUE(dependency);
  EXPECT_TRUE(dependency->contains("example.org/dep.v2.Used")) << "inlined everywhere";
  EXPECT_TRUE(dependency->contains("example.org/dep.v2.Kind.Method"));
  EXPECT_FALSE(dependency->contains("example.org/dep.v2.Unused")) << "the linker left it out";
  EXPECT_LE(dependency->size(), 4U) << "only its own";
  const auto library = model::SymbolSet::parse(found.packages[0].symbols);
  ASSERT_TRUE(library);
  EXPECT_TRUE(library->contains("fmt.Println"));
  EXPECT_FALSE(library->contains("net/http.Server.Serve"));
  EXPECT_EQ(found.packages[2].symbols, "") << "another path than its source has";
}

class GoBinaryOf : public ::testing::TestWithParam<const char*> {};

TEST_P(GoBinaryOf, ModulesToolchainAndFunctions) {
  const std::string go = GetParam();
  VIGIL_NEEDS(go);
  VIGIL_NEEDS("zip");
  const Workshop folder;
  write_sources(folder);
  folder.write("make", std::string(kProxy) + "cd app\n" + go + " mod tidy\n" + go +
                           " build -o ../plain .\n" + go +
                           " build -ldflags='-s -w' -o ../stripped .\n" + go +
                           " env GOVERSION >../version\n");
  ASSERT_TRUE(folder.run("bash -e make")) << folder.read("log");
  std::string release = folder.read("version").substr(2);
  release = release.substr(0, release.find_first_of(" \n"));
  expect_modules(folder.read("plain"), release);
  expect_modules(folder.read("stripped"), release);
}

INSTANTIATE_TEST_SUITE_P(Toolchains, GoBinaryOf,
                         ::testing::Values("go", "/usr/lib/go-1.19/bin/go"));

TEST(GoBinary, OfOtherSystems) {
  VIGIL_NEEDS("go");
  VIGIL_NEEDS("zip");
  if (std::getenv("VIGIL_SLOW_TESTS") == nullptr) {
    GTEST_SKIP() << "compiling Go's library for other systems takes minutes: set VIGIL_SLOW_TESTS";
  }
  const Workshop folder;
  write_sources(folder);
  folder.write("make", std::string(kProxy) +
                           "cd app\ngo mod tidy\ngo env GOVERSION >../version\n"
                           "GOOS=windows go build -ldflags='-s -w' -o ../windows .\n"
                           "GOOS=darwin GOARCH=arm64 go build -ldflags='-s -w' -o ../darwin .\n");
  ASSERT_TRUE(folder.run("bash -e make")) << folder.read("log");
  std::string release = folder.read("version").substr(2);
  release = release.substr(0, release.find_first_of(" \n"));
  expect_modules(folder.read("windows"), release);
  expect_modules(folder.read("darwin"), release);
}

/// An ELF of 32 or 64 bits with one writable segment that is loaded at 0x1000.
std::string elf_with(const std::string& data) {
  const auto number = [](std::uint64_t value, std::size_t width) {
    std::string out;
    for (std::size_t i = 0; i < width; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
    return out;
  };
  std::string file(
      "\x7f"
      "ELF\2\1\1\0\0\0\0\0\0\0\0\0",
      16);
  file += number(2, 2) + number(62, 2) + number(1, 4) + number(0, 8) + number(64, 8) +
          number(0, 8) + number(0, 4) + number(64, 2) + number(56, 2) + number(1, 2) + number(0, 6);
  file += number(1, 4) + number(6, 4) + number(0x80, 8) + number(0x1000, 8) + number(0x1000, 8) +
          number(data.size(), 8) + number(data.size(), 8) + number(4096, 8);
  file.resize(0x80);
  return file + data;
}

TEST(GoBinary, TheFormBeforeGo118PointsAtItsTexts) {
  const std::string mark(16, '#');
  const std::string modules =
      mark + "path\texample.org/a\ndep\texample.org/b\tv1.0.0\th1:=\n" + mark;
  std::string data("\xff Go buildinf:\x08\0", 16);
  const auto address = [](std::uint64_t value) {
    std::string out;
    for (unsigned i = 0; i < 8; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
    return out;
  };
  data += address(0x1020) + address(0x1030);
  data += address(0x1040) + address(8) + address(0x1048) + address(modules.size());
  data += "go1.13.4" + modules;
  tree::Memory view;
  view.file("/a", elf_with(data), 0755);
  EXPECT_EQ(lines(scan_with("go-binary", view)), "stdlib 1.13.4\nexample.org/b v1.0.0\n");
}

TEST(GoBinary, OtherProgramsHoldNoModules) {
  tree::Memory view;
  view.file("/a", elf_with("data"), 0755)
      .file("/b",
            "\x7f"
            "ELF",
            0755);
  view.file("/c", elf_with(std::string("\xff Go buildinf:\x08\2", 16) + std::string(40, '\xFF')),
            0755);
  const Inventory found = scan_with("go-binary", view);
  EXPECT_EQ(lines(found), "");
  EXPECT_EQ(problems(found), "");
}

}  // namespace
}  // namespace vigil::inventory::go_binary
