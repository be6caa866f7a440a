#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::problems;
using testing::scan_file;

// As Mix 1.14 with Hex 2 writes it.
constexpr const char* kMix = R"lock(%{
  "cowboy": {:hex, :cowboy, "2.9.0", "865dd8b6607e14cf03282e10e934023a1bd8be6f6bacf921a7e2a96d800cd452", [:make, :rebar3], [{:cowlib, "2.11.0", [hex: :cowlib, repo: "hexpm", optional: false]}, {:ranch, "1.8.0", [hex: :ranch, repo: "hexpm", optional: false]}], "hexpm", "2c729f934b4e1aa149aff882f57c6372c15399a20d54f65c8d67bef583021bde"},
  "cowlib": {:hex, :cowlib, "2.11.0", "0b9ff9c346629256c42ebe1eeb769a83c6cb771a6ee5960bd110ab0b9b872063", [:make, :rebar3], [], "hexpm", "2b3e9da0b21c4565751a6d4901c20d1b4cc25cbb7fd50d91d2ab6dd287bc86a9"},
  "my_jason": {:hex, :jason, "1.4.0", "e855647bc964a44e2f67df589ccf49105ae039d4179db7f6271dfd3843dc27e6", [:mix], [{:decimal, "~> 1.0 or ~> 2.0", [hex: :decimal, repo: "hexpm", optional: true]}], "hexpm", "79a3791085b2a0f743ca04cec0f7be26443738779d09302e01318f97bdb82121"},
  "phoenix": {:git, "https://github.com/phoenixframework/phoenix.git", "6d2f0d1b7f0fb63b6b2cda3ba0c9a6e8c7a1d6c5", [branch: "main"]},
  "ranch": {:hex, :ranch, "1.8.0", "8c7a100a139fd57f17327b6413e4167ac559fbc04ca7448e9be9057311597a1d", [:make, :rebar3], [], "private", "49fbcfd3682fab1f5d109351b61257676da1a2fdbe295904176d5e521a2ddfe5"},
}
)lock";

// As rebar3 3.20 writes it.
constexpr const char* kRebar = R"lock({"1.2.0",
[{<<"cowboy">>,{pkg,<<"cowboy">>,<<"2.9.0">>},0},
 {<<"cowlib">>,{pkg,<<"cowlib">>,<<"2.11.0">>},1},
 {<<"jsx">>,
  {git,"https://github.com/talentdeficit/jsx.git",
       {ref,"3074d4865b3385a050badf7828ad31490d860df5"}},
  0}]}.
[
{pkg_hash,[
 {<<"cowboy">>, <<"865DD8B6607E14CF03282E10E934023A1BD8BE6F6BACF921A7E2A96D800CD452">>},
 {<<"cowlib">>, <<"0B9FF9C346629256C42EBE1EEB769A83C6CB771A6EE5960BD110AB0B9B872063">>}]}
].
)lock";

constexpr const char* kMetadata = R"lock({<<"app">>,<<"cowlib">>}.
{<<"build_tools">>,[<<"make">>,<<"rebar3">>]}.
{<<"description">>,<<"Support library for HTTP \"parsing\".">>}.
{<<"files">>,[<<"LICENSE">>,<<"ebin/cowlib.app">>]}.
{<<"licenses">>,[<<"ISC">>]}.
{<<"name">>,<<"cowlib">>}.
{<<"requirements">>,[]}.
{<<"version">>,<<"2.11.0">>}.
)lock";

TEST(Hex, ReadsMixLockByPackageNotApplication) {
  const Inventory inventory = scan_file("hex", "/srv/mix.lock", kMix);
  EXPECT_EQ(lines(inventory),
            "cowboy 2.9.0 :2\n"
            "cowlib 2.11.0 :3 <- cowboy@2.9.0\n"
            "jason 1.4.0 :4\n"
            "phoenix 6d2f0d1b7f0fb63b6b2cda3ba0c9a6e8c7a1d6c5 :5\n"
            "ranch 1.8.0 :6 <- cowboy@2.9.0\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(inventory.packages[0].package_url, "pkg:hex/cowboy@2.9.0");
  EXPECT_EQ(inventory.packages[4].package_url, "pkg:hex/ranch@1.8.0?repository_url=private");
}

TEST(Hex, ReadsRebarLockWithItsLevels) {
  const Inventory inventory = scan_file("hex", "/srv/rebar.lock", kRebar);
  EXPECT_EQ(lines(inventory),
            "cowboy 2.9.0 direct :2\n"
            "cowlib 2.11.0 transitive :3\n"
            "jsx 3074d4865b3385a050badf7828ad31490d860df5 direct :4\n");
  EXPECT_EQ(problems(inventory), "");
  EXPECT_EQ(lines(scan_file("hex", "/rebar.lock",
                            "%% old\n[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0\">>},0}].\n")),
            "a 1.0 direct :2\n");
  EXPECT_EQ(problems(scan_file("hex", "/rebar.lock", "[].\n")), "");
}

TEST(Hex, ReadsTheMetadataOfUnpackedPackages) {
  const Inventory inventory = scan_file("hex", "/srv/deps/cowlib/hex_metadata.config", kMetadata);
  EXPECT_EQ(lines(inventory), "cowlib 2.11.0 {ISC} :8\n");
  EXPECT_EQ(inventory.packages.at(0).evidence, model::Evidence::Installed);
}

TEST(Hex, WhatIsWrongIsNamed) {
  struct Case {
    const char *path, *content, *problem;
  };
  const std::string deep(5000, '[');
  const Case kCases[] = {
      {"/mix.lock", "%{\n \"a\": System.get_env(\"A\"),\n}",
       "line 2: a comma or an end is missing"},
      {"/mix.lock", "%{\n \"a\": {:hex, :a, \"1", "line 2: a text does not end"},
      {"/mix.lock", "%{\"a\": {:path, \"x\"}}", "line 1: a source that is neither hex nor git"},
      {"/rebar.lock", deep.c_str(), "line 1: nested too deeply"},
      {"/rebar.lock", "[{<<1,2>>}].", "line 1: a binary that is no text"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(problems(scan_file("hex", one.path, one.content)),
              std::string(one.path) + ": " + one.problem + "\n");
  }
}

}  // namespace
}  // namespace vigil::inventory
