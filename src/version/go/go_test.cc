#include "version/scheme.h"
#include "version/testing/oracle_test.h"
#include "version/testing/order_test.h"

namespace vigil::version {
namespace {

using testing::expect_agreement;
using testing::expect_invalid;
using testing::expect_order;
using testing::expect_valid;

TEST(GoVersion, PrefixIsOptional) {
  expect_order("go", "v1.2.2 < 1.2.3 = v1.2.3 < v1.10.0 = 1.10.0");
}

TEST(GoVersion, ShortVersionsStandForZeros) {
  expect_order("go", "v1.0.0-rc.1 < v1 = v1.0 = 1.0.0 < v1.0.1 < v1.2 = v1.2.0");
}

TEST(GoVersion, PseudoVersionsOrderByBaseAndTime) {
  expect_order("go",
               "v0.0.0-20191109021931-daa7c04131f5 < v0.0.0-20200220183623-bac4c82f6975 < v0.0.1 < "
               "v1.2.3-pre < v1.2.3-pre.0.20200101000000-abcdefabcdef < v1.2.3 < "
               "v1.2.4-0.20191109021931-daa7c04131f5 < v1.2.4-alpha < v1.2.4");
}

TEST(GoVersion, IncompatibleTakesNoPart) {
  expect_order("go",
               "v2.0.0-rc.1+incompatible < v2.0.0 = v2.0.0+incompatible = 2.0.0+incompatible");
}

TEST(GoVersion, ToolchainsOrderAsGoDoes) {
  expect_order(
      "go",
      "go1 < go1.4 < go1.20beta1 < go1.20rc1 < go1.20rc2 < go1.20rc10 < go1.20 = go1.20.0 < "
      "go1.20.1 < go1.21 < go1.21rc2 < go1.21rc3 < go1.21.0 < go1.21.1 < go1.21.10");
}

TEST(GoVersion, ToolchainsMeetTheBoundsOfTheDatabase) {
  expect_order("go",
               "1.20.12 = go1.20.12 < go1.21 < 1.21.0-0 < go1.21rc2 = 1.21rc2 = 1.21.0-rc.2 < "
               "1.21.0 = go1.21.0 = 1.21 < go1.21.5 = 1.21.5 < 1.22.0-0");
}

TEST(GoVersion, WhatFollowsTheToolchainNameIsNoPart) {
  const Scheme* go = find_scheme("go");
  for (const char* name : {"go1.21.3-custom", "go1.21.3 X:boringcrypto", "go1.21.3-a X:b"}) {
    const auto order = compare(*go, name, "go1.21.3");
    ASSERT_TRUE(order) << order.error().text();
    EXPECT_EQ(*order, std::strong_ordering::equal) << name;
  }
}

TEST(GoVersion, DevelopmentBuildSaysSo) {
  for (const char* version : {"(devel)", "devel", "devel go1.23-0a1b2c3 Tue Jan 2 2024"}) {
    const Result<Key> key = find_scheme("go")->key(version);
    ASSERT_FALSE(key) << version;
    EXPECT_THAT(key.error().text(), ::testing::HasSubstr("development build"));
  }
}

TEST(GoVersion, RefusesWhatGoRefuses) {
  expect_invalid("go", {"",           "v",
                        "vv1",        "v1.",
                        "v01.0.0",    "v1.0.0-01",
                        "v1.0-rc1",   "v1+meta",
                        "v1.0.0.0",   "v1.0.0-",
                        "v1.0.0+",    "v1.0.0-a..b",
                        "v1.0.0_1",   "V1.0.0",
                        "go",         "gone",
                        "go1.",       "go1.21.3rc1",
                        "go1.021",    "go1.21RC1",
                        "go1.21rc01", "v1.21rc2",
                        "latest",     "(unknown)",
                        " v1.0.0",    std::string_view("v1.0.0\0", 7)});
  expect_valid("go", {"v0.0.0-20191109021931-daa7c04131f5", "v1.0.0-0", "go1.21rc"});
}

TEST(GoVersion, OrdersGo) {
  const Scheme* scheme = scheme_of_ecosystem("Go");
  ASSERT_NE(scheme, nullptr);
  EXPECT_EQ(scheme->name, "go");
}

const testing::Specimens kModules{
    .versions = {"v1.2.3", "v0.0.0-20191109021931-daa7c04131f5", "v2.0.0+incompatible",
                 "v1.2.4-0.20191109021931-daa7c04131f5", "v1.9.0-rc.1", "v1", "v1.2", "v0.17.0",
                 "v1.0.0-beta.10", "v24.0.7+incompatible", "v1.0.0-alpha1.2", "v0.0.0-0"},
    .pieces = {".", "-", "+", "0", "00", "1", "10", "a", "Z", "v", "rc", ".0", "-0",
               "+incompatible", "_", "20200101000000", "-0."},
    // What the Go tools call invalid for want of the "v" is written so in advisories.
    .excluded = [](std::string_view a, std::string_view b) {
      return !a.starts_with('v') || !b.starts_with('v');
    }};

const testing::Specimens kToolchains{
    .versions = {"go1", "go1.4", "go1.20", "go1.20.1", "go1.20rc1", "go1.20beta1", "go1.21",
                 "go1.21rc2", "go1.21.0", "go1.21.13", "go1.22.1", "go1.23rc1", "go1.21.3-custom"},
    .pieces = {".", "-", "0", "1", "2", "10", "21", "a", "rc", "beta", "rc1", ".0"},
    .excluded = [](std::string_view a, std::string_view b) {
      return !a.starts_with("go") || !b.starts_with("go");
    }};

// Builds a program that asks the package named by RULES.
constexpr std::string_view kGoProgram = R"(
command -v go >/dev/null || exit 77
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
sed "s|RULES|$RULES|" >"$dir/main.go" <<'END'
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	rules "RULES"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		a, b, _ := strings.Cut(lines.Text(), "\t")
		if !rules.IsValid(a) || !rules.IsValid(b) {
			fmt.Println("?")
			continue
		}
		fmt.Println([]string{"<", "=", ">"}[rules.Compare(a, b)+1])
	}
}
END
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOTOOLCHAIN=local
go build -o "$dir/main" "$dir/main.go" 2>/dev/null || exit 77
"$dir/main"
)";

constexpr testing::Oracle kModSemver{
    .tool = "golang.org/x/mod/semver (golang-go, golang-golang-x-mod-dev)",
    .interpreter = "RULES=golang.org/x/mod/semver bash",
    .script = kGoProgram};
constexpr testing::Oracle kGoVersion{.tool = "go/version (Go 1.22 or later)",
                                     .interpreter = "RULES=go/version bash",
                                     .script = kGoProgram};

TEST(GoVersion, AgreesWithModSemver) {
  expect_agreement("go", kModSemver, kModules);
}
TEST(GoVersion, AgreesWithGoVersion) {
  expect_agreement("go", kGoVersion, kToolchains);
}

}  // namespace
}  // namespace vigil::version
