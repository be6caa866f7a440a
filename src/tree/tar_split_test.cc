#include "tree/tar_split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigil::tree {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Result<std::vector<std::string>> names(std::string_view text) {
  base::StringInput input(text);
  return tar_split_names(input);
}

TEST(TarSplit, NamesOfAllEntriesInTheirOrder) {
  const auto found = names(
      R"({"type":2,"payload":"ZXRjLwAA","position":0}
{"type":1,"name":"etc/","payload":null,"position":1}
{"type":1,"name":"./etc/.wh.motd","payload":null,"position":2}
{"type":1,"name":"../a","size":10,"payload":"PEP6GZbC0xg=","position":3}
{"type":1,"name_raw":"L/8=","position":4})");
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_THAT(*found, ElementsAre("/etc", "/etc/.wh.motd", "/a", "/\xff"));
}

TEST(TarSplit, AnEmptyFileHasNone) {
  const auto found = names("");
  ASSERT_TRUE(found);
  EXPECT_THAT(*found, IsEmpty());
}

TEST(TarSplit, WhatIsCutShortOrSomethingElseIsAnError) {
  for (const char* const text : {
           R"({"type":1,"name":"etc/","pay)",
           R"({"type":7,"name":"etc/"})",
           R"({"name":"etc/"})",
           R"({"type":1,"name_raw":"?"})",
           "[",
       }) {
    EXPECT_FALSE(names(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::tree
