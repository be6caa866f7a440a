#include "model/cpe.h"

#include <gtest/gtest.h>

namespace vigil::model {
namespace {

TEST(Cpe, AFormattedString) {
  const auto cpe = parse_cpe("cpe:2.3:a:Haxx:curl:7.88.1:*:*:*:*:Windows:x64:*");
  ASSERT_TRUE(cpe);
  EXPECT_EQ(cpe->part, 'a');
  EXPECT_EQ(cpe->product_name(), "haxx:curl");
  EXPECT_EQ(cpe->whole_version(), "7.88.1");
  EXPECT_EQ(cpe->target_software, "windows");
}

TEST(Cpe, AnUpdateIsPartOfTheVersion) {
  EXPECT_EQ(parse_cpe("cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")->whole_version(), "9.2p1");
  EXPECT_EQ(parse_cpe("cpe:2.3:a:openbsd:openssh:9.2:-:*:*:*:*:*:*")->whole_version(), "9.2");
  EXPECT_EQ(parse_cpe("cpe:2.3:a:openbsd:openssh:*:p1:*:*:*:*:*:*")->whole_version(), "");
  EXPECT_EQ(parse_cpe("cpe:2.3:a:openbsd:openssh:-:*:*:*:*:*:*:*")->whole_version(), "");
}

TEST(Cpe, QuotedSigns) {
  const auto cpe = parse_cpe(R"(cpe:2.3:a:gnu:libstdc\+\+:1\:2:*:*:*:*:*:*:*)");
  ASSERT_TRUE(cpe);
  EXPECT_EQ(cpe->product, "libstdc++");
  EXPECT_EQ(cpe->version, "1:2");
}

TEST(Cpe, WhatIsNone) {
  for (const char* text : {"", "cpe:/a:haxx:curl", "cpe:2.3:a:haxx:curl:1",
                           "cpe:2.3:x:a:b:1:*:*:*:*:*:*:*", "cpe:2.3:a:*:b:1:*:*:*:*:*:*:*",
                           "cpe:2.3:a:a:-:1:*:*:*:*:*:*:*", "cpe:2.3:a:a:b:1:*:*:*:*:*:*:*:*"}) {
    EXPECT_FALSE(parse_cpe(text)) << text;
  }
}

}  // namespace
}  // namespace vigil::model
