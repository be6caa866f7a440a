#include "intel/feeds/testing.h"

namespace vigil::intel::metasploit {

const Feed& feed();

namespace {

using feeds::Collected;
using feeds::read_text;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kMetadata = R"({
 "exploit_windows/smb/x":{"name":"X","fullname":"exploit/windows/smb/x","type":"exploit",
   "disclosure_date":"2017-04-14","references":["MSB-MS17-010","CVE-2017-0143","CVE-2017-0144"]},
 "auxiliary_y":{"fullname":"auxiliary/y","type":"auxiliary","disclosure_date":null,
   "references":["CVE-2017-0143"]},
 "payload_z":{"fullname":"payload/z","type":"payload","references":["CVE-2017-0143"]},
 "broken":7})";

TEST(Metasploit, ModulesAreGatheredByCve) {
  const Collected read = read_text(feed(), kMetadata);
  ASSERT_EQ(read.all_facts.size(), 2U);
  const auto& exploits = read.all_facts[0].details.exploits;
  ASSERT_EQ(exploits.size(), 2U);
  EXPECT_EQ(exploits[0].source, "Metasploit");
  EXPECT_EQ(exploits[0].id, "exploit/windows/smb/x");
  EXPECT_EQ(exploits[0].first_seen, "2017-04-14");
  EXPECT_EQ(exploits[1].id, "auxiliary/y");
  EXPECT_EQ(exploits[1].first_seen, "");
  EXPECT_THAT(read.problems, ElementsAre(HasSubstr("broken")));
}

TEST(Metasploit, ListsPerCveNameTheModuleAlike) {
  const std::string_view text = R"([{"Name":"x.rb","Title":"X","Description":"d",
    "CveIDs":["CVE-2017-0143"],"References":["https://example.org/",
    "https://github.com/rapid7/metasploit-framework/blob/master/modules/exploits/windows/smb/x.rb"]}])";
  EXPECT_TRUE(feed().recognises(text, ""));
  const Collected read = read_text(feed(), text);
  ASSERT_EQ(read.all_facts.size(), 1U);
  EXPECT_EQ(read.all_facts[0].details.exploits.at(0).id, "exploit/windows/smb/x");
}

TEST(Metasploit, CutFilesAreErrorsAndForeignOnesNotRecognised) {
  EXPECT_THAT(feeds::error_of(feed(), kMetadata.substr(0, 200)), HasSubstr("ends in the middle"));
  EXPECT_TRUE(feed().recognises(kMetadata, ""));
  EXPECT_FALSE(feed().recognises(R"({"fullname":"a","references":[]})", ""));
  EXPECT_FALSE(feed().recognises(R"([{"Name":"a"}])", ""));
}

TEST(Metasploit, RealList) {
  const std::string path = feeds::real_feed("exploits/metasploit-msfdb-list.zip");
  if (path.empty()) GTEST_SKIP() << "the real feeds are not at hand";
  feeds::CountingSink sink;
  std::size_t documents = 0;
  feeds::read_real(feed(), path, sink, documents);
  EXPECT_EQ(documents, 3'090U);
  EXPECT_EQ(sink.problems, 0U);
}

}  // namespace
}  // namespace vigil::intel::metasploit
