#include "intel/feeds/testing.h"

namespace vigil::intel::nuclei {

const Feed& feed();

namespace {

constexpr std::string_view kLines =
    R"({"ID":"CVE-2000-0114","Info":{"Name":"A","Severity":"low"},"file_path":"http/a.yaml"})"
    "\n"
    R"({"ID":"CNVD-2000-1","Info":{},"file_path":"http/b.yaml"})"
    "\nbroken\n";

TEST(Nuclei, TemplatesOfCves) {
  const feeds::Collected read = feeds::read_text(feed(), kLines);
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_EQ(read.all_facts[0].details.id, "CVE-2000-0114");
  EXPECT_EQ(read.all_facts[0].details.exploits.at(0).id, "http/a.yaml");
  EXPECT_THAT(read.problems, testing::ElementsAre(testing::HasSubstr("line 3")));
}

TEST(Nuclei, RecognisesItsLines) {
  EXPECT_TRUE(feed().recognises(kLines, ""));
  EXPECT_FALSE(feed().recognises(R"({"ID":"a","file_path":"b"})", ""));
}

}  // namespace
}  // namespace vigil::intel::nuclei
